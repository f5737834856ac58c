import { fromBase64, sameBytes, utf8 } from '#domain/registry/bytes.ts';
import { isConsistent, isIncluded, leafHash } from '#domain/registry/merkle.ts';
import { keyIdOf, readCheckpoint, readNote, readProof, type Checkpoint } from '#domain/registry/notes.ts';
import type { LogKeys, LogOutcome, RegistryLink } from '../registry-port.ts';
import { call } from './call.ts';
import { isGood, sha256 } from './crypto.ts';

// The log is believed as far as it proves itself: each checkpoint must go on from the one this desktop kept.

type Broken = Extract<LogOutcome, { kind: 'broken' }>;

const broken = (code: Broken['code']): Broken => ({ kind: 'broken', code });

export async function readLog(link: RegistryLink, keys: LogKeys, kept: string | null): Promise<LogOutcome> {
  const asked = await call(link, 'checkpoint');
  if (!asked.ok) return asked;
  const now = checked(asked.value, keys);
  if (isBroken(now)) return now;
  const before = kept === null ? null : checked(kept, keys);
  if (before !== null && isBroken(before)) return before;
  const fault = before === null ? null : await faultBetween(link, before, now);
  return fault ?? { kind: 'ok', checkpoint: asked.value, size: now.size };
}

export async function proveBatch(
  link: RegistryLink,
  keys: LogKeys,
  { batchId, header, kept }: { readonly batchId: string; readonly header: string; readonly kept: string },
): Promise<LogOutcome> {
  const asked = await call(link, 'batchProof', { params: { id: batchId } });
  if (!asked.ok) return asked;
  const proof = readProof(asked.value);
  const own = checked(kept, keys);
  if (proof === null) return broken('NOT-INCLUDED');
  if (isBroken(own)) return own;
  const of = checked(proof.checkpoint, keys);
  if (isBroken(of)) return of;
  const { index, hashes } = proof;
  const leaf = leafHash(sha256, utf8(header));
  if (!isIncluded(sha256, { index, size: of.size, leaf, proof: hashes, root: of.root }))
    return broken('NOT-INCLUDED');
  const [early, late] = of.size <= own.size ? [of, own] : [own, of];
  const fault = await faultBetween(link, early, late);
  return fault ?? { kind: 'ok', checkpoint: kept, size: own.size };
}

/** Null where the later tree begins with the earlier one. */
async function faultBetween(
  link: RegistryLink,
  early: Checkpoint,
  late: Checkpoint,
): Promise<Exclude<LogOutcome, { kind: 'ok' }> | null> {
  if (late.size < early.size) return broken('SHRUNK');
  if (late.size === early.size) return sameBytes(late.root, early.root) ? null : broken('FORK');
  if (early.size === 0) return null;
  const query = { from: String(early.size), to: String(late.size) };
  const asked = await call(link, 'logProof', { query });
  if (!asked.ok) return asked;
  const hashes = asked.value
    .split('\n')
    .filter((line) => line !== '')
    .map(fromBase64);
  const proof = hashes.flatMap((hash) => (hash === null ? [] : [hash]));
  const trees = { first: early.size, second: late.size, firstRoot: early.root, secondRoot: late.root };
  const isWhole = proof.length === hashes.length;
  return isWhole && isConsistent(sha256, { ...trees, proof }) ? null : broken('FORK');
}

function checked(note: string, { origin, verifierKey }: LogKeys): Checkpoint | Broken {
  const read = readNote(note);
  const checkpoint = read && readCheckpoint(read.text);
  if (!read || !checkpoint) return broken('NOTE');
  if (checkpoint.origin !== origin) return broken('ORIGIN');
  const key = keyIn(verifierKey);
  const isSigned = read.signatures.some(
    ({ name, keyId, signature }) =>
      name === origin &&
      key !== null &&
      sameBytes(keyId, keyIdOf(sha256, name, key)) &&
      isGood(key, read.text, signature),
  );
  return isSigned ? checkpoint : broken('NOTE');
}

/** The 32 bytes in `name+hash+base64`, behind the byte that says Ed25519. */
function keyIn(verifierKey: string): Uint8Array | null {
  const bytes = fromBase64(verifierKey.slice(verifierKey.indexOf('+') + 1).replace(/^[0-9a-f]{8}\+/, ''));
  return bytes?.length === 33 && bytes[0] === 1 ? bytes.subarray(1) : null;
}

function isBroken(one: Checkpoint | Broken): one is Broken {
  return 'kind' in one;
}
