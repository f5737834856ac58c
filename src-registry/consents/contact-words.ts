import { assuranceOf, beliefIn, type Belief, type ContactWord } from '#domain/registry/assurance.ts';
import { daysBetween, type Day } from '#domain/days.ts';
import { CONTACT_USED_DAYS } from '#domain/registry/visibility.ts';
import type { Assurance } from '#domain/registry/words.ts';
import type { Contact } from '../members/contacts.ts';
import { statusOn } from '../members/status.ts';
import { ForgottenError } from '../notifier/contact-seal.ts';
import type { Registry } from '../registry.ts';
import {
  contactsOf,
  tellContact,
  dropOldContacts,
  type ContactRow,
  type NewContact,
} from '../store/contacts.ts';
import type { Tx } from '../store/database.ts';
import { membersOf } from '../store/members.ts';

// What members say of a subject's contacts, and how far that is believed.

/** One way to reach somebody: a mobile number or a mail address. */
export type Way = { readonly mobile: string | null; readonly email: string | null };

/** Each way by itself: they are reported, believed and tried one by one. */
export function waysOf({ mobile, email }: Contact): readonly Way[] {
  const ways: Way[] = [];
  if (mobile !== null) ways.push({ mobile, email: null });
  if (email !== null) ways.push({ mobile: null, email });
  return ways;
}

/** What is sealed: a mobile number begins with its plus. */
function textOf({ mobile, email }: Way): string {
  return mobile ?? email ?? '';
}

export function keyOfWay(registry: Registry, { mobile, email }: Way): Buffer {
  return Buffer.from(registry.contacts.keyOf(textOf({ mobile, email })));
}

export type SealedWay = Pick<NewContact, 'contactKey' | 'sealed'>;

/** Before a transaction: sealing talks to the database itself. */
export async function sealedWays(
  registry: Registry,
  subjectKey: Uint8Array,
  contact: Contact,
): Promise<readonly SealedWay[]> {
  const ways = waysOf(contact);
  const sealed = await registry.contacts.sealAll(
    ways.map((way) => ({ subject: subjectKey, contact: textOf(way) })),
  );
  return ways.flatMap((way, at) => {
    const bytes = sealed[at];
    return bytes === undefined ? [] : [{ contactKey: keyOfWay(registry, way), sealed: bytes }];
  });
}

/** No way at all where its key was destroyed: it is as good as not there, and keeps nobody else from being told. */
export async function openWay(registry: Registry, subjectKey: Uint8Array, row: ContactRow): Promise<Way> {
  let text: string;
  try {
    text = await registry.contacts.open(subjectKey, row.ct);
  } catch (error) {
    if (error instanceof ForgottenError) return { mobile: null, email: null };
    throw error;
  }
  return text.startsWith('+') ? { mobile: text, email: null } : { mobile: null, email: text };
}

/** That one member names of one subject. */
export const CONTACTS_OF_MEMBER = 4;

export type Told = Pick<NewContact, 'subjectKey' | 'memberNo' | 'lang' | 'day' | 'at'> & {
  readonly ways: readonly SealedWay[];
};

export async function tellWays(tx: Tx, { ways, ...told }: Told): Promise<void> {
  for (const way of ways) await tellContact(tx, { ...told, ...way });
  await dropOldContacts(tx, { ...told, most: CONTACTS_OF_MEMBER });
}

type Contacted = { readonly subjectKey: Buffer; readonly contactKey: Buffer };

/** How far a contact of a subject is believed at this moment. */
export async function assuranceFor(registry: Registry, tx: Tx, of: Contacted): Promise<Assurance> {
  return assuranceOf(await wordsOf(registry, tx, of), of.contactKey.toString('base64'), registry.now());
}

/** The same, and from when on. */
export async function beliefOf(registry: Registry, tx: Tx, of: Contacted): Promise<Belief> {
  return beliefIn(await wordsOf(registry, tx, of), of.contactKey.toString('base64'));
}

/** The same with the word of one member who says it now, whether or not it is written down. */
export async function beliefWith(
  registry: Registry,
  tx: Tx,
  { memberNo, ...of }: Contacted & { readonly memberNo: number },
): Promise<Belief> {
  const said = { contact_key: of.contactKey, member_no: memberNo, first_at: registry.now() };
  return beliefIn(await wordsOf(registry, tx, of, said), of.contactKey.toString('base64'));
}

/** He answered from it, so long ago that the number may be somebody else's by now. */
export function isStale({ used_on }: Pick<ContactRow, 'used_on'>, today: Day): boolean {
  return used_on !== null && daysBetween(used_on, today) >= CONTACT_USED_DAYS;
}

type Said = Pick<ContactRow, 'contact_key' | 'member_no' | 'first_at'>;

/**
 * Nobody's word counts who was not looked at by whoever runs the registry, or is on probation, suspended or gone; nor the
 * debtor's about himself. What the debtor answered from stays his, whoever named it.
 */
async function wordsOf(
  registry: Registry,
  tx: Tx,
  { subjectKey }: Contacted,
  said?: Said,
): Promise<readonly ContactWord[]> {
  const stored = await contactsOf(tx, subjectKey);
  const rows = said === undefined ? stored : [...stored, { ...said, is_registered: false, used_on: null }];
  const memberNos = [...new Set(rows.map(({ member_no }) => member_no))];
  const members = new Map((await membersOf(tx, memberNos)).map((one) => [one.member_no, one]));
  const today = registry.today();
  return rows.flatMap((row): ContactWord[] => {
    const member = members.get(row.member_no);
    const isHeard =
      member !== undefined &&
      statusOn(member.status, member.probation_until, today) === 'active' &&
      !member.pan_key.equals(subjectKey);
    if (!row.is_registered && !isHeard) return [];
    const isFormer = row.is_registered && isStale(row, today);
    return [
      {
        contact: row.contact_key.toString('base64'),
        reporter: isHeard ? member.pan_key.toString('base64') : null,
        firstAt: row.first_at,
        isRegistered: row.is_registered && !isFormer,
        isFormer,
      },
    ];
  });
}
