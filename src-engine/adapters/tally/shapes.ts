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

/** A shape made ready for scanning: children are found by a key of their name, behind which stands the name. */
export type Node = {
  readonly tag: string;
  /** The units of the tag. */
  readonly units: Uint16Array;
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

/** A place is empty where its key is 0. */
export type ChildTable = {
  readonly keys: Int32Array;
  readonly nodes: (Node | null)[];
  readonly mask: number;
  /** Where the keys stand in the kernel's memory. */
  address: number;
};

/**
 * A name's length and three of its units: enough to tell most unwanted names from the wanted ones. To hash whole names
 * would cost half of the scanner's time.
 */
export function keyOfUnits(units: Uint16Array, from: number, to: number): number {
  const length = to - from;
  const first = units[from] ?? 0;
  const middle = units[from + (length >> 1)] ?? 0;
  const last = units[to - 1] ?? 0;
  return (
    (Math.imul((length << 21) ^ (first << 14) ^ (middle << 7) ^ last, KEY_FACTOR) >>> KEY_SHIFT) | KEY_MARK
  );
}

const KEY_FACTOR = 0x9e3779b1 | 0;
const KEY_SHIFT = 14;
/** Above what the shift leaves, so that no key is 0. */
const KEY_MARK = 1 << 18;

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
  return { tag, units: unitsOf(tag), kind: 'box', slot: -1, ...none, children: tableOf(children) };
}

function nodeOf(shape: Shape, tag: string, kind: 'row' | 'list', slot: number): Node {
  const lists = shape.lists ?? [];
  const leaves = [...new Set(shape.texts.map(leafOf))].filter((leaf) => leaf !== '' && leaf !== '.');
  return {
    tag,
    units: unitsOf(tag),
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
    units: unitsOf(leaf),
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
  const table = {
    keys: new Int32Array(size),
    nodes: Array<Node | null>(size).fill(null),
    mask: size - 1,
    address: 0,
  };
  for (const node of nodes) {
    const key = keyOfUnits(node.units, 0, node.units.length);
    let at = key & table.mask;
    while (table.nodes[at] !== null) at = (at + 1) & table.mask;
    table.keys[at] = key;
    table.nodes[at] = node;
  }
  return table;
}

export function unitsOf(name: string): Uint16Array {
  return Uint16Array.from(name, (letter) => letter.charCodeAt(0));
}
