/** An element of a request. Text is what stands directly inside, entities resolved. */
export type XmlNode = {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlNode[];
  readonly text: string;
};

type Growing = {
  tag: string;
  attributes: Record<string, string>;
  children: Growing[];
  text: string;
};

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.:-]*)((?:\s+[\w.:-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/y;
const ATTRIBUTE = /([\w.:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;

/** Null where the text is no well-formed element. Tags come out in capitals: Tally does not mind how they are written. */
export function readXml(text: string): XmlNode | null {
  const root: Growing = { tag: '', attributes: {}, children: [], text: '' };
  const open: Growing[] = [root];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const at = TOKEN.exec(text);
    if (!at) return null;
    const top = open[open.length - 1];
    if (!top) return null;
    const [, closing, name, attributes, isEmpty, characters] = at;
    if (characters !== undefined) top.text += unescapeXml(characters);
    if (name === undefined) continue;
    if (closing) {
      if (open.length < 2 || top.tag !== name.toUpperCase()) return null;
      open.pop();
      continue;
    }
    const node: Growing = {
      tag: name.toUpperCase(),
      attributes: readAttributes(attributes ?? ''),
      children: [],
      text: '',
    };
    top.children.push(node);
    if (!isEmpty) open.push(node);
  }
  const only = root.children[0];
  return open.length === 1 && root.children.length === 1 && only ? only : null;
}

function readAttributes(text: string): Record<string, string> {
  const read: Record<string, string> = {};
  for (const [, name, double, single] of text.matchAll(ATTRIBUTE)) {
    if (name !== undefined) read[name.toUpperCase()] = unescapeXml(double ?? single ?? '');
  }
  return read;
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export function unescapeXml(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|\w+);/gi, (whole, name: string) => {
    if (name.startsWith('#x') || name.startsWith('#X'))
      return String.fromCodePoint(Number.parseInt(name.slice(2), 16));
    if (name.startsWith('#')) return String.fromCodePoint(Number(name.slice(1)));
    return NAMED[name.toLowerCase()] ?? whole;
  });
}

// oxlint-disable-next-line no-control-regex -- U+0004 is Tally's own mark of reserved words.
const SPECIAL = /[&<>"'\r\n\u0004]/;
// oxlint-disable-next-line no-control-regex -- The same, for every place.
const EVERY_SPECIAL = /[&<>"'\r\n\u0004]/g;

/** As Tally writes text: the five entities, line breaks and its own mark of reserved words by number. */
export function escapeXml(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replace(EVERY_SPECIAL, (one) => {
    if (one === '&') return '&amp;';
    if (one === '<') return '&lt;';
    if (one === '>') return '&gt;';
    if (one === '"') return '&quot;';
    if (one === "'") return '&apos;';
    return `&#${one.charCodeAt(0)};`;
  });
}

export function childOf(node: XmlNode | undefined, ...path: readonly string[]): XmlNode | undefined {
  let at = node;
  for (const tag of path) at = at?.children.find((child) => child.tag === tag);
  return at;
}

export function textOf(node: XmlNode | undefined, ...path: readonly string[]): string | undefined {
  return childOf(node, ...path)?.text.trim();
}

export function childrenOf(node: XmlNode | undefined, tag: string): readonly XmlNode[] {
  return node?.children.filter((child) => child.tag === tag) ?? [];
}
