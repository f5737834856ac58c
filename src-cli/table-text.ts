export type Column = { readonly heading: string; readonly align: 'left' | 'right' };

export type TextTable = {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** Stands under a rule, e.g. the totals. */
  readonly footer?: readonly string[];
};

/** Lines up a table with two spaces between columns; numbers stand under numbers. */
export function tableText({ columns, rows, footer }: TextTable): string {
  const clean = rows.map((row) => row.map(plainText));
  const lines = [columns.map((column) => column.heading), ...clean, ...(footer ? [footer] : [])];
  const widths = columns.map((_, at) =>
    lines.reduce((most, line) => Math.max(most, width(line[at] ?? '')), 0),
  );
  const rule = widths
    .map((wide) => '─'.repeat(wide))
    .join('  ')
    .trimEnd();
  const draw = (line: readonly string[]): string =>
    columns
      .map(({ align }, at) => padded(line[at] ?? '', widths[at] ?? 0, align))
      .join('  ')
      .trimEnd();
  const [heading = [], ...body] = lines;
  const drawn = body.map(draw);
  if (footer) drawn.splice(-1, 0, rule);
  return [draw(heading), rule, ...drawn].join('\n');
}

/** Text of a file may hold control characters, which would command the terminal; they are shown as dots. */
export function plainText(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '·');
}

function padded(text: string, wide: number, align: 'left' | 'right'): string {
  const space = ' '.repeat(Math.max(0, wide - width(text)));
  return align === 'left' ? text + space : space + text;
}

const letters = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Columns on the screen: letters as a reader counts them, so that Devanagari signs do not push the line. */
function width(text: string): number {
  return /^[\x20-\x7e]*$/.test(text) ? text.length : [...letters.segment(text)].length;
}
