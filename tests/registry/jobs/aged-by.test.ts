import { addDays, day, type Day } from '#domain/days.ts';
import { agedBy, isAgedOut } from '#domain/registry/visibility.ts';
import { expect, it } from 'vitest';

/** Counted from the other end, month by month; the 31st has passed on the last day of a shorter month. */
function monthsPassed(from: Day, to: Day): number {
  const [fromYear = 0, fromMonth = 0, fromDay = 0] = from.split('-').map(Number);
  const [toYear = 0, toMonth = 0, toDay = 0] = to.split('-').map(Number);
  const isLastDay = addDays(to, 1).endsWith('-01');
  return (toYear - fromYear) * 12 + toMonth - fromMonth - (toDay >= fromDay || isLastDay ? 0 : 1);
}

it('takes exactly those that have aged out, on every day of four years', () => {
  const faults: string[] = [];
  for (let at = 0; at < 1_461; at += 1) {
    const asOf = addDays(day('2026-01-01'), at);
    for (const [months, entity] of [
      [24, 'C'],
      [12, 'P'],
    ] as const) {
      const last = agedBy(asOf, months);
      const isOut = (settledDay: typeof last): boolean =>
        isAgedOut({ state: 'settled', settledDay, dueDay: settledDay, entity }, asOf);
      if (!isOut(last) || isOut(addDays(last, 1))) faults.push(`${asOf} ${months} ${last}`);
      if (monthsPassed(last, asOf) < months || monthsPassed(addDays(last, 1), asOf) >= months)
        faults.push(`${asOf} ${months} ${last} months`);
    }
    const last = agedBy(asOf, 36);
    const isOut = (dueDay: typeof last): boolean =>
      isAgedOut({ state: 'open', settledDay: null, dueDay, entity: 'C' }, asOf);
    if (!isOut(last) || isOut(addDays(last, 1))) faults.push(`${asOf} 36 ${last}`);
    if (monthsPassed(last, asOf) < 36 || monthsPassed(addDays(last, 1), asOf) >= 36)
      faults.push(`${asOf} 36 ${last} months`);
  }
  expect(faults).toEqual([]);
});
