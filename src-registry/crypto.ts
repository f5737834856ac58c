import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';

// Ed25519 and SHA-256 of node:crypto. Public keys are the bare 32 bytes, private ones the 32 of their seed.

const PUBLIC_HEAD = Buffer.from('302a300506032b6570032100', 'hex');
const PRIVATE_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

export const PUBLIC_KEY_BYTES = 32;
export const SIGNATURE_BYTES = 64;

export function sha256(bytes: Uint8Array): Uint8Array {
  return hash('sha256', bytes, 'buffer');
}

/**
 * The points of small order, without the sign bit: 0, 1 and -1 and the two of order 8, with 0 and 1 spelt once more above the
 * prime. By the plain equation a signature under one of them may hold for anything; OpenSSL takes none, but whoever audits
 * what members signed may use another program.
 */
const SMALL_ORDER = new Set([
  '00'.repeat(32),
  `01${'00'.repeat(31)}`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  `ec${'ff'.repeat(30)}7f`,
  `ed${'ff'.repeat(30)}7f`,
  `ee${'ff'.repeat(30)}7f`,
]);

/** Whether this is no key that somebody alone could have. */
export function isWeakKey(raw: Uint8Array): boolean {
  const plain = Buffer.from(raw);
  if (plain.length !== PUBLIC_KEY_BYTES) return true;
  plain[31] = (plain[31] ?? 0) & 0x7f;
  return SMALL_ORDER.has(plain.toString('hex'));
}

const KEYS_KEPT_MOST = 10_000;
const keys = new Map<string, KeyObject>();

/** Reading a key takes half as long as verifying with it: those of the last callers are kept. */
export function publicKeyOf(raw: Uint8Array): KeyObject {
  const name = Buffer.from(raw).toString('latin1');
  const known = keys.get(name);
  if (known) return known;
  const key = createPublicKey({ key: Buffer.concat([PUBLIC_HEAD, raw]), format: 'der', type: 'spki' });
  if (keys.size >= KEYS_KEPT_MOST) keys.clear();
  keys.set(name, key);
  return key;
}

export type SigningKey = {
  readonly publicKey: Uint8Array;
  readonly sign: (bytes: Uint8Array) => Uint8Array;
};

export function signingKey(seed: Uint8Array): SigningKey {
  const key = createPrivateKey({ key: Buffer.concat([PRIVATE_HEAD, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(PUBLIC_HEAD.length);
  return { publicKey: new Uint8Array(publicKey), sign: (bytes) => new Uint8Array(sign(null, bytes, key)) };
}

export function newSeed(): Uint8Array {
  const { privateKey } = generateKeyPairSync('ed25519');
  return new Uint8Array(privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PRIVATE_HEAD.length));
}

/** False for a key or signature of another length, too. */
export function isSigned(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): boolean {
  return signature.length === SIGNATURE_BYTES && verify(null, bytes, key, signature);
}

/** The same on another thread: a tenth of a millisecond for each request that this one has for others. */
export function isSignedSoon(key: KeyObject, bytes: Uint8Array, signature: Uint8Array): Promise<boolean> {
  if (signature.length !== SIGNATURE_BYTES) return Promise.resolve(false);
  return new Promise((resolve, reject) => {
    verify(null, bytes, key, signature, (error, isRight) => {
      if (error) reject(error);
      else resolve(isRight);
    });
  });
}
