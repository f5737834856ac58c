// Reads one reply in a process of its own and says what it cost. Run by tally-reading.ts.
import { get, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { TextDecoder } from 'node:util';
import type { TallyVoucher } from '#domain/tally/facts.ts';
import { voucherReader } from '#engine/adapters/tally/readers.ts';
import type { Found, Shape } from '#engine/adapters/tally/shapes.ts';
import { voucherKinds } from '#engine/adapters/tally/voucher-kinds.ts';
import { VOUCHER, voucherOf } from '#engine/adapters/tally/voucher-rows.ts';

/** What was read, so that nobody is fast by leaving out. */
type Sums = { vouchers: number; bills: number; paise: number; letters: number };
type Sink = { readonly push: (chunk: Buffer) => void; readonly end: () => void };

function oursInto(sums: Sums): Sink {
  const reader = voucherReader((voucher) => addUp(sums, voucher), voucherKinds().kindOf);
  return {
    push: reader.push,
    end: () => {
      if (!reader.end().isWhole) throw new Error('The reply was not whole.');
    },
  };
}

function addUp(sums: Sums, voucher: TallyVoucher): void {
  sums.vouchers += 1;
  sums.letters +=
    lettersOf(voucher.partyName, voucher.number, voucher.narration, voucher.reference) +
    lettersOf(voucher.guid, voucher.day, voucher.kind, voucher.typeName);
  sums.paise += voucher.masterId + voucher.alterId;
  for (const line of voucher.lines) {
    sums.paise += Math.abs(line.amountPaise);
    sums.letters += line.ledgerName.length;
    for (const { amountPaise, ref, billDay, dueDay, type } of line.allocations) {
      sums.bills += 1;
      sums.paise += Math.abs(amountPaise) + Number(dueDay?.slice(8) ?? 0);
      sums.letters += lettersOf(ref, billDay, dueDay, type);
    }
  }
}

function lettersOf(...texts: readonly (string | null)[]): number {
  let letters = 0;
  for (const text of texts) letters += text?.length ?? 0;
  return letters;
}

type Tag = { readonly name: string; readonly attributes: Readonly<Record<string, string>> };
type Saxes = {
  readonly on: ((event: 'opentag' | 'closetag', take: (tag: Tag) => void) => void) &
    ((event: 'text', take: (text: string) => void) => void);
  readonly write: (text: string) => void;
  readonly close: () => void;
};

/** What the library's events are gathered into: the same shapes, from which the same facts are read. */
type Level = { readonly found: Found; readonly places: Places; readonly depth: number };
type Places = {
  readonly texts: ReadonlyMap<string, number>;
  readonly attributes: ReadonlyMap<string, readonly (readonly [string, number])[]>;
  readonly lists: ReadonlyMap<string, readonly [number, Places]>;
  readonly empty: () => Found;
};

function placesOf(shape: Shape): Places {
  const attributes = new Map<string, (readonly [string, number])[]>();
  for (const [slot, text] of shape.texts.entries()) {
    const [leaf = '', attribute] = text.split('@');
    if (attribute !== undefined)
      attributes.set(leaf, [...(attributes.get(leaf) ?? []), [attribute, slot] as const]);
  }
  const lists = shape.lists ?? [];
  const noTexts = shape.texts.map((): string | null => null);
  return {
    texts: new Map(shape.texts.map((text, slot) => [text, slot])),
    attributes,
    lists: new Map(lists.map((list, slot) => [list.tag, [slot, placesOf(list)]])),
    empty: () => ({ texts: noTexts.slice(), lists: lists.map(() => []) }),
  };
}

/** Root, BODY, DATA and COLLECTION stand above a voucher; CMPINFO's counter stands as deep, but in DESC. */
const VOUCHER_DEPTH = 5;

/** The library's fastest use: without positions, texts kept only where they are wanted. */
async function saxesInto(sums: Sums): Promise<Sink> {
  const library: { readonly SaxesParser: new (options: { readonly position: boolean }) => Saxes } =
    await import(createRequire(import.meta.url).resolve('saxes'));
  const parser = new library.SaxesParser({ position: false });
  const decoder = new TextDecoder('utf-16le');
  const { kindOf } = voucherKinds();
  const voucher = placesOf(VOUCHER);
  const outer: Level[] = [];
  let level: Level | null = null;
  let [depth, field, text, isInData] = [0, -1, '', false];
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (level === null) {
      if (depth === 3) isInData = name === 'DATA';
      if (depth === VOUCHER_DEPTH && name === 'VOUCHER' && isInData)
        level = { found: voucher.empty(), places: voucher, depth };
      return;
    }
    if (depth !== level.depth + 1) return;
    const { found, places } = level;
    const slot = places.texts.get(name);
    if (slot !== undefined) {
      if (found.texts[slot] !== null) return;
      [field, text] = [slot, ''];
      for (const [attribute, at] of places.attributes.get(name) ?? [])
        found.texts[at] = attributes[attribute]?.trim() ?? null;
      return;
    }
    const list = places.lists.get(name);
    if (list === undefined) return;
    outer.push(level);
    level = { found: list[1].empty(), places: list[1], depth };
  });
  parser.on('text', (piece) => {
    if (field >= 0) text += piece;
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    if (level === null) return;
    if (field >= 0 && depth === level.depth) {
      level.found.texts[field] = text.trim();
      field = -1;
    } else if (depth === level.depth - 1) {
      const { found } = level;
      level = outer.pop() ?? null;
      if (level === null) addUp(sums, voucherOf(found, { first: null }, kindOf));
      else if (found.texts.some(Boolean) || found.lists.some((list) => list.length > 0))
        level.found.lists[level.places.lists.get(name)?.[0] ?? 0]?.push(found);
    }
  });
  return {
    push: (chunk) => parser.write(decoder.decode(chunk, { stream: true })),
    end: () => parser.close(),
  };
}

async function sinkOf(kind: string, sums: Sums): Promise<Sink> {
  if (kind === 'ours') return oursInto(sums);
  if (kind === 'saxes') return saxesInto(sums);
  return { push: (chunk) => void (sums.letters += chunk.length), end: () => undefined };
}

const [kind = '', url = ''] = process.argv.slice(2);
const sums: Sums = { vouchers: 0, bills: 0, paise: 0, letters: 0 };
const sink = await sinkOf(kind, sums);
const response = await new Promise<IncomingMessage>((resolve) => get(url, resolve));
const before = process.cpuUsage();
const startedAt = performance.now();
let byteCount = 0;
await new Promise<void>((resolve, reject) => {
  response.on('data', (chunk: Buffer) => {
    byteCount += chunk.length;
    sink.push(chunk);
  });
  response.on('end', () => resolve());
  response.on('error', reject);
});
sink.end();
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(before);
const rssMb = Math.round(process.resourceUsage().maxRSS / 1000);
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000, rssMb, byteCount, sums }));
