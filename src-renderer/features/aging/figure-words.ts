/** Tenths as text, e.g. of a day: 423 → '42.3', −5 → '−0.5'. */
export function tenthsWords(tenths: number): string {
  const size = Math.abs(tenths);
  return `${tenths < 0 ? '−' : ''}${Math.floor(size / 10)}.${size % 10}`;
}

/** Basis points as percent with one digit, halves up: 1234 → '12.3', 995 → '10.0'. */
export function sharePercent(bps: number): string {
  const tenths = Math.floor((Math.abs(bps) + 5) / 10);
  return tenthsWords(bps < 0 ? -tenths : tenths);
}
