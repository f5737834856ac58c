import { gatewayById, patchGateway } from '../storage/gateways.ts';
import type { WriteTx } from '../storage/database.ts';
import { bookDoor, type BookContext } from './door.ts';
import { gatewayGone, removeGateway, saveGateway } from './gateways/save.ts';
import { gatewaysShown, kindsShown } from './gateways/show.ts';
import { signInTo } from './gateways/sign-in.ts';
import { testGateway } from './gateways/test-gateway.ts';
import { settleHolds } from './outbox/holds.ts';
import { wakeOutbox } from './outbox/keeper.ts';
import { putRate, rateRow } from '../storage/rates.ts';
import { outboxOf } from './outbox/runner.ts';

const kinds = bookDoor.gateways.kinds.handler(({ context }) => kindsShown(context));

const list = bookDoor.gateways.list.handler(({ context }) => gatewaysShown(context));

const save = bookDoor.gateways.save.handler(async ({ context, input }) => {
  const gatewayId = await saveGateway(context, input);
  context.changed('gateways', 'reminders');
  wakeOutbox(context);
  return { gatewayId };
});

const remove = bookDoor.gateways.remove.handler(async ({ context, input: { gatewayId } }) => {
  await removeGateway(context, gatewayId);
  context.changed('gateways', 'reminders', 'messages');
  return {};
});

const resume = bookDoor.gateways.resume.handler(({ context, input: { gatewayId } }) => {
  const freedCount = freed(context, gatewayId, (tx) => {
    patchGateway(tx, gatewayId, { pausedAt: null, pausedJson: null });
    const rate = rateRow(tx, gatewayId);
    if (rate) putRate(tx, { ...rate, closedUntil: null, failuresInRow: 0 });
    return settleHolds(tx, context);
  });
  return { freedCount };
});

const confirmOwner = bookDoor.gateways.confirmOwner.handler(({ context, input: { gatewayId } }) => {
  freed(context, gatewayId, (tx, at) => {
    patchGateway(tx, gatewayId, { reachedOwnerAt: at });
    return settleHolds(tx, context);
  });
  return {};
});

/** Does something to a gateway that lets messages go on, and sends them. */
function freed(context: BookContext, gatewayId: number, change: (tx: WriteTx, at: number) => number): number {
  const count = context.db.write((tx) => {
    const row = gatewayById(tx, gatewayId);
    return !row || row.removedAt !== null ? null : change(tx, context.now());
  });
  if (count === null) throw gatewayGone();
  outboxOf(context).notBefore.delete(gatewayId);
  context.changed('gateways', 'reminders', 'messages');
  wakeOutbox(context);
  return count;
}

const test = bookDoor.gateways.test.handler(({ context, input, signal }) =>
  testGateway(context, input, signal),
);

const signIn = bookDoor.gateways.signIn.handler(({ context, input, signal }) =>
  signInTo(context, input.gatewayId, signal),
);

export const gateways = { kinds, list, save, remove, resume, test, confirmOwner, signIn };
