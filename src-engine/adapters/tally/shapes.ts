/**
 * What is wanted of an element: texts of children 'NAME', attributes of its own '@NAME', attributes of a child
 * 'BILLCREDITPERIOD@JD', its own text '.'; and lists of children that bear more than text.
 */
export type Shape = {
  readonly tag: string;
  readonly texts: readonly string[];
  readonly lists?: readonly Shape[];
  /** Texts of which hardly two are the same. */
  readonly fresh?: readonly string[];
};

/** A row is an element at a path from the root; the same shape may stand at several. */
export type WantedRow = { readonly path: readonly string[]; readonly shape: Shape };

/** An element as it was found: texts in the order of its shape, null where absent, '' where blank; lists likewise. */
export type Found = { readonly texts: (string | null)[]; readonly lists: Found[][] };

export type Attribute = { readonly name: string; readonly slot: number };

/** A shape made ready for scanning: children are found by the hash of their name, behind which stands the name. */
export type Node = {
  readonly tag: string;
  /** 'box' only leads to rows; a 'text' is kept in its parent's texts, a 'list' in its parent's lists. */
  readonly kind: 'box' | 'row' | 'list' | 'text';
  /** The place in the parent's texts or lists, or which row it is. */
  readonly slot: number;
  readonly attributes: readonly Attribute[];
  /** Where the element's own text goes; -1 where nobody wants it. */
  readonly ownSlot: number;
  /** Its text is not worth remembering. */
  readonly isFresh: boolean;
  /** What a found element starts as: no text, and lists without items. */
  readonly noTexts: readonly (string | null)[];
  readonly noLists: readonly Found[][];
  readonly children: ChildTable;
};

export type ChildTable = { readonly hashes: Int32Array; readonly nodes: (Node | null)[]; mask: number };

/** FNV-1a over UTF-16 units; the scanner computes the same over the bytes of a name as it passes them. */
export const HASH_SEED = 0x811c9dc5 | 0;
export const HASH_FACTOR = 0x01000193;

export function hashOf(name: string): number {
  let hash = HASH_SEED;
  for (let at = 0; at < name.length; at += 1) hash = Math.imul(hash ^ name.charCodeAt(at), HASH_FACTOR);
  return hash;
}

/** The place of a text in a found element: looked up once, when a reader's module is loaded. */
export function slotOf(shape: Shape, text: string): number {
  const slot = shape.texts.indexOf(text);
  if (slot < 0) throw new Error(`No ${text} in the shape of ${shape.tag}.`);
  return slot;
}

/** The document above all roots. */
export function treeOf(rows: readonly WantedRow[]): Node {
  return boxOf(
    '',
    rows.map((row, slot) => ({ ...row, slot })),
  );
}

/** Shared, and therefore never pushed to. */
const NO_ITEMS: Found[] = [];

type PlacedRow = WantedRow & { readonly slot: number };

function boxOf(tag: string, rows: readonly PlacedRow[]): Node {
  const names = [...new Set(rows.map(({ path }) => path[0] ?? ''))];
  const children = names.map((name) => {
    const inside = rows.filter(({ path }) => path[0] === name);
    const row = inside.find(({ path }) => path.length === 1);
    if (row !== undefined) return nodeOf(row.shape, name, 'row', row.slot);
    return boxOf(
      name,
      inside.map((one) => ({ ...one, path: one.path.slice(1) })),
    );
  });
  const none = { attributes: [], ownSlot: -1, isFresh: false, noTexts: [], noLists: [] };
  return { tag, kind: 'box', slot: -1, ...none, children: tableOf(children) };
}

function nodeOf(shape: Shape, tag: string, kind: 'row' | 'list', slot: number): Node {
  const lists = shape.lists ?? [];
  const leaves = [...new Set(shape.texts.map(leafOf))].filter((leaf) => leaf !== '' && leaf !== '.');
  return {
    tag,
    kind,
    slot,
    attributes: attributesFor(shape, ''),
    ownSlot: shape.texts.indexOf('.'),
    isFresh: false,
    noTexts: shape.texts.map(() => null),
    noLists: lists.map(() => NO_ITEMS),
    children: tableOf([
      ...leaves.map((leaf) => textNode(shape, leaf)),
      ...lists.map((list, at) => nodeOf(list, list.tag, 'list', at)),
    ]),
  };
}

function textNode(shape: Shape, leaf: string): Node {
  return {
    tag: leaf,
    kind: 'text',
    slot: shape.texts.indexOf(leaf),
    attributes: attributesFor(shape, leaf),
    ownSlot: shape.texts.indexOf(leaf),
    isFresh: shape.fresh?.includes(leaf) ?? false,
    noTexts: [],
    noLists: [],
    children: tableOf([]),
  };
}

function leafOf(text: string): string {
  return text.split('@')[0] ?? '';
}

function attributesFor(shape: Shape, leaf: string): readonly Attribute[] {
  return shape.texts.flatMap((text, slot) => {
    const name = text.split('@')[1];
    return name !== undefined && leafOf(text) === leaf ? [{ name, slot }] : [];
  });
}

function tableOf(nodes: readonly Node[]): ChildTable {
  let size = 4;
  while (size < nodes.length * 4) size *= 2;
  const table = { hashes: new Int32Array(size), nodes: Array<Node | null>(size).fill(null), mask: size - 1 };
  for (const node of nodes) {
    const hash = hashOf(node.tag);
    let at = hash & table.mask;
    while (table.nodes[at] !== null) at = (at + 1) & table.mask;
    table.hashes[at] = hash;
    table.nodes[at] = node;
  }
  return table;
}
