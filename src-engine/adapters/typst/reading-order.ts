import { fromHex, openPdf, toHex, type GlyphTexts } from './pdf-objects.ts';
import { readShown } from './shown-glyphs.ts';

// Typst says of each cluster of an Indian script what it stands for, glyph by glyph drawn in the order of the eye. Where
// a sign is moved up or down it starts a piece of its own and says the whole cluster again, and readers put a gap behind
// a sign that is set back. So a copied word came out doubled (ব্যক্তিক্তি) or torn (कृ ष्ण). Here each such word is put
// together again and says its text once. Nothing that is drawn moves.

/** A glyph, or a cluster that says its own text, with what draws it. */
type Unit = {
  readonly text: string;
  readonly draws: string;
  readonly isCluster: boolean;
};

/** A run of glyphs on one line: where it stands, what sets it up, and what it draws. */
type Block = {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly font: string;
  readonly lastFont: string;
  readonly hasCluster: boolean;
  /** Read only where a word is put together: most of a page is figures that stay as they are. Null: not understood. */
  readonly units: () => readonly Unit[] | null;
};

const BLOCK = /q\n1 0 0 -1 (\S+) (\S+) cm\n((?:\/c\d+ cs\n[^\n]* scn\n)?)BT\n([^]*?)\nET\nQ\n/gu;
const SEGMENT =
  /(?:\/Span <<\n {2}\/ActualText <([0-9A-F]*)>\n>> BDC\n)?(0 Tr\n\/(f\d+) (\S+) Tf\n1 0 0 -1 )(\S+) (\S+) Tm\n([^]*?(?:TJ|Tj))(\nEMC)?(?:\n|$)/gu;

/** Lines are farther apart than this; a sign is never moved so far. In sizes of the font. */
const SHIFT_MOST = 0.8;
/** How far behind its cluster a piece may begin. In sizes of the font. */
const REACH_MOST = 2.5;
/** How exactly a run goes on where it was broken off. */
const SAME_PLACE = 0.6;

export type OrderedPdf = { readonly bytes: Uint8Array<ArrayBuffer>; readonly pageCount: number };

export function inReadingOrder(pdf: Uint8Array): OrderedPdf {
  const opened = openPdf(pdf);
  const contents = new Map<number, string>();
  for (const { content, fonts } of opened?.pages ?? []) {
    const before = opened?.contentOf(content) ?? '';
    if (before.includes('/ActualText')) contents.set(content, mended(before, fonts));
  }
  const pageCount = opened?.pages.length ?? 0;
  const isAsItWas = opened === null || contents.size === 0;
  return { bytes: isAsItWas ? new Uint8Array(pdf) : opened.withContents(contents), pageCount };
}

/** The content of a page, with each word of clusters in one span. */
export function mended(content: string, fonts: ReadonlyMap<string, GlyphTexts>): string {
  const blocks = [...content.matchAll(BLOCK)].map((match) => readBlock(match, fonts));
  const drawn = blocks.map((): string | null => null);
  for (let at = 0; at < blocks.length;) {
    const end = endOfChain(blocks, at);
    const chain = blocks.slice(at, end);
    // A line of its own without clusters stays as it is.
    if (chain.length > 1 || blocks[at]?.hasCluster === true) {
      const units = unitsOf(chain);
      // Better torn words than lost ones.
      if (units === null) return content;
      drawn.fill('', at, end);
      drawn[at] = inWords(units);
    }
    at = end;
  }
  let index = -1;
  return content.replaceAll(BLOCK, (whole, x: string, y: string, colour: string) => {
    index += 1;
    const text = drawn[index];
    if (text === null || text === undefined) return whole;
    return text === '' ? '' : `q\n1 0 0 -1 ${x} ${y} cm\n${colour}BT\n${text}ET\nQ\n`;
  });
}

/** Where the blocks end that go on with what begins at one. */
function endOfChain(blocks: readonly Block[], at: number): number {
  const first = blocks[at];
  let end = at + 1;
  for (let next = blocks[end]; first !== undefined && next !== undefined; next = blocks[end]) {
    if (!goesOn({ first, before: blocks[end - 1] ?? first, next })) break;
    end += 1;
  }
  return end;
}

/** What a chain draws, each word said once. */
function unitsOf(chain: readonly Block[]): readonly Unit[] | null {
  const units: Unit[] = [];
  const [first] = chain;
  // What the last piece stands for, also where it was said before it.
  let last: string | null = null;
  for (const block of chain) {
    const own = block.units();
    if (own === null || first === undefined) return null;
    const draws = block === first ? own.map((unit) => unit.draws) : movedTo(first, block, own);
    own.forEach((unit, index) => {
      const isAgain = index === 0 && unit.text === last;
      units.push({
        text: isAgain ? '' : unit.text,
        draws: draws[index] ?? '',
        isCluster: unit.isCluster || isAgain,
      });
    });
    last = own.at(-1)?.text ?? '';
  }
  return units;
}

