import { describe, expect, it } from 'vitest';
import { day } from '#domain/days.ts';
import { reportOf } from '#domain/registry/report.ts';
import { tallyOf, type ReportedDue } from '#domain/registry/tally.ts';

const TODAY = day('2026-12-15');
const NO_DISPUTES = { open: 0, forDebtor: 0, forReporter: 0 };

function ratioOf(...dues: readonly Partial<ReportedDue>[]): ReturnType<typeof reportOf>['settledRatio'] {
  const accounts = dues.map((due, at) => ({
    reporter: `reporter ${at}`,
    isVerified: true,
    since: day('2026-11-23'),
    withdrawnCount: 0,
    dues: [
      {
        dueDay: day('2026-08-01'),
        amountPaise: 1_000_00,
        openPaise: 1_000_00,
        settledDay: null,
        evidence: 'doc' as const,
        isWrittenOff: false,
        ...due,
      },
    ],
  }));
  return reportOf(tallyOf(accounts, TODAY), NO_DISPUTES).settledRatio;
}

describe('the share that was paid', () => {
  it('says of nobody who has paid nothing that he pays on time', () => {
    expect(ratioOf({}, {})).toEqual({ byCount: 0, byValueBand: '0-10', medianDaysLate: null });
    const onTime = { openPaise: 0, settledDay: day('2026-08-01') };
    expect(ratioOf({}, onTime)).toEqual({ byCount: 0.5, byValueBand: '50-60', medianDaysLate: '0' });
  });
});
