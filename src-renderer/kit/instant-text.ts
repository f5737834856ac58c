type Wish = {
  /** The book's time zone: what concerns its customers is told by its clock. Left out, this computer's. */
  readonly zone?: string | undefined;
  readonly withSeconds?: boolean;
};

type Shown = { readonly day: string; readonly time: string; readonly second: string };

// Making one is slow, and a table shows hundreds of instants.
const clocks = new Map<string | undefined, Intl.DateTimeFormat>();

function clockOf(zone: string | undefined): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-GB', {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: zone,
  });
  clocks.set(zone, clock);
  return clock;
}

function shownOf(at: number | undefined, zone: string | undefined): Shown {
  const parts = new Map(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  return {
    day: `${part('day')}-${part('month')}-${part('year')}`,
    time: `${part('hour')}:${part('minute')}`,
    second: part('second'),
  };
}

/** UTC milliseconds → '22-11-2026, 18:05', with its seconds where a second matters; this very moment where none is given. */
export function instantWords(at?: number, { zone, withSeconds = false }: Wish = {}): string {
  const { day, time, second } = shownOf(at, zone);
  return `${day}, ${time}${withSeconds ? `:${second}` : ''}`;
}

/** UTC milliseconds → '22-11-2026', the day alone. */
export function instantDayWords(at: number, zone?: string): string {
  return shownOf(at, zone).day;
}

/** From when to when: '09:00' and '19:00' where both fall on one day, else each with its day. */
export function spanWords(
  from: number,
  to: number,
  zone?: string,
): { readonly from: string; readonly to: string } {
  const [start, end] = [shownOf(from, zone), shownOf(to, zone)];
  if (start.day === end.day) return { from: start.time, to: end.time };
  return { from: instantWords(from, { zone }), to: instantWords(to, { zone }) };
}
