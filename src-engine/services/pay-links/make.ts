import { moneyText } from '#domain/imports/reasons.ts';
import { paise, type Paise } from '#domain/money.ts';
import { isPayable, linkPurpose } from '#domain/reminders/inbox-links.ts';
import { refuse } from '#domain/result.ts';
import type { PaymentLinkState, PaymentLinkWish, Pulled } from '../../adapters/message-ports.ts';
import { claimsOfLink } from '../../storage/claims.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import type { GatewayRow } from '../../storage/gateways.ts';
import {
  insertLink,
  linkById,
  linkLines,
  liveLinks,
  patchLink,
  type LinkLine,
} from '../../storage/pay-links.ts';
import { contactsAmong } from '../../storage/reminder-history.ts';
import { customerOf } from '../documents.ts';
import { refused, type BookContext } from '../door.ts';
import { businessNow } from '../reminders/business-facts.ts';
import { openPartsOf } from '../reminders/open-parts.ts';
import { addressesOf } from '../reminders/reach.ts';
import { notReached, paymentGateway, withPayment } from './channel.ts';
import { applyLinkState } from './settle.ts';
import { cancelLink, openOf, verdictOf } from './tend.ts';

const GOOD_FOR_MS = 90 * 24 * 3_600_000;
const ANSWERED_WITHIN_MS = 30_000;
/** A link whose answer was lost is looked for this soon. */
const LOOKED_FOR_AFTER_MS = 60_000;

export type LinkWish = {
  readonly customerId: number;
  readonly billIds: readonly number[];
  /** Only these open parts of them, as "bill:due day"; null or nothing = all that is open. */
  readonly parts?: readonly string[] | null;
  readonly gatewayId: number;
};

/**
 * A payment page for what is open of some bills. Its row stands in the book before anything leaves, under a reference that
 * is looked up first: a lost answer never makes a second link. One that is right already is given back as it is.
 */
export async function makeLink(context: BookContext, wish: LinkWish, signal: AbortSignal): Promise<LinkLine> {
  const gateway = paymentGateway(context, wish.gatewayId);
  const billIds = [...new Set(wish.billIds)].toSorted((a, b) => a - b);
  const asked = context.db.read((tx) => askedFor(tx, context, { ...wish, billIds }));
  const live = context.db
    .read((tx) => liveLinks(tx, billIds))
    .filter((link) => link.customerId === wish.customerId);
  noneIsMade(live);
  const same = live.find((link) => isSame(context, link, { ...wish, billIds }));
  if (same) return same;
  // Two links for one bill could be paid twice.
  for (const link of live) await closeLink(context, link, signal);
  if (live.length > 0) context.db.read((tx) => noClaimWaits(tx, wish.customerId, billIds));
  const { linkId, reference } = context.db.write((tx) => {
    // While an earlier one was closed, somebody else may have asked for one.
    if (liveLinks(tx, billIds).some((link) => link.customerId === wish.customerId)) throw beingMade();
    return newLink(tx, context, { ...wish, billIds, ...asked });
  });
  const { purpose, customer, amountPaise } = asked;
  const expiresAt = context.now() + GOOD_FOR_MS;
  const request = { reference, amountPaise, purpose, customer, expiresAt, takesParts: true };
  return answered(context, { gateway, linkId, answer: await ask(context, gateway, { request, signal }) });
}

/** It asks for what is open of the very same bills; parts that were paid and are in the book are counted. */
function isSame(
  context: BookContext,
  link: LinkLine,
  { billIds, parts = null, gatewayId }: Pick<LinkWish, 'billIds' | 'parts' | 'gatewayId'>,
): boolean {
  const isOfThem =
    link.billIds.toSorted((a, b) => a - b).join() === billIds.join() &&
    link.parts?.toSorted().join() === parts?.toSorted().join();
  if (!isPayable(link.status) || link.gatewayId !== gatewayId || !isOfThem) return false;
  return context.db.read((tx) => verdictOf(tx, context, link)) === 'right';
}

/** Of a link that may be there or not, the next look will tell; until then there must be no other one. */
function noneIsMade(live: readonly LinkLine[]): void {
  if (!live.every((link) => isPayable(link.status))) throw beingMade();
}

function beingMade(): ReturnType<typeof refused> {
  const sentence =
    'A link of these bills is being made, and the gateway has not answered yet. Try again in ten minutes.';
  return refused(refuse('link-being-made', sentence, { field: 'billIds' }).refusal);
}

async function closeLink(context: BookContext, link: LinkLine, signal: AbortSignal): Promise<void> {
  const cancelled = await cancelLink(context, link, signal);
  if (cancelled?.ok !== true) throw notReached({ name: link.gatewayName }, cancelled);
  const now = context.db.read((tx) => linkById(tx, link.id));
  if (!now || !isPayable(now.status)) return;
  const sentence = `${link.gatewayName} keeps an earlier link of these bills open, because a part of it was paid. Cancel it there first.`;
  const values = { gateway: link.gatewayName };
  throw refused(refuse('link-stays-open', sentence, { field: 'billIds', values }).refusal);
}

