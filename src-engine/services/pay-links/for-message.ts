import { isPayable } from '#domain/reminders/inbox-links.ts';
import { refusalField } from '#contract/fields.ts';
import { ORPCError } from '@orpc/server';
import type { ReadTx } from '../../storage/database.ts';
import { linkById } from '../../storage/pay-links.ts';
import type { BookContext } from '../door.ts';
import type { MessageLink, OutboxHooks } from '../outbox/runner.ts';
import { partKey } from '../papers/account.ts';
import { openPartsOf } from '../reminders/open-parts.ts';
import { linkGateway } from './link-gateway.ts';
import { makeLink } from './make.ts';
import { verdictOf } from './tend.ts';

// Two messages about the same bills ask for one link: whoever comes second waits for the first.
const underWay = new Map<string, Promise<MessageLink>>();

/**
 * The link that a message names, made or found right before it leaves: of its open parts, for what is owed of them now. A
 * lost answer or a kill in between makes no second one, because its row stands in the book under a reference of ours first.
 */
export const linkForMessage: OutboxHooks['linkFor'] = async (context, wish, signal) => {
  const key = `${context.bookId}|${wish.customerId}`;
  const before = underWay.get(key);
  const made = (async () => {
    await before;
    return linkNow(context, wish, signal);
  })();
  underWay.set(key, made);
  try {
    return await made;
  } finally {
    if (underWay.get(key) === made) underWay.delete(key);
  }
};

type Wish = Parameters<OutboxHooks['linkFor']>[1];

async function linkNow(context: BookContext, wish: Wish, signal: AbortSignal): Promise<MessageLink> {
  const { db, paymentKinds, today } = context;
  const { customerId } = wish;
  const billIds = [...new Set(wish.parts.map((part) => part.billId))];
  const { gateway, parts } = db.read((tx) => {
    const own = openPartsOf(tx, [customerId], today).items.filter((item) => billIds.includes(item.billId));
    return { gateway: linkGateway(tx, paymentKinds), parts: partsOf(wish, own.map(partKey)) };
  });
  if (gateway === undefined) return { ok: false, code: 'no-payment-gateway' };
  try {
    const link = await makeLink(context, { customerId, billIds, parts, gatewayId: gateway.id }, signal);
    if (link.url === null) return { ok: false, code: 'pay-link-failed' };
    return { ok: true, url: link.url, isTrue: (tx, now) => isTrue(tx, context, { ...now, linkId: link.id }) };
  } catch (error) {
    const said = error instanceof ORPCError ? refusalField.safeParse(error.data) : null;
    if (said?.success === true) return { ok: false, code: said.data.code };
    if (db.isOpen() && !signal.aborted) context.logBug(error);
    return { ok: false, code: 'pay-link-failed' };
  }
}

/** Null where the message names all that is open of its bills: a link that a person made of them is then the same. */
function partsOf({ parts }: Wish, open: readonly string[]): readonly string[] | null {
  const named = new Set(parts.map(partKey));
  return open.every((key) => named.has(key)) ? null : open.filter((key) => named.has(key)).toSorted();
}

/** Whether it asks for what these parts are open with in this very transaction. */
function isTrue(
  tx: ReadTx,
  context: BookContext,
  { linkId, parts }: { readonly linkId: number; readonly parts: Wish['parts'] },
): boolean {
  const link = linkById(tx, linkId);
  if (!link || !isPayable(link.status) || verdictOf(tx, context, link) !== 'right') return false;
  const named = new Set(parts.map(partKey));
  const own = new Set(parts.map((part) => part.billId));
  if (own.size !== link.billIds.length || !link.billIds.every((billId) => own.has(billId))) return false;
  const open = openPartsOf(tx, [link.customerId], context.today).items.map(partKey);
  const ofLink = link.parts ?? open.filter((key) => own.has(Number(key.split(':')[0])));
  return (
    ofLink.length === open.filter((key) => named.has(key)).length && ofLink.every((key) => named.has(key))
  );
}
