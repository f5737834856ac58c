/** Tenths as people read them, the point always at the same place: 125 → '12.5', −30 → '−3.0'. */
export function tenthsWords(tenths: number): string {
  const size = Math.abs(tenths);
  return `${tenths < 0 ? '−' : ''}${Math.trunc(size / 10)}.${size % 10}`;
}
