import type { AgingFigures, AgingGroups, AgingTable } from '#contract/engine/aging.ts';
import type { GroupBy } from '#contract/engine/aging-words.ts';
import { formatDay } from '#domain/days.ts';
import { plainText, type ExportColumn, type ExportTable, type ExportValue } from '#domain/exports.ts';
import { formatMoney } from '#domain/money.ts';
import { csvText } from './csv-text.ts';
import { tableText } from './table-text.ts';

export type AgingAnswer = AgingTable | AgingGroups;

const groupHeadings = {
  parent: 'Payer',
  salesperson: 'Salesperson',
  territory: 'Territory',
  group: 'Account group',
  tag: 'Tag',
} as const satisfies Record<GroupBy, string>;

/** One figure of a row: its words for a person and for a program, and how it is read. */
type Part = {
  readonly heading: string;
  readonly name: string;
  readonly kind: 'money' | 'count';
  readonly of: (figures: AgingFigures) => number;
};

function partsOf({ buckets, totals }: AgingAnswer): readonly Part[] {
  const money = (heading: string, name: string, of: Part['of']): Part => ({
    heading,
    name,
    kind: 'money',
    of,
  });
  const count = (heading: string, name: string, of: Part['of']): Part => ({
    heading,
    name,
    kind: 'count',
    of,
  });
  const postDated = money('Post-dated', 'post-dated', (row) => row.postDatedPaise);
  return [
    money('Outstanding', 'outstanding', (row) => row.outstandingPaise),
    money('Overdue', 'overdue', (row) => row.overduePaise),
    money('Unallocated', 'unallocated', (row) => row.unallocatedPaise),
    ...buckets.map(({ key }, at) => money(bucketHeading(key), key, (row) => row.buckets[at] ?? 0)),
    count('Open bills', 'open bills', (row) => row.openBillCount),
    count('Overdue bills', 'overdue bills', (row) => row.overdueBillCount),
    count('Oldest, days', 'oldest days', (row) => row.oldestDays),
    // Last, and only where there is any: the columns before it stay where a script looks for them.
    ...(totals.postDatedPaise === 0 ? [] : [postDated]),
  ];
}

function bucketHeading(key: string): string {
  return key === 'not-due' ? 'Not due' : key.replace('-', '–');
}

/** The figures that stand first in a row: who, and by what they are known. */
type Heads = {
  readonly columns: readonly {
    readonly heading: string;
    readonly name: string;
    readonly kind: 'text' | 'count';
  }[];
  readonly rows: readonly { readonly values: readonly ExportValue[]; readonly figures: AgingFigures }[];
  readonly total: readonly ExportValue[];
};

function headsOf(answer: AgingAnswer): Heads {
  if ('groupBy' in answer) {
    return {
      columns: [
        { heading: groupHeadings[answer.groupBy], name: answer.groupBy, kind: 'text' },
        { heading: 'Customers', name: 'customers', kind: 'count' },
      ],
      rows: answer.rows.map((row) => ({
        values: [row.name === '' ? '(none)' : row.name, row.customerCount],
        figures: row,
      })),
      total: ['Total', null],
    };
  }
  return {
    columns: [
      { heading: 'Customer', name: 'customer', kind: 'text' },
      { heading: 'Code', name: 'code', kind: 'text' },
    ],
    rows: answer.rows.map((row) => ({ values: [row.name, row.code], figures: row })),
    total: ['Total', null],
  };
}

/** The table as a file bears it; `names` are the words for programs, else those for people. */
export function agingExport(bookName: string, answer: AgingAnswer, words: 'headings' | 'names'): ExportTable {
  const heads = headsOf(answer);
  const parts = partsOf(answer);
  const say = (one: { readonly heading: string; readonly name: string }): string =>
    words === 'headings' ? one.heading : one.name;
  const columns: readonly ExportColumn[] = [
    ...heads.columns.map((column) => ({ label: say(column), kind: column.kind })),
    ...parts.map((part) => ({ label: say(part), kind: part.kind, currency: answer.baseCurrency })),
  ];
  const figures = (row: AgingFigures): readonly ExportValue[] => parts.map((part) => part.of(row));
  return {
    title: `Aging as of ${formatDay(answer.asOf)}`,
    lines: [bookName, `Amounts in ${answer.baseCurrency}`],
    columns,
    rows: heads.rows.map((row) => [...row.values, ...figures(row.figures)]),
    totals: [...heads.total, ...figures(answer.totals)],
  };
}

export function agingCsv(answer: AgingAnswer): string {
  const { columns, rows, totals = [] } = agingExport('', answer, 'names');
  const line = (values: readonly ExportValue[]): readonly (string | null)[] =>
    values.map((value, at) => {
      const column = columns[at];
      return value === null || column === undefined ? null : plainText(column, value);
    });
  return csvText([columns.map(({ label }) => label), ...rows.map(line), line(totals)]);
}

/** For a person at a terminal: fewer columns, lakh groups, nothing where nothing is late. */
export function agingText(bookName: string, answer: AgingAnswer): string {
  const title = `${bookName}: aging as of ${formatDay(answer.asOf)}, in ${answer.baseCurrency}`;
  if (answer.rows.length === 0) return `${title}\nNothing is open.`;
  const isGrouped = 'groupBy' in answer;
  const heads = headsOf(answer);
  const parts = partsOf(answer).filter(({ name }) => !leftOut.includes(name));
  const figures = (row: AgingFigures): readonly string[] => [
    String(row.openBillCount),
    ...parts.map((part) => shown(part, part.of(row), answer.baseCurrency)),
  ];
  const first = heads.columns.slice(0, isGrouped ? 2 : 1);
  const text = tableText({
    columns: [
      ...first.map(({ heading, kind }) => ({ heading, align: kind === 'text' ? 'left' : 'right' }) as const),
      ...['Bills', ...parts.map(({ heading }) => heading)].map(
        (heading) => ({ heading, align: 'right' }) as const,
      ),
    ],
    rows: heads.rows.map((row) => [
      ...row.values.slice(0, first.length).map(String),
      ...figures(row.figures),
    ]),
    footer: [...(isGrouped ? ['Total', ''] : [`${answer.rows.length} customers`]), ...figures(answer.totals)],
  });
  return `${title}\n\n${text}`;
}

/** What a terminal has no room for; 'open bills' stands at its left instead. */
const leftOut: readonly string[] = ['overdue', 'unallocated', 'open bills', 'overdue bills'];

function shown({ kind }: Part, value: number, currency: string): string {
  if (kind === 'money') return formatMoney(value, currency);
  return value === 0 ? '' : String(value);
}
