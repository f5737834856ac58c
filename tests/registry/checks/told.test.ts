import fc from 'fast-check';
import { addDays, dayFromNumber, dayNumber, type Day } from '#domain/days.ts';
import { dpdBand, moneyBand, reportOf, type HistoryReport } from '#domain/registry/report.ts';
import { tallyOf, without, type ReportedDue, type ReporterAccount } from '#domain/registry/tally.ts';
import { indiaDayOf } from '#registry/clock.ts';
import { describe, expect, it } from 'vitest';

const TODAY = '2026-11-22' as Day;
const NONE = { open: 0, forDebtor: 0, forReporter: 0 };
const SOME = { open: 1, forDebtor: 2, forReporter: 3 };

const dueWish = fc
  .record({
    late: fc.integer({ min: 30, max: 1_000 }),
    amountPaise: fc.integer({ min: 1_000_00, max: 60_00_000_00 }),
    settledAfter: fc.option(fc.integer({ min: 0, max: 900 })),
    evidence: fc.constantFrom('irp', 'ack', 'doc', 'claim'),
    isWrittenOff: fc.boolean(),
  })
  .map(({ late, amountPaise, settledAfter, evidence, isWrittenOff }): ReportedDue => {
    const dueDay = addDays(TODAY, -late);
    const settledDay = settledAfter === null ? null : addDays(dueDay, Math.min(settledAfter, late));
    const openPaise = settledDay === null ? amountPaise : 0;
    return {
      dueDay,
      amountPaise,
      openPaise,
      settledDay,
      evidence,
      isWrittenOff: isWrittenOff && settledDay === null,
    };
  });

const accountsOf = (most: number): fc.Arbitrary<readonly ReporterAccount[]> =>
  fc
    .array(
      fc.record({
        isVerified: fc.boolean(),
        since: fc.integer({ min: 0, max: 900 }),
        dues: fc.array(dueWish, { minLength: 1, maxLength: 4 }),
        withdrawnCount: fc.integer({ min: 0, max: 2 }),
      }),
      { maxLength: most },
    )
    .map((all) =>
      all.map((one, at) => ({ ...one, reporter: `r${at}`, since: addDays(TODAY, 0 - one.since) })),
    );

const told = (accounts: readonly ReporterAccount[], asOf = TODAY): HistoryReport =>
  reportOf(tallyOf(accounts, asOf), NONE);

