const clock = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** UTC milliseconds → '22-11-2026, 18:05' by the clock of this computer. */
export function instantWords(at: number): string {
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, value]));
  const part = (name: Intl.DateTimeFormatPartTypes): string => parts.get(name) ?? '';
  return `${part('day')}-${part('month')}-${part('year')}, ${part('hour')}:${part('minute')}`;
}
