import type { CustomerRow } from '#contract/engine/customers.ts';
import { limitUse } from '#domain/limits.ts';

export const shows = ['all', 'overdue', 'ninety', 'over-limit', 'credit', 'do-not-chase'] as const;
/** Which customers are shown: a chip over the table. */
export type Show = (typeof shows)[number];

/** What a view leaves out. Empty lists leave nothing out. */
export type Filter = {
  readonly show: Show;
  /** Only those with money in this bucket. */
  readonly bucket: number | null;
  readonly salespersons: readonly string[];
  readonly territories: readonly string[];
  readonly tags: readonly string[];
};

export const NO_FILTER: Filter = { show: 'all', bucket: null, salespersons: [], territories: [], tags: [] };

const NINETY_DAYS = 90;

export const fits: Readonly<Record<Show, (row: CustomerRow) => boolean>> = {
  all: () => true,
  overdue: (row) => row.overduePaise > 0,
  ninety: (row) => row.oldestDays > NINETY_DAYS,
  'over-limit': (row) => limitUse(row, row.outstandingPaise)?.isOver === true,
  credit: (row) => row.outstandingPaise < 0,
  'do-not-chase': (row) => row.doNotChaseReason !== null,
};

export function isShow(text: unknown): text is Show {
  return shows.some((show) => show === text);
}

/** Whether a row is shown. Made once for a filter and asked for each row. */
export function filterOf(filter: Filter): (row: CustomerRow) => boolean {
  const { bucket } = filter;
  const fitsShow = fits[filter.show];
  const salespersons = new Set(filter.salespersons);
  const territories = new Set(filter.territories);
  const tags = new Set(filter.tags);
  return (row) =>
    fitsShow(row) &&
    (bucket === null || (row.buckets[bucket] ?? 0) > 0) &&
    (salespersons.size === 0 || salespersons.has(row.salesperson ?? '')) &&
    (territories.size === 0 || territories.has(row.territory ?? '')) &&
    (tags.size === 0 || row.tags.some((tag) => tags.has(tag)));
}

export type Finder = (text: string) => ((row: CustomerRow) => boolean) | undefined;

/** One lower-case text a customer, made at the first letter: 50,000 of them are then asked in a few milliseconds. */
export function finderOf(rows: readonly CustomerRow[]): Finder {
  let texts: ReadonlyMap<number, string> | undefined;
  return (text) => {
    const sought = text
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '');
    if (sought.length === 0) return undefined;
    texts ??= new Map(rows.map((row) => [row.customerId, textOf(row)]));
    const known = texts;
    return (row) => {
      const held = known.get(row.customerId) ?? '';
      return sought.every((word) => held.includes(word));
    };
  };
}

function textOf({ name, code, phone, email, gstin, salesperson, parentName, tags }: CustomerRow): string {
  // A number is sought as it is dialled, whatever blanks it was written with.
  const dialled = phone === null ? '' : phone.replaceAll(/[^\d,;]/g, '');
  return [name, code, phone, dialled, email, gstin, salesperson, parentName, ...tags]
    .join('\n')
    .toLowerCase();
}
