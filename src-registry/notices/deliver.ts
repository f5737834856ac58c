import { REPORTERS_LEAST } from '#domain/registry/assurance.ts';
import type { Day } from '#domain/days.ts';
import { isStale, openWay } from '../consents/contact-words.ts';
import type { Notice, Notified } from '../notifier/notifier.ts';
import type { Registry } from '../registry.ts';
import { contactsOf, type ContactRow } from '../store/contacts.ts';
import { countOtp } from '../store/otps.ts';
import type { Words } from './texts.ts';

/** More numbers than these are not written to: nobody has so many. */
const CONTACTS_MOST = 5;
/** To one contact in a day, about whomever: somebody has a few businesses, and nobody has many. */
const NOTICES_MOST = 10;

export type Delivery = {
  readonly subjectKey: Buffer;
  readonly kind: Notice['kind'];
  readonly wordsIn: (lang: 'en' | 'hi') => Words;
};

export type Delivered = {
  /** Sent once one of the contacts took it, 'no-way' where nobody named any that can be read. */
  readonly outcome: Notified;
  /** Keys of the contacts that took it. */
  readonly reached: readonly Buffer[];
};

/**
 * To the contacts that the debtor answered from, and such as two members name; where he answered from none yet, to every one
 * that members named.
 */
export async function deliver(
  registry: Registry,
  { subjectKey, kind, wordsIn }: Delivery,
): Promise<Delivered> {
  const outcomes: Notified[] = [];
  const reached: Buffer[] = [];
  for (const row of chosen(await contactsOf(registry.store, subjectKey), registry.today())) {
    const to = await openWay(registry, subjectKey, row);
    if (to.mobile === null && to.email === null) continue;
    const notice = { to, kind, lang: row.lang, ...wordsIn(row.lang) };
    const outcome = (await isFlooded(registry, row)) ? 'failed' : await registry.notifier.send(notice);
    outcomes.push(outcome);
    if (outcome === 'sent') reached.push(row.contact_key);
  }
  const best = (['sent', 'failed'] as const).find((one) => outcomes.includes(one));
  return { outcome: best ?? 'no-way', reached };
}

/** Members could name one telephone for a thousand subjects that there are none of. */
async function isFlooded(registry: Registry, { contact_key }: ContactRow): Promise<boolean> {
  const key = registry.contacts.keyOf(`notice|${contact_key.toString('hex')}`);
  const isOver = (await countOtp(registry.store, key, registry.today())) > NOTICES_MOST;
  if (isOver) registry.log('notice.capped');
  return isOver;
}

/** Whom most members name comes first: one member's row of numbers does not push the debtor's own off the list. */
function chosen(rows: readonly ContactRow[], today: Day): readonly ContactRow[] {
  const ways = [...Map.groupBy(rows, ({ contact_key }) => contact_key.toString('hex')).values()];
  const isOwn = (way: readonly ContactRow[]): boolean =>
    way.some((row) => row.is_registered && !isStale(row, today));
  const believed = ways.filter((way) => isOwn(way) || way.length >= REPORTERS_LEAST);
  const to = ways.some(isOwn) ? believed : ways;
  return to
    .toSorted((a, b) => Number(isOwn(b)) - Number(isOwn(a)) || b.length - a.length)
    .slice(0, CONTACTS_MOST)
    .flatMap(([row]) => row ?? []);
}
