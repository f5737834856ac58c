import { KEY_VERSION } from './blinder/blind.ts';

// Spellings of what the registry names: ids it makes, and the keys under which a subject stands.

/** A UUID of version 7 (RFC 9562, 5.7): the millisecond first, then chance. */
export function uuidV7(now: number, random: Uint8Array): string {
  const bytes = Buffer.alloc(16, random.subarray(0, 16));
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const CHANCE_BYTES = 16;

/** Ids of now, with chance drawn for many at a time: asking the machine for it costs more than the rest. */
export function idMaker(now: () => number, randomBytes: (count: number) => Uint8Array): () => string {
  let chance = randomBytes(0);
  return () => {
    if (chance.length < CHANCE_BYTES) chance = randomBytes(CHANCE_BYTES * 64);
    const part = chance.subarray(0, CHANCE_BYTES);
    chance = chance.subarray(CHANCE_BYTES);
    return uuidV7(now(), part);
  };
}

/** The 32 bytes of a token: what stands in the columns of subjects. The caller has checked its form. */
export function keyOfToken(token: string): Buffer {
  return Buffer.from(token.slice(token.indexOf('.') + 1), 'base64url');
}

export function tokenOfKey(key: Uint8Array): string {
  return `${KEY_VERSION}.${Buffer.from(key).toString('base64url')}`;
}

/** UTC milliseconds that a UUID of version 7 begins with. */
export function timeOfUuid(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}
