import { partiesOf, type Block } from './heading-parties.ts';
import { rolesOf, type HeadedSheet, type HeadingLine, type Role } from './heading-rows.ts';
import type { ImportMap } from './map.ts';

/** A row above bills. `bills` are the rows (from 0) that the sum it bears must add up to; none where it bears none. */
export type Heading = { readonly label: string; readonly bills: readonly number[] };

/** Two rows (from 0) above the same bills, of which the first is taken for the customer. */
export type UnclearHeading = { readonly at: number; readonly name: string; readonly other: string };

export type Headings = {
  /** The customer of every row that has one, by row from 0. */
  readonly partyAt: ReadonlyMap<number, string>;
  readonly headingAt: ReadonlyMap<number, Heading>;
  readonly unclear: UnclearHeading | null;
  readonly billCount: number;
  readonly headedBillCount: number;
};

/** Whether rows get their customer from the heading above them; a mapped customer column wins. */
export function isHeaded({ customerFrom, columns }: ImportMap): boolean {
  return (
    customerFrom === 'heading' && columns.customerName === undefined && columns.customerCode === undefined
  );
}

/** Who stands above which rows. A heading with no bills below it is no more than a heading. */
export function findHeadings(sheet: HeadedSheet): Headings {
  const roles = rolesOf(sheet);
  const blocks = blocksOf(roles);
  const partyAt = new Map<number, string>();
  const headingAt = new Map<number, Heading>();
  for (const [at, role] of roles) {
    if (role.kind === 'heading' && !role.hasSum) headingAt.set(at, { label: role.line.name, bills: [] });
  }
  let unclear: UnclearHeading | null = null;
  partiesOf(blocks).forEach(({ line, rival }, index) => {
    const block = blocks[index];
    if (line === null || block === undefined) return;
    if (rival !== null) unclear ??= { at: line.at, name: line.name, other: rival.name };
    const end = blocks[index + 1]?.from ?? sheet.grid.rows.length;
    for (let at = block.from; at < end; at += 1) partyAt.set(at, line.name);
    const own = roles.get(line.at);
    if (own?.kind === 'heading' && own.hasSum) {
      headingAt.set(line.at, { label: line.name, bills: block.bills });
    }
  });
  const bills = [...roles].filter(([, role]) => role.kind === 'bill');
  const headedBillCount = bills.filter(([at]) => partyAt.has(at)).length;
  return { partyAt, headingAt, unclear, billCount: bills.length, headedBillCount };
}

/** Whether the sheet writes "Party:" before its customers, so that a text without it is none. */
function areLabelled(roles: Iterable<Role>): boolean {
  let labelled = 0;
  let bare = 0;
  let stack: readonly HeadingLine[] = [];
  for (const role of roles) {
    if (role.kind === 'heading') stack = [...stack, role.line];
    if (role.kind === 'total') stack = [];
    if (role.kind !== 'bill' || stack.length === 0) continue;
    if (stack.some(({ isLabelled }) => isLabelled)) labelled += 1;
    else bare += 1;
    stack = [];
  }
  return labelled > 0 && labelled >= bare;
}

function blocksOf(roles: ReadonlyMap<number, Role>): readonly Block[] {
  const hasLabels = areLabelled(roles.values());
  const blocks: Block[] = [];
  let stack: readonly HeadingLine[] = [];
  let wasBlank = false;
  const begin = (from: number, lines: readonly HeadingLine[]): void => {
    blocks.push({ from: lines[0]?.at ?? from, lines, bills: [], totalKeys: [] });
    stack = [];
  };
  for (const [at, role] of roles) {
    if (role.kind === 'heading' && (role.line.isLabelled || !hasLabels)) {
      // A name above a blank row and another name has no bills of its own.
      stack = wasBlank ? [role.line] : [...stack, role.line];
    } else if (role.kind === 'bill') {
      if (stack.length > 0) begin(at, stack);
      blocks.at(-1)?.bills.push(at);
    } else if (role.kind === 'total') {
      // A name that is closed at once has no bills, and what follows is not the name's before it.
      if (stack.length > 0) begin(at, []);
      else blocks.at(-1)?.totalKeys.push(role.key);
    } else if (role.kind === 'group' && stack.length === 0) {
      begin(at, []);
    }
    wasBlank = role.kind === 'blank';
  }
  return blocks;
}