const FIRST_FONT = /\/(f\d+) (\S+) Tf/u;
const ANY_FONT = /\/(f\d+) \S+ Tf/gu;

function readBlock(match: RegExpExecArray, fonts: ReadonlyMap<string, GlyphTexts>): Block {
  const body = match[4] ?? '';
  const [, font = '', points] = FIRST_FONT.exec(body) ?? [];
  let lastFont = font;
  for (const [, name = ''] of body.matchAll(ANY_FONT)) lastFont = name;
  return {
    x: Number(match[1]),
    y: Number(match[2]),
    size: Number(points ?? 0),
    font,
    lastFont,
    hasCluster: body.includes('/ActualText'),
    units: () => readUnits(body, fonts),
  };
}

/** Null where there is anything that is not understood: nothing may get lost. */
function readUnits(body: string, fonts: ReadonlyMap<string, GlyphTexts>): readonly Unit[] | null {
  const units: Unit[] = [];
  const segments = [...body.matchAll(SEGMENT)];
  if (segments.map(([whole]) => whole).join('') !== body) return null;
  for (const [, actual, setUp = '', font = '', , x = '0', y = '0', shows = ''] of segments) {
    const place = `${setUp}${x} ${y} Tm\n`;
    const glyphs = actual === undefined ? glyphUnits(shows, { place, texts: fonts.get(font) }) : [];
    if (glyphs === null) return null;
    units.push(...glyphs);
    if (actual !== undefined)
      units.push({ text: fromHex(actual), draws: `${place}${shows}\n`, isCluster: true });
  }
  return units;
}

/** One unit for each glyph: what sets the place up goes with the first, the others go on from it. */
function glyphUnits(
  shows: string,
  { place, texts }: { readonly place: string; readonly texts: GlyphTexts | undefined },
): readonly Unit[] | null {
  const shown = readShown(shows);
  return (
    shown?.map(({ moved, code }, at) => ({
      text: texts?.get(code) ?? '',
      draws: `${at === 0 ? place : ''}[${moved}<${code.toString(16).padStart(4, '0')}>] TJ\n`,
      isCluster: false,
    })) ?? null
  );
}

type Three = { readonly first: Block; readonly before: Block; readonly next: Block };

/** Whether a block draws on what the one before broke off: a sign that is moved up or down, or the rest behind it. */
function goesOn({ first, before, next }: Three): boolean {
  if (next.size !== first.size || next.y === before.y) return false;
  const gap = (next.x - before.x) / first.size;
  if (next.y === first.y) return gap >= 0 - SAME_PLACE && gap < REACH_MOST;
  // The rest may be in another font, a comma is; a sign is in the one of its cluster.
  if (next.font !== before.lastFont) return false;
  const shift = Math.max(Math.abs(next.y - before.y), Math.abs(next.y - first.y)) / first.size;
  // The block before may be a long one, of which only the beginning is known.
  return shift <= SHIFT_MOST && gap >= 0 - SAME_PLACE;
}

/** What a block draws, said from another's origin. */
function movedTo(first: Block, next: Block, units: readonly Unit[]): readonly string[] {
  return units.map((unit) =>
    unit.draws.replaceAll(/1 0 0 -1 (\S+) (\S+) Tm/gu, (_, x: string, y: string) => {
      const across = rounded(Number(x) + next.x - first.x);
      const down = rounded(Number(y) + first.y - next.y);
      return `1 0 0 -1 ${across} ${down} Tm`;
    }),
  );
}

function rounded(value: number): number {
  return Math.round(value * 100_000) / 100_000;
}

/** Words are parted by spaces; one that holds a cluster says its text for all of its glyphs together. */
function inWords(units: readonly Unit[]): string {
  let drawn = '';
  let word: Unit[] = [];
  const flush = (): void => {
    const draws = word.map((unit) => unit.draws).join('');
    const text = word.map((unit) => unit.text).join('');
    drawn += word.some((unit) => unit.isCluster)
      ? `/Span <<\n  /ActualText <${toHex(text)}>\n>> BDC\n${draws}EMC\n`
      : draws;
    word = [];
  };
  for (const unit of units) {
    if (/^[ \u00A0]$/u.test(unit.text)) {
      flush();
      drawn += unit.draws;
    } else word.push(unit);
  }
  flush();
  return drawn;
}
