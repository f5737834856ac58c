import type { BodyOf } from '#contract/registry.ts';
import { addDays, isDay, type Day } from '#domain/days.ts';
import { batchRoot, headerLine, plainLeaf, readFullItem, type FullItem } from '#domain/registry/batches.ts';
import { itemText, readItem, versionOf, type Due } from '#domain/registry/dues.ts';
import type { Stated } from '#domain/registry/merge.ts';
import { keyVersionOf, subjectKey } from '#domain/registry/subjects.ts';
import type { ItemErrorCode } from '#domain/registry/words.ts';
import { ProblemError } from '../api/problem.ts';
import type { Caller } from '../api/verify.ts';
import { KEY_VERSION } from '../blinder/blind.ts';
import { sha256 } from '../crypto.ts';
import { memberIdOf } from '../members/member-id.ts';
import type { Registry } from '../registry.ts';

export type ItemError = { readonly i: number; readonly code: ItemErrorCode };
export type Named = { readonly at: number; readonly item: FullItem };

/** A batch whose root is right; whether its device signed it is judged with the device's key at hand. */
export type ReadBatch = {
  readonly body: BodyOf<'sendBatch'>;
  readonly asOf: Day;
  /** What was signed, and the leaf of the log. */
  readonly line: Buffer;
  readonly signature: Buffer;
  /** The same batch again has the same digest, however it was packed. */
  readonly digest: Uint8Array;
  readonly stated: readonly Stated[];
  readonly named: readonly Named[];
  readonly errors: readonly ItemError[];
};

export function readBatch(
  { origin, today }: Pick<Registry, 'origin' | 'today'>,
  { memberNo }: Pick<Caller, 'memberNo'>,
  body: BodyOf<'sendBatch'>,
): ReadBatch {
  if (body.kv !== KEY_VERSION) throw wrong(`The key version is ${KEY_VERSION}.`, 'kv');
  if (!isDay(body.as_of) || body.as_of > addDays(today(), 1)) throw wrong('This day is not yet.', 'as_of');
  if ((body.kind === 'incremental') !== (body.full_id === null))
    throw wrong('A full reconcile has an id, and nothing else has.', 'full_id');
  const items = readItems(body);
  if (batchRoot(sha256, items.leaves) !== body.root)
    throw new ProblemError('bad_root', 'The root is not the one of these items.', { at: 'body/root' });
  const line = Buffer.from(lineOf(body, { origin, member: memberIdOf(memberNo) }), 'utf8');
  const signature = Buffer.from(body.sig, 'base64url');
  const digest = sha256(Buffer.concat([line, signature]));
  const { stated, named, errors } = items;
  return { body, asOf: body.as_of, line, signature, digest, stated, named, errors };
}

function wrong(sentence: string, field: string): ProblemError {
  return new ProblemError('bad_request', sentence, { at: `body/${field}` });
}

function lineOf(
  body: BodyOf<'sendBatch'>,
  { origin, member }: { readonly origin: string; readonly member: string },
): string {
  const { device, epoch, seq, prev, kind, root, as_of, kv, full_id, items } = body;
  if (!isDay(as_of)) throw wrong('This is no day.', 'as_of');
  const place = { origin, member, device, epoch, seq, prev };
  return headerLine({
    ...place,
    kind,
    fullId: full_id,
    asOf: as_of,
    keyVersion: kv,
    itemCount: items.length,
    root,
  });
}

type ReadItems = Pick<ReadBatch, 'stated' | 'named' | 'errors'> & { readonly leaves: readonly Uint8Array[] };

/** Of an item that was erased only its leaf is kept. */
type Items = Pick<BodyOf<'sendBatch'>, 'kind' | 'epoch'> & {
  readonly items: readonly (string | readonly unknown[])[];
};

/** Also for whoever reads a stored body again: proofs, and the audit. */
export function readItems({ kind, epoch, items }: Items): ReadItems {
  const leaves: Uint8Array[] = [];
  const stated: Stated[] = [];
  const named: Named[] = [];
  const errors: ItemError[] = [];
  for (const [at, item] of items.entries()) {
    if (typeof item === 'string') {
      leaves.push(Buffer.from(item, 'base64url'));
      continue;
    }
    const read = kind === 'incremental' ? readItem(item) : readFullItem(item);
    if (typeof read === 'string') errors.push({ i: at, code: read });
    if (typeof read === 'string' || !('dueRef' in read)) {
      leaves.push(plainLeaf(sha256, item));
      if (typeof read !== 'string') named.push({ at, item: read });
      continue;
    }
    const leaf = fastLeaf(read);
    leaves.push(leaf);
    const subject = subjectKey(read.subject);
    if (subject === null || !isOfVersion(read)) errors.push({ i: at, code: 'wrong_kv' });
    else
      stated.push({
        at,
        due: read,
        subject,
        ver: versionOf(epoch, read.rev),
        content: leaf.toString('base64url'),
      });
  }
  return { leaves, stated, named, errors };
}

const SALT_BYTES = 16;
const ITEM_BYTES_MOST = 4_096;
const scratch = Buffer.alloc(1 + SALT_BYTES + ITEM_BYTES_MOST);

/** The rule's itemLeaf with the machine's own means, at a third of its time: most of a batch's time is this. */
export function fastLeaf(due: Due): Buffer {
  const text = itemText(due);
  scratch[0] = 0;
  scratch.write(due.salt, 1, SALT_BYTES, 'base64url');
  const length = scratch.write(text, 1 + SALT_BYTES, 'utf8');
  return Buffer.from(sha256(scratch.subarray(0, 1 + SALT_BYTES + length)));
}

function isOfVersion({ subject: { pan, gstin, mobile } }: Due): boolean {
  return [pan, gstin, mobile].every((token) => token === null || keyVersionOf(token) === KEY_VERSION);
}
