import type { CustomerRow } from '#contract/engine/customers.ts';

export const shows = ['all', 'overdue', 'ninety', 'credit'] as const;
/** Which customers are shown: a chip over the table. */
export type Show = (typeof shows)[number];

const NINETY_DAYS = 90;

export const fits: Readonly<Record<Show, (row: CustomerRow) => boolean>> = {
  all: () => true,
  overdue: (row) => row.overduePaise > 0,
  ninety: (row) => row.oldestDays > NINETY_DAYS,
  credit: (row) => row.outstandingPaise < 0,
};

export function isShow(text: string | null): text is Show {
  return shows.some((show) => show === text);
}

/** Every word of the search must stand somewhere in the row. */
export function search(rows: readonly CustomerRow[], text: string): readonly CustomerRow[] {
  const sought = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (sought.length === 0) return rows;
  return rows.filter((row) => {
    const held = [row.name, row.code, row.phone, row.gstin, row.salesperson].join(' ').toLowerCase();
    return sought.every((word) => held.includes(word));
  });
}
