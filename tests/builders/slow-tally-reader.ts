// The slow, obviously right reader of Tally replies that the fast one is held to: the whole reply as one text, cleaned by
// regular expressions, made into a tree, and the tree walked.
import type { Found, Shape, WantedRow } from '#engine/adapters/tally/shapes.ts';

type Element = {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: Element[];
  text: string;
  isClosed: boolean;
};

export type SlowReply = {
  readonly rows: readonly { readonly row: number; readonly found: Found }[];
  readonly isWhole: boolean;
  readonly root: string | null;
  readonly isBare: boolean;
  readonly status: number | null;
  readonly lineError: string | null;
  readonly response: string | null;
};

type Source = { readonly text: string; readonly isWide: boolean; readonly isOdd: boolean };

function decoded(bytes: Buffer): Source {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return wide(bytes.subarray(2));
  if (bytes.length > 1 && bytes[0] !== 0 && bytes[1] === 0) return wide(bytes);
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  // Bytes as letters of their own: markup is ASCII, and each value is decoded when it is taken.
  return { text: cleaned(bytes.subarray(hasMark ? 3 : 0).toString('latin1')), isWide: false, isOdd: false };
}

function wide(bytes: Buffer): Source {
  const isOdd = bytes.length % 2 === 1;
  const even = bytes.subarray(0, bytes.length - (isOdd ? 1 : 0));
  return { text: cleaned(even.toString('utf16le')), isWide: true, isOdd };
}

function isControl(code: number): boolean {
  return code < 32 && code !== 9 && code !== 10 && code !== 13;
}

function cleaned(text: string): string {
  let clean = Array.from({ length: text.length }, (_, at) =>
    isControl(text.charCodeAt(at)) ? '' : text.charAt(at),
  ).join('');
  for (;;) {
    const next = clean
      .replace(/&#(\d+);/g, (whole, digits: string) => (isControl(Number(digits)) ? '' : whole))
      .replace(/&#x([0-9a-f]+);/gi, (whole, digits: string) =>
        isControl(Number.parseInt(digits, 16)) ? '' : whole,
      );
    if (next === clean) return clean;
    clean = next;
  }
}

const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

function valueOf(text: string, isWide: boolean, hasReferences = true): string {
  const plain = isWide ? text : fromBytes(Buffer.from(text, 'latin1'));
  if (!hasReferences) return plain;
  return plain.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi,
    (whole, ten, hex, name) => {
      if (name !== undefined) return NAMED.get(String(name)) ?? whole;
      const point = ten === undefined ? Number.parseInt(String(hex), 16) : Number(ten);
      return point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff) ? whole : String.fromCodePoint(point);
    },
  );
}

