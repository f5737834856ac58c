// Reads a tar and a zip held in memory, without a dependency.
import zlib from 'node:zlib';

const TAR_BLOCK = 512;
const ZIP_END = 0x06054b50;
const ZIP_END_LENGTH = 22;
const ZIP_ENTRY_LENGTH = 46;
const ZIP_LOCAL_LENGTH = 30;

/** The first file of a tar (ustar) whose name ends with `suffix`. */
export function tarFile(tar, suffix) {
  for (let at = 0; at + TAR_BLOCK <= tar.length;) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    if (!name) break;
    const size = Number.parseInt(tar.toString('ascii', at + 124, at + 136), 8);
    if (name.endsWith(suffix)) return tar.subarray(at + TAR_BLOCK, at + TAR_BLOCK + size);
    at += TAR_BLOCK + Math.ceil(size / TAR_BLOCK) * TAR_BLOCK;
  }
  throw new Error(`There is no ${suffix} file in the archive.`);
}

/** Every entry of a zip: name, mode, crc and a function that unpacks it. */
export function* zipEntries(zip) {
  let end = zip.length - ZIP_END_LENGTH;
  while (end >= 0 && zip.readUInt32LE(end) !== ZIP_END) end--;
  if (end < 0) throw new Error('The zip has no end record: it is cut off.');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    const nameLength = zip.readUInt16LE(at + 28);
    const offset = at;
    yield {
      name: zip.toString('utf8', at + ZIP_ENTRY_LENGTH, at + ZIP_ENTRY_LENGTH + nameLength),
      mode: zip.readUInt32LE(at + 38) >>> 16,
      crc: zip.readUInt32LE(at + 16),
      data: () => unpack(zip, offset),
    };
    at += ZIP_ENTRY_LENGTH + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

function unpack(zip, at) {
  const local = zip.readUInt32LE(at + 42);
  const start = local + ZIP_LOCAL_LENGTH + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const raw = zip.subarray(start, start + zip.readUInt32LE(at + 20));
  const data = zip.readUInt16LE(at + 10) === 0 ? raw : zlib.inflateRawSync(raw);
  if (zlib.crc32 && zlib.crc32(data) !== zip.readUInt32LE(at + 16))
    throw new Error('The zip is damaged: a checksum is wrong.');
  return data;
}
