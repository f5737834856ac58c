import { checkExportPlace, type ExportTable } from '#domain/exports.ts';
import { bookDoor, failed, refused } from './door.ts';

const write = bookDoor.exports.write.handler(async ({ context, input, signal }) => {
  const { tables, shelf, book } = context;
  const { path, format } = input;
  const isAmongBooks = await tables.isWithin(path, shelf.folder);
  const checked = checkExportPlace({ path, format, isAmongBooks });
  if (!checked.ok) throw refused(checked.refusal);
  const table = inCurrency(input.table, book.baseCurrency);
  const written = await tables.write({ path, format, table, signal });
  if (!written.ok) throw failed(written.failure);
  return { rowCount: table.rows.length, byteCount: written.byteCount };
});

/** Amounts whose column names no currency are in the book's own. */
function inCurrency(table: ExportTable, baseCurrency: string): ExportTable {
  const columns = table.columns.map((column) => ({ ...column, currency: column.currency ?? baseCurrency }));
  return { ...table, columns };
}

export const tableExports = { write };