function fromBytes(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

type Tree = {
  readonly document: Element;
  readonly isWhole: boolean;
  readonly isBare: boolean;
  readonly root: Element | null;
};

const TAG = /<(?:[^>"']|"[^"]*"|'[^']*')*>/y;

function element(name: string, attributes: ReadonlyMap<string, string>): Element {
  return { name, attributes, children: [], text: '', isClosed: false };
}

/** The tree, or null where a declaration stands in the text. */
function treeOf({ text, isWide, isOdd }: Source): Tree | null {
  const document = element('', new Map());
  const open: Element[] = [document];
  const top = (): Element => open.at(-1) ?? document;
  let isBare = true;
  let isBroken = false;
  let at = 0;
  const hear = (piece: string): void => {
    if (open.length === 1 && piece.trim() !== '') isBroken = true;
    if (open.length === 2 && piece.trim() !== '') isBare = false;
    top().text += piece;
  };
  while (at < text.length && !isBroken) {
    if (text[at] !== '<') {
      const next = text.indexOf('<', at);
      if (next < 0) break;
      hear(valueOf(text.slice(at, next), isWide));
      at = next;
      continue;
    }
    const rest = text.slice(at);
    if (rest.startsWith('<!--')) {
      const end = text.indexOf('-->', at + 4);
      if (end < 0) break;
      at = end + 3;
    } else if (rest.startsWith('<![CDATA[')) {
      const end = text.indexOf(']]>', at);
      if (end < 0) break;
      hear(valueOf(text.slice(at + 9, end), isWide, false));
      at = end + 3;
    } else if (rest.startsWith('<!')) {
      if ('<!--'.startsWith(rest) || '<![CDATA['.startsWith(rest)) break;
      return null;
    } else if (rest.startsWith('<?')) {
      const end = text.indexOf('?>', at + 2);
      if (end < 0) break;
      at = end + 2;
    } else {
      TAG.lastIndex = at;
      const tag = TAG.exec(text)?.[0];
      if (tag === undefined) break;
      at += tag.length;
      const isClose = tag[1] === '/';
      const content = tag.slice(isClose ? 2 : 1, -1);
      const name = content.split(/[\t\n\r /]/)[0] ?? '';
      if (name === '') isBroken = true;
      else if (isClose) {
        if (open.length > 1 && top().name === name) (open.pop() ?? document).isClosed = true;
        else isBroken = true;
      } else {
        if (open.length === 2) isBare = false;
        if (open.length === 1 && document.children.length > 0) isBroken = true;
        else {
          const child = element(name, attributesOf(content, isWide));
          top().children.push(child);
          if (content.endsWith('/')) child.isClosed = true;
          else open.push(child);
        }
      }
    }
  }
  const root = document.children[0] ?? null;
  const left = valueOf(text.slice(at), isWide).trim();
  const isWhole = root?.isClosed === true && !isBroken && left === '' && !isOdd;
  return { document, root, isWhole, isBare: isBare && root !== null };
}

function attributesOf(content: string, isWide: boolean): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  const after = content.replace(/^[^\t\n\r /]*/, '');
  for (const found of after.matchAll(/([^\s=/"']+)\s*=\s*("[^"]*"|'[^']*')/g)) {
    const [, name = '', quoted = ''] = found;
    if (!attributes.has(name)) attributes.set(name, valueOf(quoted.slice(1, -1), isWide).trim());
  }
  return attributes;
}

function elementsAt(from: Element, path: readonly string[]): readonly Element[] {
  const [name, ...rest] = path;
  if (name === undefined) return [from];
  return from.children.filter((child) => child.name === name).flatMap((child) => elementsAt(child, rest));
}

function foundIn(of: Element, shape: Shape): Found {
  const first = (name: string): Element | undefined => of.children.find((child) => child.name === name);
  const texts = shape.texts.map((text): string | null => {
    if (text === '.') return of.text.trim();
    const [leaf = '', attribute] = text.split('@');
    const holder = leaf === '' ? of : first(leaf);
    if (attribute !== undefined) return holder?.attributes.get(attribute) ?? null;
    return holder === undefined ? null : holder.text.trim();
  });
  const lists = (shape.lists ?? []).map((list) =>
    of.children
      .filter((child) => child.name === list.tag)
      .map((child) => foundIn(child, list))
      .filter(
        (item) =>
          item.texts.some((text) => text !== null && text !== '') || item.lists.some((one) => one.length > 0),
      ),
  );
  return { texts, lists };
}

const LINE_ERRORS = [
  'ENVELOPE/LINEERROR',
  'ENVELOPE/BODY/LINEERROR',
  'ENVELOPE/BODY/DATA/LINEERROR',
  'ENVELOPE/BODY/DATA/IMPORTRESULT/LINEERROR',
];

/** Null where the reply is hostile. */
export function readSlowly(bytes: Buffer, wanted: readonly WantedRow[]): SlowReply | null {
  const source = decoded(bytes);
  const tree = treeOf(source);
  if (tree === null) return null;
  const rows: { row: number; found: Found }[] = [];
  const lineErrors: string[] = [];
  const walk = (of: Element, path: readonly string[]): void => {
    if (of.isClosed && LINE_ERRORS.includes(path.join('/'))) lineErrors.push(of.text.trim());
    const row = wanted.findIndex((one) => one.path.join('/') === path.join('/'));
    const shape = wanted[row]?.shape;
    if (shape === undefined) for (const child of of.children) walk(child, [...path, child.name]);
    else if (of.isClosed) rows.push({ row, found: foundIn(of, shape) });
  };
  for (const child of tree.document.children) walk(child, [child.name]);
  const status = elementsAt(tree.document, ['ENVELOPE', 'HEADER', 'STATUS']).filter(
    ({ isClosed }) => isClosed,
  );
  const digits = status.map(({ text }) => text.trim()).filter((text) => /^\d{1,9}$/.test(text));
  const answer = tree.root?.name === 'RESPONSE' && tree.root.isClosed ? tree.root : null;
  const answerError = answer?.children.find(({ name }) => name === 'LINEERROR')?.text.trim();
  const response = answer?.text.trim() ?? '';
  return {
    rows,
    isWhole: tree.isWhole,
    root: tree.root === null ? null : valueOf(tree.root.name, source.isWide, false),
    isBare: tree.isBare,
    status: digits[0] === undefined ? null : Number(digits[0]),
    lineError: lineErrors[0] ?? answerError ?? null,
    response: response === '' ? null : response,
  };
}
