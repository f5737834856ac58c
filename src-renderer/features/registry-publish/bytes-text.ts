const KB = 1024;

/** 812 → '812', 'B'; 14,336 → '14', 'KB'; one digit after the point below ten. */
export function bytesParts(count: number): { readonly figure: string; readonly unit: 'B' | 'KB' | 'MB' } {
  if (count < KB) return { figure: String(count), unit: 'B' };
  const [size, unit] = count < KB * KB ? ([KB, 'KB'] as const) : ([KB * KB, 'MB'] as const);
  const tenths = Math.round((count * 10) / size);
  const figure = tenths < 100 ? `${Math.floor(tenths / 10)}.${tenths % 10}` : String(Math.round(tenths / 10));
  return { figure, unit };
}
