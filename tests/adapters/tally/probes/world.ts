import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach } from 'vitest';
import { startFakeTally, type FakeTally, type FakeTallyOptions } from '../../../fakes/tally/index.ts';
import { createFakeCompany, type FakeCompany } from '../../../fakes/tally/book.ts';
import type { NewCompany } from '../../../fakes/tally/wishes.ts';
import { COMPANY } from './envelopes.ts';

const running: FakeTally[] = [];

afterEach(async () => {
  for (const tally of running.splice(0)) await tally.stop();
});

/** A Tally that is stopped when the test is over. */
export async function tallyOf(
  books: readonly FakeCompany[],
  options: Omit<FakeTallyOptions, 'books'> = {},
): Promise<FakeTally> {
  const tally = await startFakeTally({ ...options, books });
  running.push(tally);
  return tally;
}

/** A company of the year 2025-26, with a sales ledger, a bank, and nobody who owes anything. */
export function emptyCompany(wish: Partial<NewCompany> = {}): FakeCompany {
  const book = createFakeCompany({
    name: COMPANY,
    booksFrom: '2025-04-01',
    display: { from: '2025-04-01', to: '2026-03-31' },
    ...wish,
  });
  book.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  book.createLedger({ name: 'HDFC Bank', parent: 'Bank Accounts' });
  return book;
}

export function customer(
  book: FakeCompany,
  name: string,
  more: { readonly creditPeriod?: string } = {},
): void {
  book.createLedger({ name, parent: 'Sundry Debtors', billWise: true, ...more });
}

export type SaleWish = {
  readonly ref?: string;
  readonly date: string;
  readonly amount: number;
  readonly period?: string;
};

/** A sale on credit with one new bill; gives the voucher's masterId. */
export function sale(
  book: FakeCompany,
  party: string,
  { ref = 'S1', date, amount, period }: SaleWish,
): number {
  return book.createVoucher({
    type: 'Sales',
    date,
    lines: [
      { ledger: party, amount, bills: [{ type: 'New Ref', ref, amount, period }] },
      { ledger: 'Sales', amount: 0 - amount },
    ],
  }).masterId;
}

/** Money from a customer: against a bill, or on account where none is named. */
export function receipt(
  book: FakeCompany,
  party: string,
  wish: { readonly date: string; readonly amount: number; readonly ref?: string },
): number {
  const amount = 0 - wish.amount;
  return book.createVoucher({
    type: 'Receipt',
    date: wish.date,
    party: 'HDFC Bank',
    lines: [
      { ledger: 'HDFC Bank', amount: wish.amount },
      {
        ledger: party,
        amount,
        bills: [
          wish.ref === undefined
            ? { type: 'On Account', amount }
            : { type: 'Agst Ref', ref: wish.ref, amount },
        ],
      },
    ],
  }).masterId;
}

const SAMPLES = path.resolve(import.meta.dirname, '../../../../../shared/tally/samples');

export const hasSamples: boolean = existsSync(SAMPLES);

/** A recorded reply as text. */
export function sample(name: string): string {
  return readFileSync(path.join(SAMPLES, name), 'utf8');
}

export function sampleBytes(name: string): Buffer {
  return readFileSync(path.join(SAMPLES, name));
}
