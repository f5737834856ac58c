import { forget, freshTexts, makeTexts, type FreshTexts } from './fresh-texts.ts';
import { HostileReplyError } from './reply.ts';
import type { Found, Node } from './shapes.ts';
import { attributesOf } from './wire-text.ts';

/** What is kept of one row: its texts as UTF-16, and a fixed sum for each of its lists' items. */
const ROW_BYTES_MOST = 16_000_000;
const ITEM_BYTES = 64;
const TAGS_MOST = 4000;

/** Builds rows out of the elements that are wanted, as the scanner enters and leaves them. */
export type Gather = {
  node: Node;
  found: Found;
  readonly nodes: Node[];
  readonly founds: Found[];
  keptBytes: number;
  readonly fresh: FreshTexts;
  /** Attributes by the tag they were read from: the same few periods of credit come again and again. */
  readonly tags: Map<string, ReadonlyMap<string, string>>;
  readonly takeRow: (row: number, found: Found) => void;
};

const NOTHING: Found = { texts: [], lists: [] };

export function gather(root: Node, takeRow: (row: number, found: Found) => void): Gather {
  return {
    node: root,
    found: NOTHING,
    nodes: [],
    founds: [],
    keptBytes: 0,
    fresh: freshTexts(),
    tags: new Map(),
    takeRow,
  };
}

/** False where the element is a text that its row has already: of two, the first holds. */
export function enterNode(to: Gather, node: Node): boolean {
  if (node.kind === 'text') {
    if (to.found.texts[node.slot] !== null && node.slot >= 0) return false;
    if (node.slot >= 0) to.found.texts[node.slot] = '';
  }
  to.nodes.push(to.node);
  to.node = node;
  if (node.kind === 'row' || node.kind === 'list') {
    if (node.kind === 'row') {
      to.keptBytes = 0;
      forget(to.fresh);
    }
    to.founds.push(to.found);
    to.found = foundOf(node);
    keep(to, ITEM_BYTES);
  }
  return true;
}

function foundOf(node: Node): Found {
  const texts = node.noTexts.slice();
  const lists = node.noLists.slice();
  if (node.ownSlot >= 0) texts[node.ownSlot] = '';
  return { texts, lists };
}

/** What stands between the < and > of a tag. */
export type WireTag = { readonly tag: string; readonly isWide: boolean };

export function takeAttributes(to: Gather, of: Node, { tag, isWide }: WireTag): void {
  let attributes = to.tags.get(tag);
  if (attributes === undefined) {
    attributes = attributesOf(tag, isWide);
    if (to.tags.size === TAGS_MOST) to.tags.clear();
    to.tags.set(tag, attributes);
  }
  for (const { name, slot } of of.attributes) {
    const value = attributes.get(name);
    if (value === undefined || to.found.texts[slot] !== null) continue;
    to.found.texts[slot] = value;
    keep(to, value.length * 2);
  }
}

export function wantsText(to: Gather): boolean {
  return to.node.ownSlot >= 0;
}

export function takeText(to: Gather, text: string): void {
  const slot = to.node.ownSlot;
  const before = to.found.texts[slot] ?? '';
  to.found.texts[slot] = before === '' ? text : before + text;
  keep(to, text.length * 2);
}

export function leaveNode(to: Gather): void {
  const { node, found } = to;
  const outer = to.nodes.pop();
  if (outer !== undefined) to.node = outer;
  if (node.ownSlot >= 0) found.texts[node.ownSlot] = (found.texts[node.ownSlot] ?? '').trim();
  if (node.kind === 'box' || node.kind === 'text') return;
  to.found = to.founds.pop() ?? NOTHING;
  if (node.kind === 'row') {
    makeTexts(to.fresh);
    to.takeRow(node.slot, found);
  }
  // A list that holds only blanks is none.
  else if (!isBlank(found)) addTo(to.found.lists, node.slot, found);
}

function addTo(lists: Found[][], slot: number, found: Found): void {
  const list = lists[slot];
  if (list === undefined || list.length === 0) lists[slot] = [found];
  else list.push(found);
}

function isBlank({ texts, lists }: Found): boolean {
  for (let at = 0; at < texts.length; at += 1) if (texts[at]) return false;
  for (let at = 0; at < lists.length; at += 1) if (lists[at]?.length !== 0) return false;
  return true;
}

export function keep(to: Gather, bytes: number): void {
  to.keptBytes += bytes;
  if (to.keptBytes > ROW_BYTES_MOST) throw new HostileReplyError('One row holds more than 16 MB.');
}
