import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { TallyAllocation, TallyLine, TallyVoucher } from '#domain/tally/facts.ts';
import type { DerivedDocuments } from '#domain/tally/party.ts';
import { openDatabase, type BookFile } from '#engine/storage/database.ts';
import type { ConnectionRow } from '#engine/storage/tally-connection.ts';
import type { TallyCustomerFacts } from '#engine/storage/tally-customers.ts';
import { onTestFinished } from 'vitest';

// A book of its own for each test, and what a Tally would say.

export const COMPANY = 'c3a1f0aa-1111-4222-8333-444455556666';
export const NOW = 1_795_000_000_000;

export function emptyBook(): BookFile {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-tally-'));
  const db = openDatabase(path.join(folder, 'test.baaki'), folder);
  onTestFinished(() => {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return db;
}

export const connection: ConnectionRow = {
  origin: 'live',
  host: '127.0.0.1',
  port: 9000,
  product: 'prime',
  companyGuid: COMPANY,
  companyNumber: '100000',
  companyName: 'Test Traders',
  booksFrom: day('2025-04-01'),
  isEducational: false,
  isConnected: true,
  optionsJson: '{}',
  isPaused: false,
  masterCounter: 12,
  voucherCounter: null,
  voucherShape: 'every-field',
  asOfDay: day('2026-06-15'),
  syncedAt: NOW,
  inStepAt: null,
  historyFrom: day('2025-04-01'),
  isHistoryShown: false,
  failureJson: null,
};

export function guidOf(masterId: number): string {
  return `${COMPANY}-${masterId.toString(16).padStart(8, '0')}`;
}

export function aLedger(masterId: number, name = `Party ${masterId}`) {
  return {
    guid: guidOf(masterId),
    masterId,
    alterId: masterId,
    name,
    nameKey: name.toLowerCase(),
    parent: 'Sundry Debtors',
    isBillWise: true,
    creditPeriod: '30',
    openingPaise: null,
    closingPaise: paise(0),
    isCustomer: true,
  };
}

export function aTallyCustomer(
  masterId: number,
  facts: Partial<TallyCustomerFacts> = {},
): TallyCustomerFacts {
  const name = facts.name ?? `Party ${masterId}`;
  return {
    ledgerGuid: guidOf(masterId),
    name,
    nameKey: name.toLowerCase().replaceAll(' ', ''),
    code: null,
    groupPath: 'Sundry Debtors',
    phone: null,
    email: null,
    gstin: null,
    pan: null,
    address: null,
    creditDays: null,
    creditLimitPaise: null,
    aliasKeys: [],
    ...facts,
  };
}

export function aLine(
  line: number,
  ledgerName: string,
  amount: number,
  allocations: readonly TallyAllocation[] = [],
) {
  return { line, ledgerName, amountPaise: paise(amount), allocations } satisfies TallyLine;
}

export function against(ref: string | null, amount: number, type: TallyAllocation['type'] = 'new') {
  const billDay = ref === null ? null : day('2026-01-05');
  return { type, ref, amountPaise: paise(amount), billDay, dueDay: billDay } satisfies TallyAllocation;
}

export function aVoucher(masterId: number, wish: Partial<TallyVoucher> = {}): TallyVoucher {
  return {
    guid: guidOf(masterId),
    masterId,
    alterId: masterId,
    day: day('2026-01-05'),
    typeName: 'Sales',
    kind: 'sales',
    number: String(masterId),
    reference: null,
    narration: null,
    partyName: null,
    isCancelled: false,
    isOptional: false,
    isPostDated: false,
    lines: [],
    ...wish,
  };
}

export const nothing: DerivedDocuments = { bills: [], receipts: [], credits: [], allocations: [] };

export function aDerivedBill(sourceKey: string, amount: number, billDay = '2026-01-01') {
  const on = day(billDay);
  const texts = { kind: 'invoice', number: sourceKey, narration: null } as const;
  return { sourceKey, ...texts, billDay: on, dueDay: on, amountPaise: paise(amount) };
}

export function aDerivedReceipt(sourceKey: string, amount: number, receiptDay = '2026-02-01') {
  const texts = { number: sourceKey, narration: null };
  return { sourceKey, ...texts, receiptDay: day(receiptDay), amountPaise: paise(amount) };
}

export function aDerivedCredit(sourceKey: string, amount: number, creditDay = '2026-02-01') {
  const texts = { kind: 'on-account', number: sourceKey, narration: null } as const;
  return { sourceKey, ...texts, creditDay: day(creditDay), amountPaise: paise(amount) };
}

export function settled(
  billKey: string,
  moneyKey: string,
  wish: { readonly amount: number; readonly on?: string; readonly kind?: 'receipt' | 'credit' },
) {
  return {
    sourceKey: `${billKey}<${moneyKey}`,
    billKey,
    moneyKind: wish.kind ?? 'receipt',
    moneyKey,
    allocationDay: day(wish.on ?? '2026-02-01'),
    amountPaise: paise(wish.amount),
  };
}
