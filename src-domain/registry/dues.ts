import { isDay, type Day } from '../days.ts';
import { isToken, subjectKey, type Subject } from './subjects.ts';
import {
  dueStates,
  entityKinds,
  evidenceGrades,
  type DueState,
  type EvidenceGrade,
  type ItemErrorCode,
} from './words.ts';

export type Evidence = {
  readonly g: EvidenceGrade;
  /** SHA-256 of the evidence, base64url; null for a bare claim. */
  readonly h: string | null;
};

export type Basis = { readonly basis: 'entity' } | { readonly basis: 'consent'; readonly id: string };

/** A due as a member states it, for one moment `rev` of his own counter. Amounts in paise. */
export type Due = {
  /** First 16 bytes of an HMAC over the bill's number and year: the registry never sees the number. */
  readonly dueRef: string;
  readonly salt: string;
  readonly subject: Subject;
  readonly rev: number;
  readonly state: DueState;
  readonly invoiceDay: Day;
  readonly dueDay: Day;
  readonly amountPaise: number;
  readonly openPaise: number;
  readonly settledDay: Day | null;
  readonly evidence: Evidence;
  readonly basis: Basis;
};

/** The order is the canonical form: strings and whole numbers only, so JSON.stringify gives the bytes that are hashed. */
export type DueItem = readonly [
  dueRef: string,
  salt: string,
  subject: Subject,
  rev: number,
  state: DueState,
  invoiceDay: string,
  dueDay: string,
  amountPaise: number,
  openPaise: number,
  settledDay: string | null,
  evidence: Evidence,
  basis: Basis,
];

export function dueItem(due: Due): DueItem {
  const { pan, gstin, mobile, entity } = due.subject;
  const { g, h } = due.evidence;
  const basis: Basis =
    due.basis.basis === 'entity' ? { basis: 'entity' } : { basis: 'consent', id: due.basis.id };
  return [
    due.dueRef,
    due.salt,
    { pan, gstin, mobile, entity },
    due.rev,
    due.state,
    due.invoiceDay,
    due.dueDay,
    due.amountPaise,
    due.openPaise,
    due.settledDay,
    { g, h },
    basis,
  ];
}

/** What an item's leaf is made of, whatever order its objects came in. */
export function itemText(due: Due): string {
  return JSON.stringify(dueItem(due));
}

const REF = /^[A-Za-z0-9_-]{22}$/;
const DIGEST = /^[A-Za-z0-9_-]{43}$/;
const AMOUNT_MOST = 1_000_000_000_000_00;
const REV_MOST = 2 ** 32 - 1;
const EPOCH = 2 ** 32;

/** An item that came in as rows do; the code of what is wrong with it where it is no due. */
export function readItem(item: readonly unknown[]): Due | ItemErrorCode {
  const [dueRef, salt, subject, rev, state, invoiceDay, dueDay, amount, open, settledDay, evidence, basis] =
    item;
  if (item.length !== 12 || !isRef(dueRef) || !isRef(salt)) return 'bad_item';
  const who = readSubject(subject);
  if (who === null) return 'bad_item';
  if (subjectKey(who) === null) return 'subject_required';
  if (!isCount(rev, REV_MOST) || !isCount(amount, AMOUNT_MOST) || !isCount(open, AMOUNT_MOST))
    return 'bad_item';
  const known = dueStates.find((one) => one === state);
  if (known === undefined || !isDayText(invoiceDay) || !isDayText(dueDay)) return 'bad_item';
  if (settledDay !== null && !isDayText(settledDay)) return 'bad_item';
  const proof = readEvidence(evidence);
  const ground = readBasis(basis);
  if (proof === null || ground === null || open > amount || amount === 0) return 'bad_item';
  const due = { dueRef, salt, subject: who, rev, state: known, invoiceDay, dueDay, settledDay };
  const made: Due = { ...due, amountPaise: amount, openPaise: open, evidence: proof, basis: ground };
  return isCoherent(made) ? made : 'bad_item';
}

/** State, open amount and day of settlement say the same. */
export function isCoherent({ state, amountPaise, openPaise, settledDay, invoiceDay, dueDay }: Due): boolean {
  if (invoiceDay > dueDay) return false;
  if (state === 'settled') return openPaise === 0 && settledDay !== null;
  if (settledDay !== null) return false;
  if (state === 'open') return openPaise === amountPaise;
  if (state === 'part' || state === 'reopened') return openPaise > 0;
  return true;
}

/** open → part → settled, withdrawn or written off; a settled one comes back only as 'reopened', within thirty days. */
export function mayFollow(
  before: { readonly state: DueState; readonly settledDay: Day | null } | null,
  after: { readonly state: DueState },
  daysSinceSettled: number | null,
): boolean {
  if (before === null) return after.state !== 'reopened';
  switch (before.state) {
    case 'open':
    case 'part':
    case 'reopened':
      return after.state !== 'reopened';
    case 'written_off':
      return after.state === 'settled' || after.state === 'withdrawn' || after.state === 'written_off';
    case 'settled':
      if (after.state === 'reopened')
        return daysSinceSettled !== null && daysSinceSettled >= 0 && daysSinceSettled <= REOPEN_DAYS;
      return after.state === 'settled' || after.state === 'withdrawn';
    case 'withdrawn':
      return after.state === 'withdrawn';
  }
}

export const REOPEN_DAYS = 30;

/** Whatever a device of an earlier epoch counted, a later one is newer. Below 2^53 as long as the epoch is below 2^21. */
export function versionOf(epoch: number, rev: number): number {
  return epoch * EPOCH + rev;
}

export function epochOf(ver: number): number {
  return Math.floor(ver / EPOCH);
}

function isRef(value: unknown): value is string {
  return typeof value === 'string' && REF.test(value);
}

function isDayText(value: unknown): value is Day {
  return typeof value === 'string' && isDay(value);
}

function isCount(value: unknown, most: number): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function readSubject(value: unknown): Subject | null {
  if (!isRecord(value)) return null;
  const { pan = null, gstin = null, mobile = null } = value;
  const entity = entityKinds.find((kind) => kind === value['entity']);
  const areKnown = Object.keys(value).every((key) => ['pan', 'gstin', 'mobile', 'entity'].includes(key));
  if (entity === undefined || !areKnown) return null;
  if (!isTokenOrNull(pan) || !isTokenOrNull(gstin) || !isTokenOrNull(mobile)) return null;
  return { pan, gstin, mobile, entity };
}

function isTokenOrNull(value: unknown): value is string | null {
  return value === null || (typeof value === 'string' && isToken(value));
}

function readEvidence(value: unknown): Evidence | null {
  if (!isRecord(value)) return null;
  const { g, h = null } = value;
  const grade = evidenceGrades.find((one) => one === g);
  if (grade === undefined) return null;
  if (grade === 'claim') return h === null ? { g: grade, h } : null;
  return typeof h === 'string' && DIGEST.test(h) ? { g: grade, h } : null;
}

function readBasis(value: unknown): Basis | null {
  if (!isRecord(value)) return null;
  const { basis, id } = value;
  if (basis === 'entity' && id === undefined) return { basis };
  if (basis === 'consent' && typeof id === 'string' && isUuid(id)) return { basis, id };
  return null;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export function isUuid(text: string): boolean {
  return UUID.test(text);
}
