import { cellText, type Cell } from './cells.ts';
import { headingText } from './heading-names.ts';

/** What a program writes below (or before) the name of the one customer whom the whole sheet is about. */
const REPORT =
  /^(?:ledger\s*(?:account|a\/c|outstandings?|vouchers?|statement)?|statement of accounts?|account statement|customer statement|bill[\s-]?wise (?:details|outstandings?)|outstandings? statement)\s*$/iu;
const REPORT_OF =
  /^(?:ledger(?:\s*(?:account|a\/c|outstandings?|vouchers?|statement))?|statement of accounts?|account statement|customer statement|outstandings? (?:of|for))\s*(?::-?|[-–—](?=\s)|\bof\b|\bfor\b)\s*(\S.*)$/iu;
const PERIOD = /\d{1,2}[-/. ][\p{L}\d]{1,9}[-/. ]\d{2,4}/u;

export type TitleParty = { readonly at: number; readonly column: number; readonly name: string };

/** The customer of a sheet about one alone, who stands unlabelled among the titles: above the name of the report, or in it. */
export function titleParty(rows: readonly (readonly Cell[])[], headerRow: number): TitleParty | undefined {
  const titles: TitleParty[] = [];
  for (let at = 0; at < headerRow; at += 1) {
    const row = rows[at] ?? [];
    const column = row.findIndex((cell) => cellText(cell) !== '');
    if (column >= 0) titles.push({ at, column, name: cellText(row[column]) });
  }
  for (const [index, title] of titles.entries()) {
    const named = REPORT_OF.exec(title.name)?.[1]?.trim();
    if (named !== undefined && !PERIOD.test(named) && isName(named)) return { ...title, name: named };
    const above = titles[index - 1];
    if (REPORT.test(title.name) && above !== undefined && isName(above.name)) return above;
  }
  return undefined;
}

function isName(text: string): boolean {
  const found = headingText(text);
  return found.kind === 'party' && !found.isWeak;
}
