import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { balancesOfFiles, type FileLedger } from '#domain/tally/file-balances.ts';
import type { PartyLine } from '#domain/tally/party.ts';
import { describe, expect, it } from 'vitest';

let lastVoucher = 0;

function line(on: string, amount: number, ref: string | null, more: Partial<PartyLine> = {}): PartyLine {
  lastVoucher += 1;
  return {
    voucherGuid: `v-${lastVoucher}`,
    day: day(on),
    kind: amount > 0 ? 'sales' : 'receipt',
    number: null,
    narration: null,
    line: 1,
    position: 0,
    type: ref === null ? 'on-account' : amount > 0 ? 'new' : 'against',
    ref,
    billDay: null,
    dueDay: null,
    amountPaise: paise(amount),
    ...more,
  };
}

const opening = {
  ref: 'OLD',
  billDay: day('2025-03-01'),
  dueDay: day('2025-03-31'),
  isAdvance: false,
  amountPaise: paise(500),
};

function ledger(more: Partial<FileLedger>): FileLedger {
  return { isBillWise: true, openingPaise: null, openingBills: [], lines: [], ...more };
}

const asOf = day('2026-04-01');

describe('the balances of a ledger that came from files', () => {
  it('are what it began with where there are no vouchers', () => {
    const found = balancesOfFiles(ledger({ openingPaise: paise(800), openingBills: [opening] }), asOf);
    expect(found.closingPaise).toBe(800);
    expect(found.openBills).toEqual([
      { ref: 'OLD', billDay: '2025-03-01', dueDay: '2025-03-31', balancePaise: 500 },
    ]);
  });

  it('follow the vouchers up to the day and leave later ones out', () => {
    const lines = [
      line('2026-01-10', 1000, 'S-1', { dueDay: day('2026-02-09') }),
      line('2026-02-01', -400, 'OLD'),
      line('2026-02-02', -50, null),
      line('2026-04-02', -1000, 'S-1'),
    ];
    const found = balancesOfFiles(ledger({ openingPaise: paise(500), openingBills: [opening], lines }), asOf);
    expect(found.closingPaise).toBe(1050);
    expect(found.openBills).toEqual([
      { ref: 'OLD', billDay: '2025-03-01', dueDay: '2025-03-31', balancePaise: 100 },
      { ref: 'S-1', billDay: '2026-01-10', dueDay: '2026-02-09', balancePaise: 1000 },
    ]);
  });

  it('leave out bills that are paid, and keep advances below zero', () => {
    const lines = [
      line('2026-01-10', 1000, 'S-1'),
      line('2026-01-20', -1000, 'S-1'),
      line('2026-01-21', -70, 'ADV', { type: 'advance' }),
    ];
    expect(balancesOfFiles(ledger({ lines }), asOf).openBills).toEqual([
      { ref: 'ADV', billDay: '2026-01-21', dueDay: '2026-01-21', balancePaise: -70 },
    ]);
  });

  it('hold no bills of a ledger that is not bill-wise', () => {
    const found = balancesOfFiles(ledger({ isBillWise: false, lines: [line('2026-01-10', 10, null)] }), asOf);
    expect(found).toEqual({ closingPaise: 10, openBills: [] });
  });
});
