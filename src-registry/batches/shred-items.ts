import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { BodyOf } from '#contract/registry.ts';
import { readItem } from '#domain/registry/dues.ts';
import { subjectKey } from '#domain/registry/subjects.ts';
import { tokenOfKey } from '../ids.ts';
import type { Tx } from '../store/database.ts';
import { memberDuesOf } from '../store/dues.ts';
import type { ErasedDue } from '../store/erase-dues.ts';
import { bodiesFrom, setBody } from '../store/kept-bodies.ts';
import { readKeptBody, type KeptBody } from './item-proof.ts';
import { readItems, type ItemError } from './read-batch.ts';

// What was erased stands in the signed bytes as well, in every version that was ever said. There it becomes the hash that
// the batch's root is made of: the root still holds, everything else in the batch can still be proved, and the item is gone.

const BODIES_A_PAGE = 20;
const zip = promisify(gzip);

export async function shredItems(tx: Tx, erased: readonly ErasedDue[]): Promise<void> {
  for (const [memberNo, own] of Map.groupBy(erased, ({ member_no }) => member_no))
    await shredOfMember(tx, memberNo, own);
}

async function shredOfMember(tx: Tx, memberNo: number, erased: readonly ErasedDue[]): Promise<void> {
  const since = Math.min(...erased.map(({ reported_at }) => reported_at));
  const isErased = await matcher(tx, memberNo, erased);
  for (let after: string | null = null; ;) {
    const page = await bodiesFrom(tx, { memberNo, since, after, most: BODIES_A_PAGE });
    for (const { batch_id: batchId, body } of page) {
      const kept = readable(body);
      const shredded = kept === null ? null : await withoutItems(kept, isErased);
      if (shredded !== null) await setBody(tx, { memberNo, batchId, body: shredded });
    }
    const last = page.at(-1);
    if (last === undefined || page.length < BODIES_A_PAGE) return;
    after = last.batch_id;
  }
}

/** Null for what somebody wrote over: the audit says so, and all others are erased as they should be. */
function readable(body: Buffer): KeptBody | null {
  try {
    return readKeptBody(body);
  } catch {
    return null;
  }
}

type Item = KeptBody['items'][number];
type IsErased = (item: Item) => boolean;

/**
 * An item is known by its reference and subject: under another subject the same bill may go on. Where an item names no
 * subject that can be read, as in a reconcile, it goes with the last of its reference.
 */
async function matcher(tx: Tx, memberNo: number, erased: readonly ErasedDue[]): Promise<IsErased> {
  const refs = erased.map(({ due_ref }) => due_ref);
  const left = await memberDuesOf(tx, memberNo, refs);
  const isLeft = new Set(left.map(({ due_ref }) => due_ref.toString('base64url')));
  const gone = new Set(refs.map((ref) => ref.toString('base64url')).filter((ref) => !isLeft.has(ref)));
  const keys = new Set(
    erased.map(({ due_ref, subject_key }) => `${due_ref.toString('base64url')} ${tokenOfKey(subject_key)}`),
  );
  return (item) => {
    if (typeof item === 'string') return false;
    const read = readItem(item);
    if (typeof read === 'string') return gone.has(String(item[0]));
    return keys.has(`${read.dueRef} ${subjectKey(read.subject)}`);
  };
}

/** A batch of news as it is kept where some of it was refused: what stands nowhere else is in its bytes no more than a hash. */
export async function withoutRefused(
  body: BodyOf<'sendBatch'>,
  errors: readonly ItemError[],
): Promise<Uint8Array> {
  const { contacts: _, ...kept } = body;
  const refused = new Set(errors.map(({ i }) => kept.items[i]));
  return (await withoutItems(kept, (item) => typeof item !== 'string' && refused.has(item))) ?? packed(kept);
}

async function withoutItems(body: KeptBody, isErased: IsErased): Promise<Uint8Array | null> {
  if (!body.items.some(isErased)) return null;
  const { leaves } = readItems(body);
  const items = body.items.map((item, at) =>
    isErased(item) ? Buffer.from(leaves[at] ?? []).toString('base64url') : item,
  );
  return await packed({ ...body, items });
}

async function packed(body: KeptBody): Promise<Uint8Array> {
  return await zip(JSON.stringify(body), { level: 1 });
}
