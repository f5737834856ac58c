import type { DryRun, ImportBatch, ImportMap, RowNote, Understood } from '#contract/engine/imports.ts';
import { formatMoney } from '#domain/money.ts';
import { plainText, tableText } from './table-text.ts';

const notesMost = 10;

/** What was understood of the file, for a person to agree with or not. */
export function understoodText(understood: Understood, map: ImportMap): string {
  const lines = [
    `Understood as: ${understood.layout}, header in row ${map.headerRow + 1}, ${understood.dataRowCount} rows of data.`,
    ...Object.entries(map.columns)
      .toSorted(([, a], [, b]) => a - b)
      .map(
        ([field, column]) => `  ${field} ← ${plainText(understood.headers[column] ?? `column ${column}`)}`,
      ),
  ];
  if (understood.isRemembered) lines.push('  as a list with these headings was read before');
  if (map.dateOrder !== null) lines.push(`  dates are ${map.dateOrder}`);
  for (const [currency, rate] of Object.entries(map.rates)) lines.push(`  1 ${currency} = ${rate}`);
  return lines.join('\n');
}

/** Counts, totals per currency and the first refused rows of a dry run. */
export function dryRunText(run: DryRun, baseCurrency: string): string {
  const { taken, refused, leftOut } = run.rowCounts;
  const counts = tableText({
    columns: [
      { heading: '', align: 'left' },
      ...['new', 'changed', 'the same'].map((heading) => ({ heading, align: 'right' }) as const),
    ],
    rows: (['customers', 'bills', 'receipts', 'credits'] as const).map((noun) => [
      noun,
      String(run[noun].added),
      String(run[noun].changed),
      String(run[noun].same),
    ]),
  });
  const open = formatMoney(run.openPaise, baseCurrency);
  return [
    `${run.fileRowCount} rows: ${taken} taken, ${refused} refused, ${leftOut} left out.`,
    '',
    counts,
    '',
    currenciesText(run),
    '',
    `Open in ${baseCurrency}: ${open}`,
    ...customersText(run),
    ...vanishedText(run, baseCurrency),
    ...notesText(run),
    ...run.doubts.map((doubt) => `To look at: ${plainText(doubt.sentence)}`),
  ].join('\n');
}

function currenciesText(run: DryRun): string {
  return tableText({
    columns: [
      { heading: 'currency', align: 'left' },
      ...['in the file', 'taken', 'refused', 'left out'].map(
        (heading) => ({ heading, align: 'right' }) as const,
      ),
    ],
    rows: run.currencies.map((total) => [
      total.currency,
      formatMoney(total.fileMinor, total.currency),
      formatMoney(total.takenMinor, total.currency),
      formatMoney(total.refusedMinor, total.currency),
      formatMoney(total.leftOutMinor, total.currency),
    ]),
  });
}

const customersMost = 10;

/** Customers whose rows were not all taken, and new names that may be a customer of the book. */
function customersText({ customerTotals, suggestions }: DryRun): readonly string[] {
  const differing = customerTotals.filter(({ fileMinor, takenMinor }) => fileMinor !== takenMinor);
  const shown = differing.slice(0, customersMost).map((total) => {
    const name = plainText(total.customerName === '' ? 'nobody named' : total.customerName);
    const taken = formatMoney(total.takenMinor, total.currency);
    return `  ${name}: ${taken} of ${formatMoney(total.fileMinor, total.currency)} ${total.currency} taken`;
  });
  const asked = suggestions
    .slice(0, customersMost)
    .map(
      ({ name, nameKey, customerId, customerName, why }) =>
        `  “${plainText(name)}” may be “${plainText(customerName)}” (same ${why}): "sameCustomers":{"${nameKey}":${customerId}}`,
    );
  return [
    ...(shown.length > 0 ? ['', 'Not taken whole:', ...shown] : []),
    ...(asked.length > 0 ? ['', 'Same customer?', ...asked] : []),
  ];
}

function vanishedText({ vanished }: DryRun, baseCurrency: string): readonly string[] {
  if (vanished.billCount === 0) return [];
  const open = formatMoney(vanished.openPaise, baseCurrency);
  return [
    '',
    `${vanished.billCount} open bills of earlier lists of this kind are not in the file (${open} ${baseCurrency}). With --complete-list they count as settled.`,
  ];
}

/** The first refused rows one by one; of the rows left out only how many and why. */
function notesText(run: DryRun): readonly string[] {
  const refused = run.notes.filter((note) => note.outcome === 'refused').slice(0, notesMost);
  const lines = refused.map((note) => `  row ${note.row}: ${reasonOf(note)} [${plainText(note.excerpt)}]`);
  const more = run.rowCounts.refused - refused.length;
  if (more > 0) lines.push(`  and ${more} more`);
  const leftOut = Map.groupBy(
    run.notes.filter((note) => note.outcome === 'left-out'),
    reasonOf,
  );
  return [
    ...(lines.length > 0 ? ['', 'Refused:', ...lines] : []),
    ...(leftOut.size > 0 ? ['', 'Left out:'] : []),
    ...[...leftOut].slice(0, notesMost).map(([reason, notes]) => `  ${notes.length} ×: ${reason}`),
  ];
}

function reasonOf(note: RowNote): string {
  return plainText(note.reason?.sentence ?? 'no reason told');
}

export function batchText(batch: ImportBatch, baseCurrency: string): string {
  const { takenRowCount, addedBillCount, changedBillCount, openPaise } = batch;
  const open = formatMoney(openPaise, baseCurrency);
  return `Imported ${takenRowCount} rows: ${addedBillCount} new bills, ${changedBillCount} changed, ${open} ${baseCurrency} open.`;
}
