const india = new Intl.DateTimeFormat('en-GB', {
  day: '2-digit',
  month: '2-digit',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
});

/** UTC milliseconds → '22-11-2026 14:05' of this computer's clock. */
export function instantWords(at: number): string {
  return india.format(at).replace(', ', ' ').replaceAll('/', '-');
}
