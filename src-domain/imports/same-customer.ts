import { panOfGstin } from '../gstin.ts';
import type { CustomerFacts } from './imported.ts';
import { nameWords } from './names.ts';
import { addNear, findNear, type NearIndex } from './near-names.ts';

/** A customer of the book, as far as he can be recognised. */
export type KnownPerson = Pick<CustomerFacts, 'name' | 'nameKey' | 'code' | 'gstin' | 'pan' | 'phone'> & {
  readonly customerId: number;
};

export type Suggestion = {
  readonly name: string;
  readonly nameKey: string;
  readonly customerId: number;
  readonly customerName: string;
  readonly why: 'spelling' | 'gstin' | 'phone' | 'pan';
};

const SUGGESTIONS_MOST = 1000;
const PHONE_DIGITS = 10;

/**
 * New names of a file that may be a customer of the book, surest reason first: the same GSTIN, PAN or telephone, or
 * nearly the same spelling. Only asked, never merged.
 */
export function suggestSame(
  newcomers: readonly CustomerFacts[],
  book: readonly KnownPerson[],
): readonly Suggestion[] {
  if (newcomers.length === 0 || book.length === 0) return [];
  const index = indexOf(book);
  const found: Suggestion[] = [];
  for (const newcomer of newcomers) {
    if (found.length >= SUGGESTIONS_MOST) break;
    const match = matchOf(newcomer, index);
    if (match === undefined) continue;
    const { customerId, name: customerName } = match.person;
    found.push({ name: newcomer.name, nameKey: newcomer.nameKey, customerId, customerName, why: match.why });
  }
  return found;
}

type Index = {
  readonly byGstin: ReadonlyMap<string, KnownPerson>;
  readonly byPan: ReadonlyMap<string, KnownPerson>;
  readonly byPhone: ReadonlyMap<string, KnownPerson>;
  readonly byWords: ReadonlyMap<string, KnownPerson>;
  readonly near: NearIndex<KnownPerson>;
};

function indexOf(book: readonly KnownPerson[]): Index {
  const byGstin = new Map<string, KnownPerson>();
  const byPan = new Map<string, KnownPerson>();
  const byPhone = new Map<string, KnownPerson>();
  const byWords = new Map<string, KnownPerson>();
  const near: NearIndex<KnownPerson> = new Map();
  for (const person of book) {
    if (person.gstin !== null) byGstin.set(person.gstin, person);
    const pan = panOf(person);
    if (pan !== null) byPan.set(pan, person);
    for (const phone of phonesOf(person)) byPhone.set(phone, person);
    byWords.set(wordsKey(person.name), person);
    addNear(near, coreOf(person.name), person);
  }
  return { byGstin, byPan, byPhone, byWords, near };
}

function matchOf(
  newcomer: CustomerFacts,
  index: Index,
): { readonly person: KnownPerson; readonly why: Suggestion['why'] } | undefined {
  const byGstin = newcomer.gstin === null ? undefined : index.byGstin.get(newcomer.gstin);
  if (byGstin) return { person: byGstin, why: 'gstin' };
  const pan = panOf(newcomer);
  const byPan = pan === null ? undefined : index.byPan.get(pan);
  if (byPan) return { person: byPan, why: 'pan' };
  for (const phone of phonesOf(newcomer)) {
    const byPhone = index.byPhone.get(phone);
    if (byPhone) return { person: byPhone, why: 'phone' };
  }
  const byWords = index.byWords.get(wordsKey(newcomer.name));
  if (byWords && mayBeOne(newcomer, byWords)) return { person: byWords, why: 'spelling' };
  const near = findNear(index.near, coreOf(newcomer.name), (person) => mayBeOne(newcomer, person));
  return near === undefined ? undefined : { person: near, why: 'spelling' };
}

/** Numbers in a name, other codes and other PANs tell two customers apart, however alike they are spelt. */
function mayBeOne(a: CustomerFacts, b: KnownPerson): boolean {
  if (a.code !== null && b.code !== null && a.code !== b.code) return false;
  const [panA, panB] = [panOf(a), panOf(b)];
  if (panA !== null && panB !== null && panA !== panB) return false;
  return digitsOf(a.name) === digitsOf(b.name);
}

function panOf({ pan, gstin }: Pick<CustomerFacts, 'pan' | 'gstin'>): string | null {
  return pan ?? (gstin === null ? null : panOfGstin(gstin));
}

/** The last ten digits of each number: with and without the country's code they are one. */
function phonesOf({ phone }: Pick<CustomerFacts, 'phone'>): readonly string[] {
  if (phone === null) return [];
  return phone
    .split(',')
    .map((part) => part.replace(/\D/g, '').slice(-PHONE_DIGITS))
    .filter((digits) => digits.length === PHONE_DIGITS);
}

function coreOf(name: string): string {
  return nameWords(name).join('');
}

function wordsKey(name: string): string {
  return nameWords(name).toSorted().join(' ');
}

function digitsOf(name: string): string {
  return name.replace(/\D+/gu, ' ').trim();
}
