import { day } from '#domain/days.ts';
import { dueItem, isCoherent, mayFollow, readItem } from '#domain/registry/dues.ts';
import { isOfItems } from '#domain/registry/receipts.ts';
import { signedText } from '#domain/registry/signed-bodies.ts';
import type { Ledger, LedgerMoneyIn } from '#domain/ledger.ts';
import { paise } from '#domain/money.ts';
import {
  irnOf,
  nextStatement,
  refText,
  standingsOf,
  type Standing,
  type Statement,
} from '#domain/registry/statements.ts';
import { daysBetween } from '#domain/days.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const today = day('2026-11-22');
const bill = {
  invoiceDay: day('2026-06-01'),
  dueDay: day('2026-07-01'),
  amountPaise: 100_00,
  currency: null,
};
const stands = (openPaise: number, settled = '2026-11-20'): Standing => ({
  ...bill,
  openPaise,
  settledDay: openPaise === 0 ? day(settled) : null,
});
const next = (
  standing: Standing | null,
  last: Statement | null,
  more: { readonly isWithdrawn?: boolean; readonly isWrittenOff?: boolean } = {},
): Statement | null => nextStatement({ standing, last, isWithdrawn: false, asOf: today, ...more });

/** A bill of ₹100 and what was applied to it: by which receipt, on which day, how much. */
function ledgerOf(applied: readonly (readonly [money: number, on: string, rupees: number])[]): Ledger {
  const own = { customerId: 1, number: null, currency: null, foreignMinor: null, amountPaise: paise(100_00) };
  const money = (documentId: number, on: string): LedgerMoneyIn => {
    const kind = 'receipt' as const;
    return { ...own, kind, documentId, day: day(on), effectiveDay: day(on) };
  };
  const days = { billDay: bill.invoiceDay, dueDay: bill.dueDay };
  return {
    bills: [{ ...own, ...days, billId: 1, kind: 'invoice', instalments: null }],
    moneyIn: [money(1, '2026-11-10'), money(2, '2026-11-05')],
    allocations: applied.map(([moneyIn, on, rupees], allocationId) => {
      const [allocationDay, amountPaise] = [day(on), paise(rupees * 100)];
      return {
        allocationId,
        bill: 0,
        moneyIn,
        instalmentId: null,
        allocationDay,
        amountPaise,
        foreignMinor: null,
      };
    }),
  };
}

describe('the day of a settlement', () => {
  const settled = (applied: Parameters<typeof ledgerOf>[0]) => standingsOf(ledgerOf(applied), today).get(1);

  it('is that of the receipt that paid it, not of one that was taken back from it', () => {
    const moved = settled([
      [0, '2026-11-10', 100],
      [0, '2026-11-10', -100],
      [1, '2026-11-05', 100],
    ]);
    expect(moved).toMatchObject({ openPaise: 0, settledDay: '2026-11-05' });
    const paidAgain = settled([
      [1, '2026-11-05', 100],
      [1, '2026-11-07', -100],
      [0, '2026-11-10', 100],
    ]);
    expect(paidAgain).toMatchObject({ openPaise: 0, settledDay: '2026-11-10' });
  });

  it('stands there too where more was applied than the bill is by now', () => {
    const over = settled([
      [1, '2026-11-05', 60],
      [0, '2026-11-10', 60],
    ]);
    expect(over).toMatchObject({ openPaise: 0, settledDay: '2026-11-10' });
  });
});

