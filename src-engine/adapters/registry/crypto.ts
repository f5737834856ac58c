import {
  createHash,
  createHmac,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  randomBytes,
  sign,
  verify,
} from 'node:crypto';
import { fromBase64Url, toBase64Url } from '#domain/registry/bytes.ts';
import type { RegistryKeys } from '../registry-port.ts';

// Ed25519 by node:crypto. Keys are the bare 32 bytes, as the wire writes them; Node wants a few bytes before them.

const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');
const KEY_BYTES = 32;
const SIGNATURE_BYTES = 64;
const REF_BYTES = 16;

export function newKeys(): RegistryKeys {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PRIVATE_HEAD.length);
  const open = publicKey.export({ format: 'der', type: 'spki' }).subarray(PUBLIC_HEAD.length);
  return {
    seed: toBase64Url(seed),
    publicKey: toBase64Url(open),
    refSecret: toBase64Url(randomBytes(KEY_BYTES)),
  };
}

export function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest();
}

export function signed(seed: string, text: string): Uint8Array {
  const der = Buffer.concat([PRIVATE_HEAD, Buffer.from(seed, 'base64url')]);
  return sign(null, Buffer.from(text, 'utf8'), createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
}

/** False for a key or a signature of another length, too. */
export function isGood(publicKey: Uint8Array | null, text: string, signature: Uint8Array | null): boolean {
  if (publicKey?.length !== KEY_BYTES || signature?.length !== SIGNATURE_BYTES) return false;
  const key = createPublicKey({
    key: Buffer.concat([PUBLIC_HEAD, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, Buffer.from(text, 'utf8'), key, signature);
}

export function refOf(refSecret: string, text: string): string {
  const mac = createHmac('sha256', Buffer.from(refSecret, 'base64url')).update(text, 'utf8').digest();
  return toBase64Url(mac.subarray(0, REF_BYTES));
}

export function bytesOf(base64Url: unknown): Uint8Array | null {
  return typeof base64Url === 'string' ? fromBase64Url(base64Url) : null;
}

/** RFC 9562, 5.7: 48 bits of time, the rest by chance. */
export function uuidV7(now: number): string {
  const bytes = randomBytes(16);
  bytes.writeUIntBE(now, 0, 6);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
