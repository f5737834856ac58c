import { crc32, deflateRawSync } from 'node:zlib';

export type ZipWish = {
  readonly isPacked?: boolean;
  readonly isWide?: boolean;
  readonly isLocked?: boolean;
  /** Sizes stand behind the bytes, as programs that stream write them. */
  readonly isStreamed?: boolean;
  readonly method?: number;
};

/** A zip of the given parts, written the way the wish says: packed, zip64, streamed, locked. */
export function madeZip(
  parts: readonly (readonly [string, string | Uint8Array])[],
  wish: ZipWish = {},
): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const [name, content] of parts) {
    const plain = Buffer.from(content);
    const body = wish.isPacked === false ? plain : deflateRawSync(plain);
    const method = wish.method ?? (wish.isPacked === false ? 0 : 8);
    const flags = (wish.isLocked ? 1 : 0) | (wish.isStreamed ? 8 : 0);
    const sizes = { sum: crc32(plain), packed: body.length, size: plain.length };
    const nameBytes = Buffer.from(name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(flags, 6);
    local.writeUInt16LE(method, 8);
    if (!wish.isStreamed) {
      local.writeUInt32LE(sizes.sum, 14);
      local.writeUInt32LE(sizes.packed, 18);
      local.writeUInt32LE(sizes.size, 22);
    }
    local.writeUInt16LE(nameBytes.length, 26);
    const tail = Buffer.alloc(wish.isStreamed ? 16 : 0);
    if (wish.isStreamed) {
      tail.writeUInt32LE(0x08074b50, 0);
      tail.writeUInt32LE(sizes.sum, 4);
      tail.writeUInt32LE(sizes.packed, 8);
      tail.writeUInt32LE(sizes.size, 12);
    }
    directory.push(directoryEntry({ nameBytes, flags, method, at, ...sizes }, wish.isWide === true));
    pieces.push(local, nameBytes, body, tail);
    at += local.length + nameBytes.length + body.length + tail.length;
  }
  const list = Buffer.concat(directory);
  return Buffer.concat([...pieces, list, endOf({ count: parts.length, size: list.length, at }, wish.isWide)]);
}

type Entry = {
  readonly nameBytes: Buffer;
  readonly flags: number;
  readonly method: number;
  readonly at: number;
  readonly sum: number;
  readonly packed: number;
  readonly size: number;
};

function directoryEntry({ nameBytes, flags, method, at, sum, packed, size }: Entry, isWide: boolean): Buffer {
  const extra = Buffer.alloc(isWide ? 28 : 0);
  if (isWide) {
    extra.writeUInt16LE(1, 0);
    extra.writeUInt16LE(24, 2);
    extra.writeBigUInt64LE(BigInt(size), 4);
    extra.writeBigUInt64LE(BigInt(packed), 12);
    extra.writeBigUInt64LE(BigInt(at), 20);
  }
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(flags, 8);
  head.writeUInt16LE(method, 10);
  head.writeUInt32LE(sum, 16);
  head.writeUInt32LE(isWide ? 0xffffffff : packed, 20);
  head.writeUInt32LE(isWide ? 0xffffffff : size, 24);
  head.writeUInt16LE(nameBytes.length, 28);
  head.writeUInt16LE(extra.length, 30);
  head.writeUInt32LE(isWide ? 0xffffffff : at, 42);
  return Buffer.concat([head, nameBytes, extra]);
}

type End = { readonly count: number; readonly size: number; readonly at: number };

function endOf({ count, size, at }: End, isWide = false): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(isWide ? 0xffff : count, 10);
  end.writeUInt32LE(isWide ? 0xffffffff : size, 12);
  end.writeUInt32LE(isWide ? 0xffffffff : at, 16);
  if (!isWide) return end;
  const wide = Buffer.alloc(56);
  wide.writeUInt32LE(0x06064b50, 0);
  wide.writeBigUInt64LE(BigInt(count), 32);
  wide.writeBigUInt64LE(BigInt(size), 40);
  wide.writeBigUInt64LE(BigInt(at), 48);
  const place = Buffer.alloc(20);
  place.writeUInt32LE(0x07064b50, 0);
  place.writeBigUInt64LE(BigInt(at + size), 8);
  return Buffer.concat([wide, place, end]);
}

/** The parts of a workbook of one sheet called "S". */
export function bookParts(
  sheet: string,
  more: readonly (readonly [string, string])[] = [],
): readonly (readonly [string, string])[] {
  return [
    ['xl/workbook.xml', '<workbook><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>'],
    [
      'xl/_rels/workbook.xml.rels',
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>',
    ],
    ['xl/worksheets/sheet1.xml', sheet],
    ...more,
  ];
}
