import { Buffer } from 'node:buffer';
import type { ReplyEnd, ReplyReader } from './reply.ts';

/** A probe asks for one day or one list: what is larger is not looked at. */
const BYTES_MOST = 64 * 1024 * 1024;

/** Keeps a reply whole, as a sync never does: what a probe looks for is its shape. */
export type WholeReply = { readonly reader: ReplyReader; readonly text: () => string };

export function wholeReply(): WholeReply {
  const chunks: Uint8Array[] = [];
  let byteCount = 0;
  let text = '';
  return {
    text: () => text,
    reader: {
      push: (chunk) => {
        byteCount += chunk.length;
        if (byteCount <= BYTES_MOST) chunks.push(chunk);
      },
      end: () => {
        text = decoded(Buffer.concat(chunks));
        return endOf(text, byteCount);
      },
    },
  };
}

function decoded(bytes: Buffer): string {
  const isWide = bytes[1] === 0 || (bytes[0] === 0xff && bytes[1] === 0xfe);
  const text = bytes.toString(isWide ? 'utf16le' : 'utf8');
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}

function endOf(text: string, byteCount: number): ReplyEnd {
  const root = /^\s*<([A-Z]+)>/.exec(text)?.[1] ?? null;
  return {
    isWhole: root !== null && byteCount <= BYTES_MOST && text.trimEnd().endsWith(`</${root}>`),
    root,
    status: /<STATUS>\s*(\d)/.exec(text) ? Number(/<STATUS>\s*(\d)/.exec(text)?.[1]) : null,
    lineError: /<LINEERROR>/.test(text) ? 'LINEERROR' : null,
    response: root === 'RESPONSE' ? 'RESPONSE' : null,
    isBare: /^\s*<ENVELOPE>\s*<\/ENVELOPE>\s*$/.test(text),
    rowCount: 0,
    unreadCount: 0,
    firstUnread: null,
    byteCount,
  };
}

/** How often an element stands in a reply, with whatever attributes. */
export function countOf(text: string, tag: string): number {
  return text.split(new RegExp(`<${tag.replace('.', '\\.')}[ >]`)).length - 1;
}

/** Rows bear attributes; what CMPINFO counts under the same name does not. */
export function rowsOf(text: string, tag: string): number {
  return text.split(`<${tag} `).length - 1;
}

/** The bill references of a reply by their kind, in the words of the wire. */
export function billTypesOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [, kind = ''] of text.matchAll(/<BILLTYPE[^>]*>\s*([^<]*?)\s*<\/BILLTYPE>/g)) {
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return counts;
}

/** Opening bills of each ledger, by its GUID: lists that hold only blanks are none. */
export function openingBillsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const row of text.split(/<LEDGER (?=NAME=)/).slice(1)) {
    const guid = /<GUID[^>]*>([^<]*)</.exec(row)?.[1]?.trim() ?? '';
    const lists = row.split('<BILLALLOCATIONS.LIST>').slice(1);
    counts.set(guid, lists.filter((list) => !/^\s*<\/BILLALLOCATIONS\.LIST>/.test(list)).length);
  }
  return counts;
}
