import type { HeadingLine } from './heading-rows.ts';
import { nameKeyOf } from './names.ts';

/** Headings that stand together, the bills (rows from 0) below them and the totals rows that close those. */
export type Block = {
  /** The row it begins at. */
  readonly from: number;
  /** None where the bills stand under nobody. */
  readonly lines: readonly HeadingLine[];
  readonly bills: number[];
  readonly totalKeys: string[];
};

/** Which line of a block is the customer. */
export type Party = {
  readonly line: HeadingLine | null;
  /** Another line that could be as well. */
  readonly rival: HeadingLine | null;
};

const NOBODY: Party = { line: null, rival: null };

/** The share of blocks, as 2 of 3, that must be of one height before it is believed to be the form of the sheet. */
const FORM_OF = { least: 2, of: 3 } as const;

/** One customer per block. What names him, surest first: a label, his own total, a name no other block has. */
export function partiesOf(blocks: readonly Block[]): readonly Party[] {
  const column = usualColumn(blocks);
  const heard = blocksByName(blocks);
  const stacks = blocks.map((block) => {
    const inColumn = block.lines.filter((line) => line.column === column);
    const lines = inColumn.length > 0 ? inColumn : block.lines;
    const strong = lines.filter(({ isWeak }) => !isWeak);
    return strong.length > 0 ? strong : lines.slice(0, 1);
  });
  const height = usualHeight(stacks);
  return stacks.map((lines, index) => {
    const [first, second] = lines;
    if (first === undefined) return NOBODY;
    if (second === undefined) return { line: first, rival: null };
    const sure = surely(lines, blocks[index]?.totalKeys ?? [], heard);
    if (sure !== undefined) return { line: sure, rival: null };
    if (height >= 2) {
      // The name stands above its place or address.
      const line = lines.at(-height) ?? first;
      return {
        line,
        rival: lines.length === height ? null : (lines.find((other) => other !== line) ?? null),
      };
    }
    // One block alone tells no form: its name stands first. Among many the nearest heading is it.
    const line = blocks.length === 1 ? first : (lines.at(-1) ?? first);
    return { line, rival: lines.find((other) => other !== line) ?? null };
  });
}

function surely(
  lines: readonly HeadingLine[],
  totalKeys: readonly string[],
  heard: ReadonlyMap<string, number>,
): HeadingLine | undefined {
  const labelled = lines.findLast(({ isLabelled }) => isLabelled);
  if (labelled !== undefined) return labelled;
  // The innermost total comes first.
  for (const key of totalKeys) {
    const totalled = key === '' ? undefined : lines.findLast((line) => nameKeyOf(line.name) === key);
    if (totalled !== undefined) return totalled;
  }
  const firms = lines.filter(({ name }) => /^m\s*\/\s*s\b|^messrs\b/iu.test(name));
  if (firms.length === 1) return firms[0];
  // Places and groups come again over several customers.
  const once = lines.filter(({ name }) => heard.get(nameKeyOf(name)) === 1);
  return once.length === 1 ? once[0] : undefined;
}

/** The column that has a heading in most blocks; of equals the leftmost. */
function usualColumn(blocks: readonly Block[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { lines } of blocks) {
    for (const column of new Set(lines.map((line) => line.column))) {
      counts.set(column, (counts.get(column) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, inA], [b, inB]) => inB - inA || a - b)[0]?.[0];
}

/** How many lines nearly every heading has; 1 where they differ or where there is but one. */
function usualHeight(stacks: readonly (readonly HeadingLine[])[]): number {
  const heights = stacks.map(({ length }) => length).filter((length) => length > 0);
  const counts = new Map<number, number>();
  for (const height of heights) counts.set(height, (counts.get(height) ?? 0) + 1);
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  if (heights.length < 2 || most === undefined) return 1;
  return most[1] * FORM_OF.of >= heights.length * FORM_OF.least ? most[0] : 1;
}

function blocksByName(blocks: readonly Block[]): ReadonlyMap<string, number> {
  const heard = new Map<string, number>();
  for (const { lines } of blocks) {
    for (const key of new Set(lines.map(({ name }) => nameKeyOf(name)))) {
      heard.set(key, (heard.get(key) ?? 0) + 1);
    }
  }
  return heard;
}
