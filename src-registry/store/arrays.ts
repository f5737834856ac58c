import { dayNumber, type Day } from '#domain/days.ts';

// Lists as PostgreSQL's own binary arrays, which the driver sends as they are: a batch's five hundred rows are neither spelled
// out as text here nor read again there. One dimension, counted from one; null where an element is null.

/** OIDs of PostgreSQL's catalogue, the same in every version. */
const OIDS = { boolean: 16, bytea: 17, bigint: 20, integer: 23, text: 25, date: 1082, uuid: 2950 } as const;
const HEAD_BYTES = 20;
const LENGTH_BYTES = 4;
const NULL_LENGTH = -1;

type Kind<Item> = {
  readonly oid: number;
  readonly bytesOf: (item: Item) => number;
  readonly write: (into: Buffer, item: Item, at: number) => void;
};

function arrayOf<Item>(items: readonly (Item | null)[], { oid, bytesOf, write }: Kind<Item>): Buffer {
  const sizes = items.map((item) => (item === null ? NULL_LENGTH : bytesOf(item)));
  const length = sizes.reduce((sum, size) => sum + LENGTH_BYTES + Math.max(0, size), HEAD_BYTES);
  const into = Buffer.allocUnsafe(length);
  into.writeInt32BE(1, 0);
  into.writeInt32BE(Number(sizes.includes(NULL_LENGTH)), 4);
  into.writeInt32BE(oid, 8);
  into.writeInt32BE(items.length, 12);
  into.writeInt32BE(1, 16);
  let at = HEAD_BYTES;
  for (const [index, item] of items.entries()) {
    const size = sizes[index] ?? NULL_LENGTH;
    into.writeInt32BE(size, at);
    at += LENGTH_BYTES;
    if (item === null) continue;
    write(into, item, at);
    at += size;
  }
  return into;
}

const BYTEA: Kind<Uint8Array> = {
  oid: OIDS.bytea,
  bytesOf: ({ length }) => length,
  write: (into, item, at) => into.set(item, at),
};
const TEXT: Kind<string> = {
  oid: OIDS.text,
  bytesOf: (item) => Buffer.byteLength(item),
  write: (into, item, at) => into.write(item, at),
};
const UUID: Kind<string> = {
  oid: OIDS.uuid,
  bytesOf: () => 16,
  write: (into, item, at) => into.write(item.replaceAll('-', ''), at, 'hex'),
};
const BIGINT: Kind<number> = {
  oid: OIDS.bigint,
  bytesOf: () => 8,
  write: (into, item, at) => {
    // The larger half may be negative; the smaller is what is left above it.
    const high = Math.floor(item / 2 ** 32);
    into.writeInt32BE(high, at);
    into.writeUInt32BE(item - high * 2 ** 32, at + 4);
  },
};
const INTEGER: Kind<number> = {
  oid: OIDS.integer,
  bytesOf: () => 4,
  write: (into, item, at) => into.writeInt32BE(item, at),
};
const DAYS_TO_2000 = 10_957;
const DATE: Kind<Day> = {
  oid: OIDS.date,
  bytesOf: () => 4,
  write: (into, item, at) => into.writeInt32BE(dayNumber(item) - DAYS_TO_2000, at),
};
const BOOLEAN: Kind<boolean> = {
  oid: OIDS.boolean,
  bytesOf: () => 1,
  write: (into, item, at) => into.writeUInt8(Number(item), at),
};

export const byteas = (items: readonly (Uint8Array | null)[]): Buffer => arrayOf(items, BYTEA);
export const texts = (items: readonly (string | null)[]): Buffer => arrayOf(items, TEXT);
export const uuids = (items: readonly (string | null)[]): Buffer => arrayOf(items, UUID);
/** Whole numbers up to 2^53. */
export const bigints = (items: readonly number[]): Buffer => arrayOf(items, BIGINT);
export const integers = (items: readonly number[]): Buffer => arrayOf(items, INTEGER);
export const dates = (items: readonly (Day | null)[]): Buffer => arrayOf(items, DATE);
export const booleans = (items: readonly (boolean | null)[]): Buffer => arrayOf(items, BOOLEAN);
