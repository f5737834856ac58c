import type { BatchBody } from '#contract/registry/batches.ts';
import { isDay } from '#domain/days.ts';
import type { Basis, Due } from '#domain/registry/dues.ts';
import type { Statement } from '#domain/registry/statements.ts';
import { basisNeeded, subjectKey, type Subject } from '#domain/registry/subjects.ts';
import { dueStates, entityKinds } from '#domain/registry/words.ts';
import type { DueRow } from '../../storage/registry-dues.ts';
import type { Weighed } from './candidates.ts';
import { wordIn } from './publish.ts';

// From a row of the book to an item of the wire, and back to what was said last.

type Said = Pick<DueRow, 'dueRef' | 'salt' | 'evidence' | 'evidenceHash' | 'consentId'>;

export function dueOf(
  row: Said,
  {
    subject,
    rev,
    statement,
  }: { readonly subject: Subject; readonly rev: number; readonly statement: Statement },
): Due {
  const basis: Basis =
    basisNeeded(subject) === 'consent' && row.consentId !== null
      ? { basis: 'consent', id: row.consentId }
      : { basis: 'entity' };
  const { dueRef, salt, evidence: g, evidenceHash: h } = row;
  return { dueRef, salt, subject, rev, ...statement, evidence: { g, h }, basis };
}

type Contact = NonNullable<BatchBody['contacts']>[number];

/** Where the debtor can be told; null where nothing of it has the form of an address. */
export function contactOf({ bill, identifiers }: Weighed, subject: Subject): Contact | null {
  const key = subjectKey(subject);
  const mobile = identifiers.find(({ kind }) => kind === 'mobile')?.value ?? null;
  const email = bill.email !== null && MAIL.test(bill.email) ? bill.email : null;
  return key === null || (mobile === null && email === null) ? null : { subject: key, mobile, email };
}

const MAIL = /^[^\s@]{1,64}@[^\s@]+\.[^\s@]{2,}$/;

/** Null before the first statement. */
export function lastOf({ stated }: Pick<DueRow, 'stated'>): Statement | null {
  if (stated === null) return null;
  const said: unknown = JSON.parse(stated);
  if (!isFields(said)) throw broken();
  const { state, invoiceDay, dueDay, amountPaise, openPaise, settledDay } = said;
  const known = typeof state === 'string' ? wordIn(dueStates, state) : null;
  if (known === null || !isDayText(invoiceDay) || !isDayText(dueDay)) throw broken();
  if (typeof amountPaise !== 'number' || typeof openPaise !== 'number') throw broken();
  if (settledDay !== null && !isDayText(settledDay)) throw broken();
  return { state: known, invoiceDay, dueDay, amountPaise, openPaise, settledDay };
}

/** As it was frozen; null before, and after the membership was left. */
export function subjectIn({ subject }: Pick<DueRow, 'subject'>): Subject | null {
  if (subject === '') return null;
  const said: unknown = JSON.parse(subject);
  if (!isFields(said)) throw broken();
  const token = (name: string): string | null => {
    const value = said[name];
    return typeof value === 'string' ? value : null;
  };
  const entity = wordIn(entityKinds, token('entity')) ?? 'unknown';
  return { pan: token('pan'), gstin: token('gstin'), mobile: token('mobile'), entity };
}

function isDayText(value: unknown): value is Statement['dueDay'] {
  return typeof value === 'string' && isDay(value);
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function broken(): Error {
  return new Error('What was stated of a due cannot be read.');
}
