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

/** Whether a filter leaves nothing out. */
export function isEmptyFilter({ show, bucket, salespersons, territories, tags }: Filter): boolean {
  return show === 'all' && bucket === null && salespersons.length + territories.length + tags.length === 0;
}

export type Finder = {
  /** The rows in which every word of the text occurs, in their order; undefined when the text is empty. */
  readonly find: (text: string) => readonly CustomerRow[] | undefined;
  /** Makes ready for the first search as long as there is time; true when it is ready. */
  readonly prepare: (hasTime: () => boolean) => boolean;
};

/** Between two customers; nobody can type it. */
const END = '\u0000';

/**
 * Finds customers by part of a text. All their texts stand in one long one, which is searched in one go: asking 50,000
 * texts for themselves takes ten times as long.
 */
export function finderOf(rows: readonly CustomerRow[]): Finder {
  const texts: string[] = [];
  let all: LongText | undefined;
  const prepare = (hasTime: () => boolean): boolean => {
    while (texts.length < rows.length) {
      for (let more = Math.min(200, rows.length - texts.length); more > 0; more -= 1) {
        const row = rows[texts.length];
        if (row) texts.push(textOf(row));
      }
      if (!hasTime()) return false;
    }
    all ??= longTextOf(texts);
    return true;
  };
  return {
    prepare,
    find: (text) => {
      const [first, ...others] = text
        .toLowerCase()
        .split(/\s+/)
        .filter((word) => word !== '')
        .toSorted((a, b) => b.length - a.length);
      if (first === undefined) return undefined;
      prepare(() => true);
      const found = all ? placesWith(all, first) : [];
      return found
        .filter((place) => others.every((word) => texts[place]?.includes(word)))
        .flatMap((place) => rows[place] ?? []);
    },
  };
}

/** Texts one after another, and where each ends. */
type LongText = { readonly text: string; readonly ends: Int32Array };

function longTextOf(texts: readonly string[]): LongText {
  const ends = new Int32Array(texts.length);
  let end = 0;
  texts.forEach((text, place) => {
    end += text.length + END.length;
    ends[place] = end;
  });
  return { text: texts.join(END), ends };
}

function placesWith({ text, ends }: LongText, word: string): readonly number[] {
  const found: number[] = [];
  let place = 0;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, ends[place - 1])) {
    while ((ends[place] ?? Infinity) <= at) place += 1;
    found.push(place);
    place += 1;
    if (place >= ends.length) break;
  }
  return found;
}

function textOf({ name, code, phone, email, gstin, salesperson, parentName, tags }: CustomerRow): string {
  // A number is sought as it is dialled, whatever blanks it was written with.
  const dialled = phone === null ? '' : phone.replaceAll(/[^\d,;]/g, '');
  return [name, code, phone, dialled, email, gstin, salesperson, parentName, ...tags]
    .join('\n')
    .toLowerCase();
}
