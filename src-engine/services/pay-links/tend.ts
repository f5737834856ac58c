import { isPayable, judgeLink } from '#domain/reminders/inbox-links.ts';
import { claimsOfLink } from '../../storage/claims.ts';
import type { ReadTx } from '../../storage/database.ts';
import { gatewayById } from '../../storage/gateways.ts';
import { linksDue, liveLinks, type LinkLine } from '../../storage/pay-links.ts';
import type { BookContext } from '../door.ts';
import { partKey } from '../papers/account.ts';
import { openPartsOf } from '../reminders/open-parts.ts';
import { withPayment } from './channel.ts';
import { lookAt } from './look.ts';
import { applyLinkState } from './settle.ts';

const LOOKED_AT_ONCE_MOST = 200;
const ANSWERED_WITHIN_MS = 15_000;

/**
 * Looks at the links whose time has come, and cancels those that ask for what is no longer owed (docs/gateways.md 6.2).
 */
export async function tendLinks(context: BookContext, signal: AbortSignal): Promise<void> {
  const { db, now } = context;
  if (!context.vault.isOpen()) return;
  const due = db.read((tx) => linksDue(tx, now(), LOOKED_AT_ONCE_MOST));
  for (const link of due) {
    if (signal.aborted || !db.isOpen()) return;
    await lookAt(context, link, signal);
  }
  if (!db.isOpen()) return;
  // A gateway may keep a link open of which a part is paid: it is asked again only when it is looked at anyway.
  const looked = new Set(due.map(({ id }) => id));
  const isTried = ({ id, status }: LinkLine): boolean => status === 'open' || looked.has(id);
  const wrong = db.read((tx) =>
    liveLinks(tx, null)
      .filter((link) => isPayable(link.status) && isTried(link))
      .filter((link) => verdictOf(tx, context, link) !== 'right'),
  );
  for (const link of wrong) {
    if (signal.aborted || !db.isOpen()) return;
    await cancelLink(context, link, signal);
  }
}

export function verdictOf(
  tx: ReadTx,
  { today }: Pick<BookContext, 'today'>,
  link: LinkLine,
): ReturnType<typeof judgeLink> {
  const confirmed = claimsOfLink(tx, link.id).filter((claim) => claim.state === 'confirmed');
  const confirmedPaise = confirmed.reduce((sum, claim) => sum + (claim.amountPaise ?? 0), 0);
  return judgeLink({ amountPaise: link.amountPaise, confirmedPaise, openPaise: openOf(tx, today, link) });
}

/**
 * What may be asked for some bills of a customer, or some parts of them, paise: what is open of them, and never more than he owes in all after
 * what he has paid on account.
 */
export function openOf(
  tx: ReadTx,
  today: BookContext['today'],
  {
    customerId,
    billIds,
    parts = null,
  }: Pick<LinkLine, 'customerId' | 'billIds'> & Partial<Pick<LinkLine, 'parts'>>,
): number {
  const own = new Set(billIds);
  const { items, unallocated } = openPartsOf(tx, [customerId], today);
  const open = (chosen: typeof items): number => chosen.reduce((sum, item) => sum + item.openPaise, 0);
  const owed = open(items) - (unallocated.get(customerId) ?? 0);
  const asked = items.filter(
    (item) => own.has(item.billId) && (parts === null || parts.includes(partKey(item))),
  );
  return Math.max(0, Math.min(open(asked), owed));
}

export type Cancelled =
  | { readonly ok: true }
  | { readonly ok: false; readonly errorClass: string; readonly code: string; readonly detail: string }
  | null;

/** Where somebody has paid it meanwhile, the answer says so, and it is claimed. */
export async function cancelLink(
  context: BookContext,
  link: LinkLine,
  signal: AbortSignal,
): Promise<Cancelled> {
  const { db, now } = context;
  const gateway = db.read((tx) => gatewayById(tx, link.gatewayId));
  if (!gateway || gateway.removedAt !== null) return null;
  // Money that came in the last minutes must not be lost with the link.
  const looked = await lookAt(context, link, signal);
  if (looked?.ok !== true || !db.isOpen()) return looked;
  const patience = AbortSignal.any([signal, AbortSignal.timeout(ANSWERED_WITHIN_MS)]);
  const answer = await withPayment(context, gateway, (channel) => channel.cancel(link.reference, patience));
  if (answer === null || !db.isOpen()) return null;
  if (!answer.ok) return answer;
  db.write((tx) => applyLinkState(tx, link.id, answer.value, now()));
  context.changed('replies', 'consents', 'reminders');
  return { ok: true };
}
