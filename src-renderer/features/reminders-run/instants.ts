const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const calendar = new Intl.DateTimeFormat('en-GB', { day: '2-digit', month: '2-digit', year: 'numeric' });

/** UTC milliseconds → '22-11-2026' by the clock of this computer. */
function dayTextOf(at: number): string {
  return calendar.format(at).replaceAll('/', '-');
}

/** From when to when: '09:00' and '19:00' where both fall on one day, else each with its day. */
export function spanWords(from: number, to: number): { readonly from: string; readonly to: string } {
  if (dayTextOf(from) === dayTextOf(to)) return { from: clock.format(from), to: clock.format(to) };
  const whole = (at: number): string => `${dayTextOf(at)}, ${clock.format(at)}`;
  return { from: whole(from), to: whole(to) };
}
