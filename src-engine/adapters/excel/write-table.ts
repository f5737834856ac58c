import type { Writable } from 'node:stream';
import {
  plainText,
  sheetCell,
  sheetName,
  type ExportColumn,
  type ExportTable,
  type ExportValue,
} from '#domain/exports.ts';
import type { stream, Style } from 'exceljs';

type SheetWriter = ReturnType<stream.xlsx.WorkbookWriter['addWorksheet']>;
type CellStyle = Partial<Style>;

/** Between two chunks what was written is packed and put on the disk, so that memory stays flat. */
const ROWS_A_CHUNK = 500;
/** Rows that are looked at for the width of a column. */
const ROWS_MEASURED = 1_000;
const WIDTH_LEAST = 8;
const WIDTH_MOST = 48;
const A4 = 9;

/** One sheet: title, lines, a frozen header with filters, the rows, the totals in bold as plain values. Ends the sink. */
export async function writeWorkbook(table: ExportTable, sink: Writable): Promise<void> {
  // Loaded on the first export only: it is large, and starting the app must not wait for it.
  const { default: exceljs } = await import('exceljs');
  const book = new exceljs.stream.xlsx.WorkbookWriter({
    stream: sink,
    useStyles: true,
    useSharedStrings: false,
  });
  // The properties of the file name the program and nobody else.
  book.creator = 'Baaki';
  book.lastModifiedBy = 'Baaki';
  const headRow = headRowOf(table);
  const sheet = book.addWorksheet(sheetName(table.title), {
    views: [{ state: 'frozen', xSplit: 0, ySplit: headRow }],
    pageSetup: {
      paperSize: A4,
      orientation: table.columns.length > 6 ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: `${headRow}:${headRow}`,
    },
  });
  sheet.columns = widthsOf(table).map((width) => ({ width }));
  writeHead(sheet, table);
  const writeRow = rowWriter(sheet, table.columns);
  for (const [at, row] of table.rows.entries()) {
    writeRow(row, plainLook);
    if (at % ROWS_A_CHUNK === 0) await untilNextTurn();
    // Whoever owns the sink says why it ended early.
    if (sink.destroyed) return;
  }
  if (table.totals !== undefined) writeRow(table.totals, totalsLook);
  sheet.autoFilter = {
    from: { row: headRow, column: 1 },
    to: { row: headRow + table.rows.length, column: table.columns.length },
  };
  await book.commit();
}

function untilNextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function headRowOf({ title, lines }: ExportTable): number {
  const above = (title === '' ? 0 : 1) + lines.length;
  return above === 0 ? 1 : above + 2;
}

const titleLook: CellStyle = { font: { bold: true, size: 14 } };
const plainLook: CellStyle = {};
const totalsLook: CellStyle = { font: { bold: true }, border: { top: { style: 'thin' } } };

function writeHead(sheet: SheetWriter, table: ExportTable): void {
  const { title, lines, columns } = table;
  if (title !== '') {
    const row = sheet.addRow([title]);
    row.getCell(1).style = titleLook;
    row.commit();
  }
  for (const line of lines) sheet.addRow([line]).commit();
  const head = sheet.getRow(headRowOf(table));
  head.values = columns.map(({ label }) => label);
  for (const [at, column] of columns.entries()) head.getCell(at + 1).style = headLook(column);
  head.commit();
}

function headLook({ kind }: ExportColumn): CellStyle {
  return {
    font: { bold: true },
    fill: { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE9ECF0' } },
    border: { bottom: { style: 'thin' } },
    alignment: { wrapText: true, vertical: 'middle', horizontal: kind === 'text' ? 'left' : 'right' },
  };
}

type WriteRow = (values: readonly ExportValue[], look: CellStyle) => void;

function rowWriter(sheet: SheetWriter, columns: readonly ExportColumn[]): WriteRow {
  const styleOf = styleKeeper();
  return (values, look) => {
    const cells = columns.map((column, at) => sheetCell(column, values[at] ?? null));
    const row = sheet.addRow(cells.map(({ value }) => value));
    for (const [at, { format }] of cells.entries()) {
      if (format !== null || look !== plainLook) row.getCell(at + 1).style = styleOf(look, format);
    }
    row.commit();
  };
}

// One object a look and format: the writer knows a style again by its object, and hashes each new one.
function styleKeeper(): (look: CellStyle, format: string | null) => CellStyle {
  const kept = new Map<CellStyle, Map<string | null, CellStyle>>();
  return (look, format) => {
    const ofLook = kept.get(look) ?? new Map<string | null, CellStyle>();
    kept.set(look, ofLook);
    const known = ofLook.get(format);
    if (known !== undefined) return known;
    const made = format === null ? look : { ...look, numFmt: format };
    ofLook.set(format, made);
    return made;
  };
}

function widthsOf({ columns, rows, totals }: ExportTable): readonly number[] {
  const measured = [...rows.slice(0, ROWS_MEASURED), ...(totals === undefined ? [] : [totals])];
  return columns.map((column, at) => {
    // Three more for the arrow of the filter; a long heading is wrapped instead.
    let most = Math.min(column.label.length, 16) + 3;
    for (const row of measured) most = Math.max(most, shownLength(column, row[at] ?? null) + 2);
    return Math.min(Math.max(most, WIDTH_LEAST), WIDTH_MOST);
  });
}

/** Letters as the sheet will show them: groups add about one comma for every two digits. */
function shownLength(column: ExportColumn, value: ExportValue): number {
  const { length } = plainText(column, value);
  return column.kind === 'money' ? Math.ceil(length * 1.35) : length;
}
