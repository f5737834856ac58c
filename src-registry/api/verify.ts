import { timingSafeEqual, type KeyObject } from 'node:crypto';
import {
  judgeTime,
  readSignature,
  readSignatureInput,
  signatureBase,
  type SignedRequest,
} from '#domain/registry/signatures.ts';
import type { Day } from '#domain/days.ts';
import { indiaDayOf, instant } from '../clock.ts';
import { isSignedSoon, publicKeyOf, sha256 } from '../crypto.ts';
import { deviceNoOf, memberNoOf } from '../members/member-id.ts';
import { statusOn, type MemberPurpose, type MemberStatus } from '../members/status.ts';
import type { Store } from '../store/database.ts';
import { admitting } from '../store/admitting.ts';
import { admitCaller, callerOf } from '../store/devices.ts';
import { ProblemError } from './problem.ts';

/** A member whose device signed this very request. */
export type Caller = {
  readonly memberNo: number;
  readonly deviceNo: number;
  readonly epoch: number;
  readonly status: MemberStatus;
  readonly joinedOn: Day;
  readonly purpose: MemberPurpose;
  /** When others last saw something of his; null where they never did. */
  readonly contributedOn: Day | null;
};

/** What of a request is signed, as it came over the wire. */
export type Incoming = {
  readonly method: string;
  readonly authority: string;
  /** Path with its query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The bytes as sent, still compressed; null for a request without a body. */
  readonly body: Uint8Array | null;
};

/** Longer than a signature can hold: created up to five minutes ahead, and five minutes from then. */
const NONCE_KEEP_MS = 11 * 60_000;

/** Throws a problem unless a device that is enrolled signed this request, now, and for the first time. */
export async function verifyCaller(
  store: Store,
  incoming: Incoming,
  { now, isDurable = false }: { readonly now: number; readonly isDurable?: boolean },
): Promise<Caller> {
  const hasBody = incoming.body !== null;
  const terms = readSignatureInput(headerOf(incoming, 'signature-input'), hasBody);
  const signature = bytesOf(readSignature(headerOf(incoming, 'signature')));
  if (terms === null || signature === null) throw bad('The request is not signed as the registry asks.');
  const time = judgeTime(terms, Math.floor(now / 1000));
  if (time === 'clock_skew')
    throw new ProblemError('clock_skew', 'The clock of the device differs by more than five minutes.', {
      server_time: instant(now),
    });
  if (time === 'expired') throw bad('The signature is of an earlier time.');
  const request = signedRequest(incoming);
  const device = deviceNamed(terms.keyId);
  const key = device && (await keyOfDevice(store, device));
  if (!device || !key) throw unknownKey();
  const base = Buffer.from(signatureBase(request, terms), 'utf8');
  if (!(await isSignedSoon(key, base, signature))) throw bad('The signature is not that of the device.');
  const nonce = Buffer.from(terms.nonce, 'base64url');
  // A nonce that a crash forgets lets a request be made twice. Nearly every one that writes has an id that counts once.
  const wish = { ...device, nonce, expiresAt: now + NONCE_KEEP_MS };
  const row = await (isDurable ? admitCaller(store, wish) : admitting(store)(wish));
  if (row === null) throw unknownKey();
  if (row.revoked_at !== null)
    throw new ProblemError('revoked_key', 'This device was taken off the membership.');
  if (!row.is_new) throw new ProblemError('replayed', 'This very request was made before.');
  const status = statusOn(row.status, row.probation_until, indiaDayOf(now));
  const { epoch, joined_on: joinedOn, purpose, contributed_on: contributedOn } = row;
  return { ...device, epoch, status, joinedOn, purpose, contributedOn };
}

function unknownKey(): ProblemError {
  return new ProblemError('unknown_key', 'No device of a member has this key.');
}

function bad(sentence: string): ProblemError {
  return new ProblemError('bad_signature', sentence);
}

function headerOf({ headers }: Incoming, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

function signedRequest(incoming: Incoming): SignedRequest {
  const { method, authority, target, body } = incoming;
  const at = target.indexOf('?');
  const [path, query] = at < 0 ? [target, '?'] : [target.slice(0, at), target.slice(at)];
  if (body === null) return { method, authority, path, query, contentDigest: null, idempotencyKey: null };
  const contentDigest = headerOf(incoming, 'content-digest');
  if (!isDigestOf(body, contentDigest)) throw bad('The body is not the one that was signed.');
  return {
    method,
    authority,
    path,
    query,
    contentDigest,
    idempotencyKey: headerOf(incoming, 'idempotency-key'),
  };
}

/** Of base64 in its one right form: no stray bits. */
function bytesOf(base64: string | null): Uint8Array | null {
  const bytes = Buffer.from(base64 ?? '', 'base64');
  return base64 !== null && bytes.toString('base64') === base64 ? bytes : null;
}

/** The one form of RFC 9530 that the profile allows: `sha-256=:…:`. */
function isDigestOf(body: Uint8Array, header: string): boolean {
  const digest = sha256(body);
  const said = Buffer.from(/^sha-256=:([A-Za-z0-9+/]{43}=):$/.exec(header)?.[1] ?? '', 'base64');
  return said.length === digest.length && timingSafeEqual(said, digest);
}

type Device = { readonly memberNo: number; readonly deviceNo: number };

function deviceNamed(keyId: string): Device | null {
  const [member = '', device = ''] = keyId.split('/');
  const [memberNo, deviceNo] = [memberNoOf(member), deviceNoOf(device)];
  return memberNo === null || deviceNo === null ? null : { memberNo, deviceNo };
}

/** The key of a device never changes: it is read once. Whether the device may still call is read each time. */
const KEYS_MOST = 50_000;
const keysOf = new WeakMap<Store, Map<string, KeyObject>>();

async function keyOfDevice(store: Store, { memberNo, deviceNo }: Device): Promise<KeyObject | null> {
  const keys = keysOf.get(store) ?? new Map<string, KeyObject>();
  keysOf.set(store, keys);
  const name = `${memberNo}/${deviceNo}`;
  const known = keys.get(name);
  if (known) return known;
  const row = await callerOf(store, memberNo, deviceNo);
  if (row === null) return null;
  const [oldest] = keys.keys();
  if (keys.size >= KEYS_MOST && oldest !== undefined) keys.delete(oldest);
  const key = publicKeyOf(row.public_key);
  keys.set(name, key);
  return key;
}
