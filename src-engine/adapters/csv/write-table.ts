import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { csvLine, plainText, type ExportTable, type ExportValue } from '#domain/exports.ts';

/** Tells spreadsheet programs that the text is UTF-8; without it Excel shows Devanagari as rubbish. */
const BYTE_ORDER_MARK = '\uFEFF';
const ROWS_A_CHUNK = 500;

/** Header, rows and totals. The title stays out: other programs expect the names of the columns first. */
export function writeCsv(table: ExportTable, sink: Writable): Promise<void> {
  return pipeline(Readable.from(chunksOf(table), { objectMode: false, highWaterMark: 65_536 }), sink);
}

function* chunksOf({ columns, rows, totals }: ExportTable): Generator<string> {
  const lineOf = (values: readonly ExportValue[]): string => {
    const fields = columns.map((column, at) => {
      const value = values[at] ?? null;
      const text = plainText(column, value);
      // Numbers are ours and need no guard: a negative amount stays a number.
      return typeof value === 'number' ? text : csvLine([text]);
    });
    return `${fields.join(',')}\r\n`;
  };
  yield `${BYTE_ORDER_MARK}${csvLine(columns.map(({ label }) => label))}\r\n`;
  for (let at = 0; at < rows.length; at += ROWS_A_CHUNK) {
    yield rows
      .slice(at, at + ROWS_A_CHUNK)
      .map(lineOf)
      .join('');
  }
  if (totals !== undefined) yield lineOf(totals);
}