describe('what is said of a due', () => {
  it('is open, part or settled as the book stands, and nothing where that was said', () => {
    const open = next(stands(100_00), null);
    expect(open?.state).toBe('open');
    expect(next(stands(100_00), open)).toBeNull();
    const part = next(stands(40_00), open);
    expect(part?.state).toBe('part');
    expect(next(stands(0), part)).toMatchObject({ state: 'settled', openPaise: 0, settledDay: '2026-11-20' });
  });

  it('comes back within thirty days of its settlement, and never after', () => {
    const settled = next(stands(0), null);
    expect(next(stands(100_00), settled)?.state).toBe('reopened');
    const early = next(stands(0, '2026-10-01'), null);
    expect(next(stands(100_00), early)).toBeNull();
    const again = next(stands(100_00), settled);
    expect(next(stands(100_00), again)).toBeNull();
    expect(next(stands(50_00), again)?.state).toBe('part');
  });

  it('is withdrawn by its owner or with its bill, once', () => {
    const open = next(stands(100_00), null);
    const gone = next(null, open);
    expect(gone).toMatchObject({ state: 'withdrawn', openPaise: 100_00 });
    expect(next(stands(100_00), open, { isWithdrawn: true })?.state).toBe('withdrawn');
    expect(next(stands(0), gone)).toBeNull();
  });

  it('is written off once the owner gave it up, and settled if it is paid after all', () => {
    const open = next(stands(100_00), null);
    const givenUp = next(stands(100_00), open, { isWrittenOff: true });
    expect(givenUp).toMatchObject({ state: 'written_off', openPaise: 100_00, settledDay: null });
    expect(next(stands(100_00), givenUp, { isWrittenOff: true })).toBeNull();
    expect(next(stands(0), givenUp, { isWrittenOff: true })?.state).toBe('settled');
  });

  it('is always one that the registry takes: it may follow what was said, and holds together', () => {
    const step = fc.record({
      open: fc.integer({ min: 0, max: 100_00 }),
      settled: fc
        .integer({ min: 1, max: 60 })
        .map((back) => day(`2026-${back > 30 ? '09' : '10'}-${String((back % 28) + 1).padStart(2, '0')}`)),
      isGone: fc.boolean(),
      isGivenUp: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let last: Statement | null = null;
        let isWrittenOff = false;
        for (const { open, settled, isGone, isGivenUp } of steps) {
          isWrittenOff ||= isGivenUp && open % 3 === 0;
          const standing = isGone && open % 7 === 0 ? null : stands(open, settled);
          const said = next(standing, last, { isWrittenOff });
          if (said === null) continue;
          const since = last?.settledDay ? daysBetween(last.settledDay, today) : null;
          expect(mayFollow(last, said, since)).toBe(true);
          const due = {
            ...said,
            dueRef: 'A'.repeat(22),
            salt: 'B'.repeat(22),
            subject: { pan: `h1.${'C'.repeat(43)}`, gstin: null, mobile: null, entity: 'C' as const },
            rev: 1,
            evidence: { g: 'claim' as const, h: null },
            basis: { basis: 'entity' as const },
          };
          expect(isCoherent(due)).toBe(true);
          expect(readItem(dueItem(due))).toEqual(due);
          last = said;
        }
      }),
    );
  });
});

describe('a bill’s reference', () => {
  it('is one however its number is written, another in the next financial year', () => {
    const of = (number: string | null, billDay: string): string =>
      refText({ number, billDay: day(billDay), billId: 7 });
    expect(of('inv-12 / 26', '2026-04-01')).toBe(of('INV-12/26', '2027-03-31'));
    expect(of('INV-12/26', '2026-03-31')).not.toBe(of('INV-12/26', '2026-04-01'));
    expect(of(null, '2026-04-01')).toBe('invoice|bill 7|2026');
  });
});

describe('an e-invoice’s number', () => {
  const irn = 'ab'.repeat(32);
  const decode = (text: string): string => Buffer.from(text, 'base64url').toString('utf8');

  it('is found in what the portal gave back and in its QR code', () => {
    expect(irnOf(JSON.stringify({ AckNo: 1, Irn: irn.toUpperCase() }), decode)).toBe(irn);
    const data = JSON.stringify({ SellerGstin: '27AAPFU0939F1ZV', Irn: irn });
    const payload = Buffer.from(JSON.stringify({ data, iss: 'NIC' })).toString('base64url');
    expect(irnOf(`eyJh.${payload}.c2ln`, decode)).toBe(irn);
    expect(irnOf('an ordinary letter', decode)).toBeNull();
    expect(irnOf('{"Irn":"too short"}', decode)).toBeNull();
  });
});

describe('what the registry signs', () => {
  it('is the same text in whatever order the fields came, and another for every other value', () => {
    const one = { schema: 'report.v1', b: [1, { y: 1, x: 2 }], a: null, sig: 'x' };
    const other = { a: null, sig: 'y', b: [1, { x: 2, y: 1 }], schema: 'report.v1' };
    expect(signedText(one)).toBe(signedText(other));
    expect(signedText(one)).toBe('report.v1\n{"a":null,"b":[1,{"x":2,"y":1}],"schema":"report.v1"}');
    expect(signedText({ ...one, c: 1 })).not.toBe(signedText(one));
  });
});

describe('a receipt', () => {
  it('accounts for every item of its batch, or is none', () => {
    const says = (applied: number, errors: readonly number[], rejected = errors.length): boolean =>
      isOfItems(
        { counts: { applied, stale: 0, rejected }, errors: errors.map((i) => ({ i, code: 'bad_item' })) },
        3,
      );
    expect([says(3, []), says(2, [1])]).toEqual([true, true]);
    expect([says(2, []), says(2, [], 1), says(2, [3]), says(1, [1, 1])]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});
