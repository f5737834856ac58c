const clock = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

type Shown = { readonly day: string; readonly time: string; readonly second: string };

function shownOf(at?: number): Shown {
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  return {
    day: `${part('day')}-${part('month')}-${part('year')}`,
    time: `${part('hour')}:${part('minute')}`,
    second: part('second'),
  };
}

/**
 * UTC milliseconds → '22-11-2026, 18:05' by the clock of this computer, with its seconds where a second matters; this very
 * moment where none is given.
 */
export function instantWords(at?: number, withSeconds = false): string {
  const { day, time, second } = shownOf(at);
  return `${day}, ${time}${withSeconds ? `:${second}` : ''}`;
}

/** From when to when: '09:00' and '19:00' where both fall on one day, else each with its day. */
export function spanWords(from: number, to: number): { readonly from: string; readonly to: string } {
  const [start, end] = [shownOf(from), shownOf(to)];
  if (start.day === end.day) return { from: start.time, to: end.time };
  return { from: instantWords(from), to: instantWords(to) };
}
