import { itemLeaf } from '#domain/registry/batches.ts';
import type { Due } from '#domain/registry/dues.ts';
import { sha256 } from '#registry/crypto.ts';
import type { Store, Tx } from '#registry/store/database.ts';
import { upsertDues, upsertMemberDues, type DueWrite } from '#registry/store/dues.ts';

// The bare statement beside which batches are measured, into tables like the registry's own.

/** As the driver sends lists by itself; with the lists as we send them; so, and into both tables where a due stands. */
export type Into = 'plain' | 'packed' | 'rows';

/** Each inner list is what one connection sends, 500 to a transaction; milliseconds of each. */
export function floorOf(
  store: Store,
  said: readonly (readonly (readonly Due[])[])[],
  into: Into,
): () => Promise<readonly number[]> {
  const rows = said.map((batches) => batches.map((dues) => dues.map(writeOf)));
  return () => floor(store, rows, into);
}

async function floor(
  store: Store,
  said: readonly (readonly (readonly DueWrite[])[])[],
  into: Into,
): Promise<readonly number[]> {
  const times: number[] = [];
  await Promise.all(
    said.map(async (batches, at) => {
      for (const dues of batches) {
        const wish = {
          memberNo: at + 1,
          batchId: '01900000-0000-7000-8000-000000000000',
          at: Date.now(),
          dues,
        };
        const start = performance.now();
        await store.transaction(async (tx) => {
          await upsertDues(bare(tx, into, dues), wish);
          if (into === 'rows') await upsertMemberDues(bare(tx, into, dues), wish);
        });
        times.push(performance.now() - start);
      }
    }),
  );
  return times;
}

function bare(tx: Tx, into: Into, dues: readonly DueWrite[]): Tx {
  return {
    rows: (query) =>
      tx.rows({
        ...query,
        ...(into === 'plain' && { values: [...(query.values ?? []).slice(0, 3), ...listsOf(dues)] }),
        name: `${into} ${query.name}`,
        text: query.text.replace(/INTO (due|member_due)/, `INTO ${into}_$1`),
      }),
  };
}

/** In the order of upsertDues. */
function listsOf(dues: readonly DueWrite[]): readonly (readonly unknown[])[] {
  const columns = [
    ...([
      'subjectKey',
      'dueRef',
      'ver',
      'state',
      'entity',
      'invoiceDay',
      'dueDay',
      'amountPaise',
      'openPaise',
    ] as const),
    ...([
      'settledDay',
      'evidence',
      'evidenceHash',
      'consentId',
      'subject',
      'salt',
      'itemAt',
      'content',
      'isHeld',
    ] as const),
  ];
  return columns.map((column) => dues.map((due) => due[column]));
}

function writeOf(of: Due, itemAt: number): DueWrite {
  const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
  return {
    ...of,
    subjectKey: bytes((of.subject.pan ?? '').slice(3)),
    dueRef: bytes(of.dueRef),
    ver: 2 ** 32 + of.rev,
    entity: of.subject.entity,
    evidence: of.evidence.g,
    evidenceHash: bytes(of.evidence.h ?? ''),
    consentId: null,
    subject: JSON.stringify(of.subject),
    salt: bytes(of.salt),
    itemAt,
    content: Buffer.from(itemLeaf(sha256, of)),
    judged: Buffer.from(itemLeaf(sha256, of)).subarray(0, 16),
    isHeld: false,
  };
}
