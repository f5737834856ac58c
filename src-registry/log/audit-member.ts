import { addDays, type Day } from '#domain/days.ts';
import { itemLeaf } from '#domain/registry/batches.ts';
import { epochOf, readItem, type Due } from '#domain/registry/dues.ts';
import { leafHash } from '#domain/registry/merkle.ts';
import { isAgedOut } from '#domain/registry/visibility.ts';
import { sha256 } from '../crypto.ts';
import { indiaDayOf } from '../clock.ts';
import { leafBytes } from '../consents/answering.ts';
import { keyOfToken, tokenOfKey } from '../ids.ts';
import {
  artefactsOf,
  batchesAfter,
  deviceKeys,
  duesUnder,
  erasedOf,
  memberDuesAll,
  type AuditDue,
  type AuditMemberDue,
} from '../store/audit.ts';
import type { Tx } from '../store/database.ts';
import { auditBatch, type Said } from './audit-batch.ts';
import type { AuditWish, Faults } from './audit.ts';

const BATCHES_A_PAGE = 100;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
/** A withdrawn due is erased after this many days. */
const WITHDRAWN_KEEP_DAYS = 30;

export type AuditedMember = {
  /** Hashes of what stands in the log for him, as hex. */
  readonly leaves: readonly string[];
  readonly batchCount: number;
  readonly dueCount: number;
  readonly memberDueCount: number;
};

type Expected = Said & {
  /** When it was said first, UTC milliseconds; and the day on which its newest version came. */
  readonly firstAt: number;
  readonly lastDay: Day;
};

/** Everything that one member said, said again from his signed batches, and compared with what stands there. */
export async function auditMember(
  tx: Tx,
  memberNo: number,
  wish: AuditWish,
  faults: Faults,
): Promise<AuditedMember> {
  const keys = new Map((await deviceKeys(tx, memberNo)).map((row) => [row.device_no, row.public_key]));
  const expected = new Map<string, Expected>();
  const places = new Set<string>();
  const leaves: string[] = [];
  let [batchCount, isWhole] = [0, true];
  for (let after = FIRST_ID; ;) {
    const page = await batchesAfter(tx, memberNo, after, BATCHES_A_PAGE);
    for (const row of page) {
      const { said, hasBody } = auditBatch(row, { memberNo, keys, wish, faults });
      if (!hasBody) isWhole = false;
      leaves.push(hexOf(leafHash(sha256, Buffer.from(row.header, 'utf8'))));
      for (const one of said) {
        places.add(`${row.batch_id} ${one.itemAt} ${one.content}`);
        keepNewest(expected, one, row.received_at);
      }
    }
    batchCount += page.length;
    const last = page.at(-1);
    if (last === undefined || page.length < BATCHES_A_PAGE) break;
    after = last.batch_id;
  }
  for (const { artefact } of await artefactsOf(tx, memberNo))
    leaves.push(hexOf(leafHash(sha256, leafBytes(JSON.parse(artefact)))));
  const own = await memberDuesAll(tx, memberNo);
  const subjects = new Set([
    ...own.map((row) => tokenOfKey(row.subject_key)),
    ...[...expected.values()].map((one) => one.subject),
  ]);
  const subjectKeys = [...subjects].map(keyOfToken);
  const dues = await duesUnder(tx, memberNo, subjectKeys);
  const erased = new Set((await erasedOf(tx, subjectKeys)).map(tokenOfKey));
  compareDues(dues, { expected, places, isWhole, faults });
  compareOwn(own, { expected, isWhole, faults });
  const there = [new Set(dues.map(keyOf)), new Set(own.map(keyOf))];
  for (const [key, one] of expected)
    if (
      !there.every((keysThere) => keysThere.has(key)) &&
      !erased.has(one.subject) &&
      !isRightlyGone(one, wish.today)
    )
      faults.add('due-missing');
  return { leaves, batchCount, dueCount: dues.length, memberDueCount: own.length };
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

function keyOf(row: { readonly due_ref: Buffer; readonly subject_key: Buffer }): string {
  return `${row.due_ref.toString('base64url')} ${tokenOfKey(row.subject_key)}`;
}

/** When it came first is kept, too: the row is from then. */
function keepNewest(expected: Map<string, Expected>, said: Said, receivedAt: number): void {
  const key = `${said.due.dueRef} ${said.subject}`;
  const before = expected.get(key);
  const firstAt = Math.min(before?.firstAt ?? receivedAt, receivedAt);
  const newest = before !== undefined && before.ver >= said.ver ? before : said;
  const lastDay = newest === said ? indiaDayOf(receivedAt) : (before?.lastDay ?? indiaDayOf(receivedAt));
  expected.set(key, { ...newest, firstAt, lastDay });
}

function isRightlyGone({ due, lastDay }: Expected, today: Day): boolean {
  if (due.state === 'withdrawn') return today >= addDays(lastDay, WITHDRAWN_KEEP_DAYS);
  return isAgedOut({ ...due, entity: due.subject.entity }, today);
}

type Compare = {
  readonly expected: ReadonlyMap<string, Expected>;
  readonly isWhole: boolean;
  readonly faults: Faults;
};

function compareDues(
  rows: readonly AuditDue[],
  { expected, places, isWhole, faults }: Compare & { readonly places: ReadonlySet<string> },
): void {
  for (const row of rows) {
    const due = dueOf(row);
    const content = row.content.toString('base64url');
    const isOwnLeaf = due !== null && Buffer.from(itemLeaf(sha256, due)).equals(row.content);
    const said = expected.get(keyOf(row));
    if (!isOwnLeaf || due?.subject.entity !== row.entity) faults.add('due-changed');
    else if (said === undefined) {
      // Its batch may be one whose body was kept long enough.
      if (isWhole) faults.add('due-unexplained');
    } else if (
      said.ver !== row.ver ||
      said.content !== content ||
      !places.has(`${row.batch_id} ${row.item_at} ${content}`) ||
      (isWhole && said.firstAt !== row.reported_at)
    )
      faults.add('due-changed');
  }
}

function compareOwn(rows: readonly AuditMemberDue[], { expected, isWhole, faults }: Compare): void {
  for (const row of rows) {
    const said = expected.get(keyOf(row));
    if (said === undefined) {
      if (isWhole) faults.add('due-unexplained');
      continue;
    }
    const { due, ver, content } = said;
    const isSame =
      row.ver === ver &&
      row.content.toString('base64url') === content &&
      row.state === due.state &&
      row.settled_on === due.settledDay &&
      row.open_p === due.openPaise;
    if (!isSame) faults.add('due-changed');
  }
}

/** The item that a row was made from; null where it can have been none. */
function dueOf(row: AuditDue): Due | null {
  let subject: unknown;
  try {
    subject = JSON.parse(row.subject);
  } catch {
    return null;
  }
  const text = (bytes: Buffer | null): string | null => bytes?.toString('base64url') ?? null;
  const basis =
    row.basis_consent === null ? { basis: 'entity' } : { basis: 'consent', id: row.basis_consent };
  const read = readItem([
    text(row.due_ref),
    text(row.salt),
    subject,
    row.ver - epochOf(row.ver) * 2 ** 32,
    row.state,
    row.invoice_on,
    row.due_on,
    row.amount_p,
    row.open_p,
    row.settled_on,
    {
      g: row.evidence,
      h: text(row.evidence_hash),
    },
    basis,
  ]);
  return typeof read === 'string' ? null : read;
}
