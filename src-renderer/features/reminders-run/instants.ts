const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });

/** UTC milliseconds → '18:05' by the clock of this computer. */
export function clockWords(at: number): string {
  return clock.format(at);
}
