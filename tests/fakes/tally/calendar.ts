// Days as Tally counts and writes them. Written for the fake alone: the product's calendar is not asked, so that a
// mistake of ours cannot stand on both sides of the wire.

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const MILLISECONDS_A_DAY = 86_400_000;
/** Days from 1899-12-31 to 1970-01-01: Tally's day 1 is 1-Jan-1900. */
const EPOCH_JD = 25_568;
const PERIOD_DAYS_MOST = 9999;

const known = new Map<string, number>();

/** 'YYYY-MM-DD' → days since 1899-12-31. A book has few days and asks for each of them often. */
export function toJd(day: string): number {
  const before = known.get(day);
  if (before !== undefined) return before;
  const milliseconds = Date.UTC(
    Number(day.slice(0, 4)),
    Number(day.slice(5, 7)) - 1,
    Number(day.slice(8, 10)),
  );
  const jd = milliseconds / MILLISECONDS_A_DAY + EPOCH_JD;
  known.set(day, jd);
  return jd;
}

export function fromJd(jd: number): string {
  return new Date((jd - EPOCH_JD) * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}

export function plusDays(day: string, days: number): string {
  return fromJd(toJd(day) + days);
}

/** 2026-03-01 → 20260301, as collections write it. */
export function compactDay(day: string): string {
  return day.slice(0, 4) + day.slice(5, 7) + day.slice(8, 10);
}

/** 2026-03-01 → 1-Mar-26, as reports write it; four digits from the year 2100 on. */
export function shortDay(day: string): string {
  const year = day >= '2100' ? day.slice(0, 4) : day.slice(2, 4);
  return `${Number(day.slice(8, 10))}-${MONTHS[Number(day.slice(5, 7)) - 1]}-${year}`;
}

/** 2018-03-31 → 31-Mar-2018, as credit periods write it. */
export function longDay(day: string): string {
  return `${Number(day.slice(8, 10))}-${MONTHS[Number(day.slice(5, 7)) - 1]}-${day.slice(0, 4)}`;
}

/** 20220401, 2022-04-01, 1-Apr-2022, 1-Apr-22 and 01-04-2022. Null where the text or the day is impossible. */
export function readDay(text: string): string | null {
  const clean = text.trim();
  const compact = /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(clean);
  if (compact) return real(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const dashed = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})$/.exec(clean);
  if (dashed) return real(Number(dashed[3]), Number(dashed[2]), Number(dashed[1]));
  const named = /^(\d{1,2})-([A-Za-z]{3})-(\d{2}|\d{4})$/.exec(clean);
  if (!named) return null;
  const month = MONTHS.findIndex((name) => name.toLowerCase() === named[2]?.toLowerCase()) + 1;
  const year = Number(named[3]);
  return real(year < 100 ? 2000 + year : year, month, Number(named[1]));
}

function real(year: number, month: number, dayOfMonth: number): string | null {
  if (month < 1 || month > 12 || dayOfMonth < 1) return null;
  const day = new Date(Date.UTC(year, month - 1, dayOfMonth)).toISOString().slice(0, 10);
  return Number(day.slice(5, 7)) === month ? day : null;
}

/** The 1st of April on or before a day: the Indian financial year. */
export function yearStart(day: string): string {
  const year = Number(day.slice(0, 4));
  return day.slice(5) >= '04-01' ? `${year}-04-01` : `${year - 1}-04-01`;
}

export function yearEnd(day: string): string {
  return `${Number(yearStart(day).slice(0, 4)) + 1}-03-31`;
}

/** What Tally keeps of a credit period as typed: more than 9999 days are silently emptied. */
export function keptPeriod(text: string | undefined): string {
  const clean = (text ?? '').trim();
  const days = /^(\d+)\s*Days?$/i.exec(clean);
  if (days && Number(days[1]) > PERIOD_DAYS_MOST) return '';
  return clean;
}

/** The day a bill falls due: base + days, weeks or calendar months (clamped), or the day the period names. */
export function dueDay(base: string, period: string): string {
  const counted = /^(\d+)\s*(Day|Week|Month|Year)s?$/i.exec(period.trim());
  if (!counted) return readDay(period) ?? base;
  const count = Number(counted[1]);
  const unit = (counted[2] ?? '').toLowerCase();
  if (unit === 'day') return plusDays(base, count);
  if (unit === 'week') return plusDays(base, count * 7);
  return plusMonths(base, unit === 'month' ? count : count * 12);
}

function plusMonths(day: string, months: number): string {
  const total = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months;
  const first = `${String(Math.floor(total / 12)).padStart(4, '0')}-${String((total % 12) + 1).padStart(2, '0')}`;
  let dayOfMonth = Number(day.slice(8, 10));
  for (; dayOfMonth > 28; dayOfMonth -= 1) {
    if (real(Number(first.slice(0, 4)), Number(first.slice(5, 7)), dayOfMonth)) break;
  }
  return `${first}-${String(dayOfMonth).padStart(2, '0')}`;
}