type Asked = Pick<PaymentLinkWish, 'purpose' | 'customer'> & { readonly amountPaise: Paise };

function askedFor(
  tx: ReadTx,
  { today, book }: BookContext,
  { customerId, billIds, parts = null }: Pick<LinkWish, 'customerId' | 'billIds' | 'parts'>,
): Asked {
  const customer = customerOf(tx, customerId);
  const own = new Set(billIds);
  const items = openPartsOf(tx, [customerId], today).items.filter((item) => own.has(item.billId));
  if (book.baseCurrency !== 'INR' || items.some((item) => item.currency !== null)) {
    throw refused(
      refuse('pay-link-currency', 'Payment links take rupees only.', { field: 'billIds' }).refusal,
    );
  }
  const amountPaise = paise(openOf(tx, today, { customerId, billIds, parts }));
  if (amountPaise <= 0) {
    throw refused(refuse('nothing-to-pay', 'Nothing is open of these bills.', { field: 'billIds' }).refusal);
  }
  noClaimWaits(tx, customerId, billIds);
  const { sms = [], email = [] } = addressesOf(customer, contactsAmong(tx, [customerId]));
  const numbers = [...new Set(items.flatMap((item) => item.number ?? []))];
  return {
    amountPaise,
    purpose: linkPurpose(numbers, businessNow(tx, book.name).name),
    customer: { name: customer.name, phone: sms[0]?.address ?? null, email: email[0]?.address ?? null },
  };
}

/** What was paid already and only waits for a word must not be asked for again. */
function noClaimWaits(tx: ReadTx, customerId: number, billIds: readonly number[]): void {
  const own = new Set(billIds);
  const links = linkLines(tx, customerId).filter((link) => link.billIds.some((billId) => own.has(billId)));
  const waiting = links
    .flatMap((link) => claimsOfLink(tx, link.id))
    .filter((claim) => claim.state === 'to-confirm');
  if (waiting.length === 0) return;
  const amountPaise = waiting.reduce((sum, claim) => sum + (claim.amountPaise ?? 0), 0);
  const amount = moneyText(paise(amountPaise), 'INR');
  const sentence = `${amount} came in through a link of these bills and waits to be confirmed. Confirm it first.`;
  throw refused(refuse('claim-waits', sentence, { field: 'billIds', values: { amount } }).refusal);
}

function newLink(
  tx: WriteTx,
  { now, newId }: BookContext,
  { customerId, billIds, parts = null, gatewayId, amountPaise }: LinkWish & { readonly amountPaise: Paise },
): { readonly linkId: number; readonly reference: string } {
  // Letters, digits and hyphens, at most 40 characters: both vendors take it.
  const reference = `bk-${newId().replaceAll('-', '')}`.slice(0, 40);
  const createdAt = now();
  const nextLookAt = createdAt + LOOKED_FOR_AFTER_MS;
  const link = { gatewayId, customerId, reference, billIds, parts, amountPaise, createdAt, nextLookAt };
  return { linkId: insertLink(tx, link), reference };
}

type Answer = Pulled<PaymentLinkState> | null;

async function ask(
  context: BookContext,
  gateway: GatewayRow,
  { request, signal }: { readonly request: PaymentLinkWish; readonly signal: AbortSignal },
): Promise<Answer> {
  const patience = AbortSignal.any([signal, AbortSignal.timeout(ANSWERED_WITHIN_MS)]);
  return withPayment(context, gateway, async (channel): Promise<Answer> => {
    const made = await channel.create(request, patience);
    if (made.ok || made.errorClass !== 'transient-after-send') return made;
    const found = await channel.look(request.reference, patience);
    return found.ok && found.value ? { ok: true, value: found.value } : made;
  });
}

function answered(
  context: BookContext,
  {
    gateway,
    linkId,
    answer,
  }: { readonly gateway: GatewayRow; readonly linkId: number; readonly answer: Answer },
): LinkLine {
  const { db, now } = context;
  const link = db.write((tx) => {
    if (answer?.ok) applyLinkState(tx, linkId, answer.value, now());
    // What was surely not made is not looked for; of everything else the next look will tell.
    else if (isSurelyNot(answer)) patchLink(tx, linkId, { status: 'cancelled', nextLookAt: null });
    else patchLink(tx, linkId, { status: 'unknown' });
    return linkById(tx, linkId);
  });
  context.changed('replies');
  if (answer?.ok && link) return link;
  throw notReached(gateway, answer?.ok ? null : answer);
}

function isSurelyNot(answer: Answer): boolean {
  if (answer === null) return true;
  return !answer.ok && answer.errorClass !== 'transient-after-send' && answer.errorClass !== 'unknown';
}
