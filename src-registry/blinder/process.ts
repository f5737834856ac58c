// The blinder's own process: it alone reads the pepper, and gives out nothing but tokens. It keeps no identifier and
// writes none down.
import { readFileSync } from 'node:fs';
import { blind } from './blind.ts';
import { isQuestion } from './messages.ts';

const file = process.env['BLINDER_KEY_FILE'];
if (file === undefined || process.send === undefined) {
  throw new Error('The blinder is started by the registry, with BLINDER_KEY_FILE.');
}
const pepper = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
if (pepper.length !== 32) throw new Error('The key file of the blinder does not hold 32 bytes in base64.');

process.on('message', (message: unknown) => {
  if (!isQuestion(message)) return;
  const tokens = message.identifiers.map((identifier) => blind(pepper, identifier));
  process.send?.({ id: message.id, tokens });
});
// A stop that is meant for the registry reaches it, too; it is needed until the last request was answered.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
// It lives no longer than the registry.
process.on('disconnect', () => process.exit(0));
process.send({ id: 0, tokens: [] });
