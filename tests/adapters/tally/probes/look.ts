// Looking at a reply as text: what stands on which line is part of what is probed.

/** The rows of a collection reply, each with its own tags: what stands four spaces deep under DATA/COLLECTION. */
export function rowsOf(text: string, tag: string): readonly string[] {
  const data = text.slice(text.indexOf('<DATA>'));
  const pattern = new RegExp(`\\r\\n {4}<${tag}[ >][\\s\\S]*?\\r\\n {4}</${tag}>`, 'g');
  return data.match(pattern) ?? [];
}

/** The first value of a tag, with its blanks; undefined where the tag is absent. */
export function valueOf(row: string, tag: string): string | undefined {
  return valuesOf(row, tag)[0];
}

export function valuesOf(row: string, tag: string): readonly string[] {
  const name = tag.replaceAll('.', '\\.');
  const pattern = new RegExp(`<${name}(?: [^>]*)?(?:/>|>([^<]*)</${name}>)`, 'g');
  return [...row.matchAll(pattern)].map((match) => plain(match[1] ?? ''));
}

export function attributeOf(row: string, name: string): string | undefined {
  const found = new RegExp(` ${name}="([^"]*)"`).exec(row.slice(0, row.indexOf('>')));
  return found ? plain(found[1] ?? '') : undefined;
}

/** The blocks of a list inside a row, by what opens and closes a line at one depth. */
export function listsOf(row: string, tag: string, depth: number): readonly string[] {
  const blanks = ' '.repeat(depth);
  const name = tag.replaceAll('.', '\\.');
  return (
    row.match(new RegExp(`\\r\\n${blanks}<${name}[^>]*>\\r\\n[\\s\\S]*?\\r\\n${blanks}</${name}>`, 'g')) ?? []
  );
}

export type BillSeen = {
  readonly date: string;
  readonly ref: string;
  readonly party: string;
  readonly closing: string;
  readonly due: string;
  readonly overdue: string;
};

/** Paired by position: a row lasts until the next BILLFIXED. */
export function billsOf(text: string): readonly BillSeen[] {
  return text
    .split('<BILLFIXED>')
    .slice(1)
    .map((part) => ({
      date: valueOf(part, 'BILLDATE') ?? '',
      ref: valueOf(part, 'BILLREF') ?? '',
      party: valueOf(part, 'BILLPARTY') ?? '',
      closing: valueOf(part, 'BILLCL') ?? '',
      due: valueOf(part, 'BILLDUE') ?? '',
      overdue: valueOf(part, 'BILLOVERDUE') ?? '',
    }));
}

/** Names of all tags, in order, as the lines open them. */
export function tagsOf(text: string): readonly string[] {
  return [...text.matchAll(/<([A-Z][A-Z0-9.]*)[ />]/g)].map((match) => match[1] ?? '');
}

/** The counters above the rows differ from read to read; without them, replies can be compared. */
export function withoutCounters(text: string): string {
  const [before = '', ...rest] = text.split('<CMPINFO>');
  if (rest.length === 0) return text;
  const [counters = '', after = ''] = rest.join('<CMPINFO>').split('</CMPINFO>');
  return `${before}<CMPINFO>${counters.replaceAll(/>\d+</g, '>0<')}</CMPINFO>${after}`;
}

/** Tally's number of a day: 1 is the first of January 1900. */
export function dayNumber(day: string): number {
  return Math.round((Date.parse(`${day}T00:00:00Z`) - Date.UTC(1899, 11, 31)) / 86_400_000);
}

function plain(text: string): string {
  return text
    .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
