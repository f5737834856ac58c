/** An element as it was written; `text` is what stands directly in it, with its entities resolved. */
export type Element = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
};

type Open = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** A strict reader, written for tests only: anything that is not plain, well-formed XML throws. */
export function parsed(source: string): Element {
  const stack: Open[] = [{ name: '', attributes: {}, children: [], text: '' }];
  let at = 0;
  while (at < source.length) {
    const top = stack.at(-1);
    if (!top) throw new Error('Closed too often.');
    const next = source.indexOf('<', at);
    top.text += resolved(source.slice(at, next < 0 ? source.length : next));
    if (next < 0) break;
    const end = source.indexOf('>', next);
    if (end < 0) throw new Error('A tag without an end.');
    const tag = source.slice(next + 1, end);
    at = end + 1;
    if (tag.startsWith('/')) {
      if (tag.slice(1) !== top.name) throw new Error(`</${top.name}> expected, ${tag} found.`);
      stack.pop();
      stack.at(-1)?.children.push(top);
    } else {
      stack.push(opened(tag));
    }
  }
  const [root] = stack;
  const only = root?.children[0];
  if (stack.length !== 1 || root?.children.length !== 1 || !only) throw new Error('Not one closed root.');
  return only;
}

export function allOf(root: Element, name: string): readonly Element[] {
  return [...(root.name === name ? [root] : []), ...root.children.flatMap((child) => allOf(child, name))];
}

export function firstOf(root: Element, name: string): Element | undefined {
  return allOf(root, name)[0];
}

function opened(tag: string): Open {
  const match = /^([A-Z]+)((?: [A-Z]+="[^"<>]*")*)$/.exec(tag);
  if (!match?.[1]) throw new Error(`Not a plain tag: ${tag}`);
  const attributes: Record<string, string> = {};
  for (const [, name = '', value = ''] of (match[2] ?? '').matchAll(/ ([A-Z]+)="([^"]*)"/g))
    attributes[name] = resolved(value);
  return { name: match[1], attributes, children: [], text: '' };
}

function resolved(text: string): string {
  // oxlint-disable-next-line no-control-regex -- That none can be in there is what is looked at.
  if (/[\u0000-\u001f]/.test(text)) throw new Error('A control character.');
  return text.replace(/&([^;]*);?/g, (whole, name: string) => {
    const one = ENTITIES[name];
    if (one === undefined || !whole.endsWith(';')) throw new Error(`Not an entity: ${whole}`);
    return one;
  });
}
