import { scriptedGateway } from '#tests/fakes/gateways/scripted.ts';
import { expect, it } from 'vitest';
import { addText } from '../reminders/reminders-book.ts';
import { aDebtor, aGateway, aMessage, aWorld, phoneOf } from './outbox-world.ts';

it.each([
  ['reminder', 'en', 'thirty November'],
  ['reminder', 'hi', 'तीस नवंबर'],
  ['thanks', 'en', null],
] as const)('gives a call of a %s in %s all that is said in it', async (purpose, language, promiseDay) => {
  const voice = scriptedGateway('voice-scripted', 'voice');
  const world = await aWorld({ gateways: [voice.gateway] });
  await world.engine.client.business.save({ name: 'Gupta Steel', phone: '022 2345 6789' });
  world.db.write((tx) => {
    const gatewayId = aGateway(tx, { port: 1, kind: 'voice-scripted', channel: 'voice' });
    const { customerId, billId, amount } = aDebtor(tx, 1);
    // Thanks name no bill; what they are for is looked at elsewhere.
    const about = purpose === 'thanks' ? {} : { customerId, bill: { billId, amount } };
    const body = 'Five thousand rupees.';
    const own = { purpose, language, channel: 'voice', address: phoneOf(1), body } as const;
    const templateId = addText(tx, { channel: 'voice', language, body: '{{amount}}' });
    aMessage(tx, { gatewayId, templateId, templateVersion: 1, ...own, ...about });
  });
  await world.round();
  const [{ call } = {}] = voice.sent;
  expect(call?.opening).toContain('Gupta Steel');
  expect(call?.opening).not.toContain('Five thousand');
  expect(call?.details).toContain('Five thousand rupees.');
  expect(call?.alone).not.toContain('Five thousand');
  if (promiseDay === null) expect(call?.details).not.toContain('press 1');
  else expect(call?.details).toContain(promiseDay);
});
