import { columnKinds, exportFormats, type ExportTable as ShownTable } from '#domain/exports.ts';
import { z } from 'zod';
import { call, currencyField } from '../fields.ts';

const valueShape = z.union([z.string(), z.number(), z.null()]);

/** A table as it is shown: its columns in order, its rows, its totals. Money is whole minor units; days 'YYYY-MM-DD'. */
export const exportTableShape: z.ZodType<ShownTable, ShownTable> = z.object({
  title: z.string().max(200),
  /** Lines under the title: company, as-of day, what was filtered. */
  lines: z.array(z.string().max(300)).max(10),
  columns: z
    .array(
      z.object({
        label: z.string().max(120),
        kind: z.enum(columnKinds),
        /** Of money columns: 'INR', 'USD'; the book's base currency where it is left out. */
        currency: currencyField.optional(),
      }),
    )
    .min(1)
    .max(100),
  rows: z.array(z.array(valueShape)).max(1_000_000),
  /** One value a column; left out where there is nothing to total. */
  totals: z.array(valueShape).optional(),
});
export type ExportTable = z.infer<typeof exportTableShape>;

export const tableExports = {
  /**
   * Writes a table to a file that the user named: .xlsx with real numbers and days, or .csv. Whole or not at all: on
   * an abort or a failure ('export-file-open', 'export-disk-full', …) the old file stands as it was.
   */
  write: call
    .input(
      z.object({
        /** A full path that ends in the format's own extension and lies outside the folder of the books. */
        path: z.string().min(1).max(4096),
        format: z.enum(exportFormats),
        table: exportTableShape,
      }),
    )
    .output(z.object({ rowCount: z.int(), byteCount: z.int() })),
};