describe('what is told', () => {
  it('reveals no amount of one reporter: with and without him, other amounts of his give the very same two reports', () => {
    const moved = (account: ReporterAccount, share: number): ReporterAccount => ({
      ...account,
      dues: account.dues.map((one) => ({
        ...one,
        amountPaise: Math.round(one.amountPaise * share),
        openPaise: Math.round(one.openPaise * share),
      })),
    });
    let [tried, hidden] = [0, 0];
    fc.assert(
      fc.property(accountsOf(5), fc.nat(4), (accounts, at) => {
        const one = accounts[at % Math.max(1, accounts.length)];
        if (one === undefined) {
          expect(told(accounts).outstanding).toBe('0');
          return;
        }
        const others = accounts.filter((account) => account !== one);
        const whole = JSON.stringify(told(accounts));
        const isSame = (share: number): boolean =>
          JSON.stringify(told([...others, moved(one, share)])) === whole;
        tried += 1;
        // Near the edge of a band one direction may be told apart; a rupee in the other direction never is.
        const near = [1 - 1e-4, 1 + 1e-4, 1 - 1e-5, 1 + 1e-5];
        expect(near.some(isSame)).toBe(true);
        if ([0.9, 1.1, 0.8, 1.2].some(isSame)) hidden += 1;
      }),
      { numRuns: 400 },
    );
    expect(hidden / tried).toBeGreaterThan(0.5);
  });

  it('says nothing of nobody, bands of one, the settled share from two on, months from three on', () => {
    fc.assert(
      fc.property(accountsOf(5), (accounts) => {
        const report = reportOf(tallyOf(accounts, TODAY), SOME);
        const n = accounts.length;
        expect(report.isRecord).toBe(n > 0);
        expect(report.settledRatio === null).toBe(n < 2);
        expect(report.trend === null).toBe(n < 3);
        expect(report.worstDpd24m === null).toBe(n < 3);
        expect(report.suppressed).toEqual([
          ...(n < 3 ? ['trend'] : []),
          ...(n < 2 ? ['ratio', 'details'] : []),
        ]);
        const { disputes, evidence, writtenOff, withdrawn, reporters } = report;
        const details = [...Object.values(disputes), ...Object.values(evidence), writtenOff, withdrawn];
        if (n >= 2) expect(disputes).toEqual(SOME);
        if (n < 2) expect([...details, reporters.sinceMonth]).toEqual([...details.map(() => 0), null]);
        // Of two, no share tells apart how few dues it is of.
        const shares = [report.settledRatio?.byCount ?? 0, ...Object.values(evidence)];
        if (n === 2) expect(shares.filter((share) => !Number.isInteger(share * 10))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('is the same whether a reporter was never counted or was taken off again', () => {
    fc.assert(
      fc.property(accountsOf(6), fc.nat(5), (accounts, at) => {
        const own = accounts.slice(at, at + 1);
        const rest = accounts.filter((one) => !own.includes(one));
        const taken = without(tallyOf(accounts, TODAY), tallyOf(own, TODAY));
        expect(reportOf(taken, NONE)).toEqual(told(rest));
      }),
      { numRuns: 300 },
    );
  });

  it('gives each amount the band that a plain list of ends gives it', () => {
    const ends: readonly (readonly [number, string])[] = [
      [1, '0'],
      [10_000_00, '<10k'],
      [50_000_00, '10k-50k'],
      [1_00_000_00, '50k-1L'],
      [5_00_000_00, '1L-5L'],
      [10_00_000_00, '5L-10L'],
      [50_00_000_00, '10L-50L'],
    ];
    const plain = (paise: number): string => ends.find(([end]) => paise < end)?.[1] ?? '>50L';
    const edges = ends.flatMap(([end]) => [end - 1, end, end + 1]);
    for (const paise of [0, ...edges, 99_99_99_999_99])
      expect([paise, moneyBand(paise)]).toEqual([paise, plain(paise)]);
  });
});

// The plain reference: days by the calendar of JavaScript, one by one.
const plainDays = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
const plainBand = (days: number): string =>
  days <= 0
    ? '0'
    : days <= 30
      ? '1-30'
      : days <= 60
        ? '31-60'
        : days <= 90
          ? '61-90'
          : days <= 180
            ? '91-180'
            : '>180';

describe('days past due', () => {
  // Around a leap day, month ends, a year's end, and the tests' own day.
  const asked: readonly Day[] = [
    '2026-11-22',
    '2028-02-29',
    '2028-03-01',
    '2027-02-28',
    '2026-12-31',
    '2027-01-01',
  ] as Day[];

  it('are those of a plain calendar for every due day from 800 days ago to ten days ahead', () => {
    const faults: string[] = [];
    let seen = 0;
    for (const asOf of asked) {
      for (let days = -800; days <= 10; days += 1) {
        const dueDay = addDays(asOf, days);
        const due = {
          dueDay,
          amountPaise: 100,
          openPaise: 100,
          settledDay: null,
          evidence: 'doc',
          isWrittenOff: false,
        } as const;
        const account = { reporter: 'r', isVerified: true, since: asOf, dues: [due], withdrawnCount: 0 };
        const report = told([account], asOf);
        const late = plainDays(dueDay, asOf);
        const isRight =
          report.oldestDpd === plainBand(late) &&
          report.overdue === (late > 0 ? '<10k' : '0') &&
          dpdBand(Math.max(0, late)) === plainBand(late);
        if (!isRight) faults.push(`${dueDay} on ${asOf}: ${report.oldestDpd}`);
        seen += 1;
      }
    }
    expect(faults).toEqual([]);
    expect(seen).toBe(asked.length * 811);
  });

  it('of closed months are those of their last day, or of the day it was settled in them', () => {
    const faults: string[] = [];
    let seen = 0;
    const bucket = (late: number): string =>
      String(['0', '1-30', '31-60', '61-90', '91-180', '>180'].indexOf(plainBand(late)));
    for (const asOf of asked) {
      for (let days = -800; days <= 10; days += 7) {
        for (const after of [null, 0, 20, 45, 200]) {
          const dueDay = addDays(asOf, days);
          const settledDay = after === null ? null : addDays(dueDay, after);
          if (settledDay !== null && settledDay > asOf) continue;
          const due = {
            dueDay,
            amountPaise: 100,
            openPaise: after === null ? 100 : 0,
            settledDay,
            evidence: 'doc',
            isWrittenOff: false,
          } as const;
          const account = (reporter: string) => ({
            reporter,
            isVerified: true,
            since: asOf,
            dues: [due],
            withdrawnCount: 0,
          });
          const { trend } = told(['a', 'b', 'c'].map(account), asOf);
          const plain: string[] = [];
          for (let back = 24; back >= 1; back -= 1) {
            const month = Number(asOf.slice(0, 4)) * 12 + Number(asOf.slice(5, 7)) - 1 - back;
            const start = new Date(Date.UTC(Math.floor(month / 12), month % 12, 1))
              .toISOString()
              .slice(0, 10) as Day;
            const end = new Date(Date.UTC(Math.floor(month / 12), (month % 12) + 1, 0))
              .toISOString()
              .slice(0, 10) as Day;
            const isOutside = dueDay > end || (settledDay !== null && settledDay < start);
            const until = settledDay !== null && settledDay < end ? settledDay : end;
            plain.push(isOutside ? '-' : bucket(plainDays(dueDay, until)));
          }
          if (trend?.join('') !== plain.join(''))
            faults.push(`${dueDay}, ${after} on ${asOf}: ${trend?.join('')}`);
          seen += 1;
        }
      }
    }
    expect(faults).toEqual([]);
    expect(seen).toBeGreaterThan(2_000);
  });

  it('turn over at midnight in India, which is half past six in the evening of UTC', () => {
    for (const date of ['2026-11-22', '2028-02-28', '2028-02-29', '2026-12-31'] as Day[]) {
      const midnight = Date.parse(`${date}T18:30:00Z`);
      expect(indiaDayOf(midnight - 1)).toBe(date);
      expect(indiaDayOf(midnight)).toBe(dayFromNumber(dayNumber(date) + 1));
    }
  });
});
