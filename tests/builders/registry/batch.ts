import type { BodyOf } from '#contract/registry.ts';
import { day, type Day } from '#domain/days.ts';
import { batchRoot, headerLine, itemLeaf, plainLeaf } from '#domain/registry/batches.ts';
import { dueItem, readItem, type Basis, type Due } from '#domain/registry/dues.ts';
import type { BatchKind, EntityKind, EvidenceGrade } from '#domain/registry/words.ts';
import { sha256, type SigningKey } from '#registry/crypto.ts';
import { indiaDayOf } from '#registry/clock.ts';
import { uuidV7 } from '#registry/ids.ts';
import { seeEntities, type EntityRow } from '#registry/store/subject-entities.ts';
import { randomBytes } from 'node:crypto';
import type { TestMember } from './member.ts';
import type { TempRegistry } from './temp-registry.ts';

// Batches as a desktop makes them: numbered, chained, hashed and signed.

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');
const seeded = (name: string): Uint8Array => sha256(Buffer.from(name, 'utf8'));

/** Tokens that no blinder gave. */
const made = new Set<string>();

/** A token as the blinder would give, of any name; without going to the blinder. */
export function tokenOf(name: string): string {
  const token = `h1.${text(seeded(name))}`;
  made.add(token);
  return token;
}

/** Puts the made-up tokens of a batch where the registry keeps what it blinded, of the kinds that the items say first. */
export async function asIfBlinded(
  { store, today }: Pick<TempRegistry['registry'], 'store' | 'today'>,
  items: readonly (readonly unknown[])[],
): Promise<void> {
  const seen = items.flatMap((item): EntityRow[] => {
    const read = readItem(item);
    if (typeof read === 'string') return [];
    const { pan, gstin, entity } = read.subject;
    const tokens = [pan, gstin].filter((token) => token !== null && made.has(token));
    return tokens.map((token) => ({
      subject_key: Buffer.from((token ?? '').slice(3), 'base64url'),
      is_person: entity === 'unknown' ? null : entity === 'P',
      holds_pan: false,
    }));
  });
  await seeEntities(store, today(), seen);
}

export function refOf(name: string): string {
  return text(seeded(`ref ${name}`).subarray(0, 16));
}

export type DueWish = Partial<Omit<Due, 'subject' | 'evidence' | 'dueRef'>> & {
  /** Of whatever name: the same name, the same due. */
  readonly ref?: string;
  /** A name of the debtor, or his token. */
  readonly of?: string;
  readonly gstin?: string | null;
  readonly mobile?: string | null;
  readonly entity?: EntityKind;
  readonly grade?: EvidenceGrade;
  readonly proof?: string;
  readonly basis?: Basis;
};

/** ₹1,000 of a company, a hundred days late on the tests' day, proved by a document. */
export function due(wish: DueWish = {}): Due {
  const { ref = 'bill', of = 'debtor', grade = 'doc', proof = `proof of ${ref}` } = wish;
  const amountPaise = wish.amountPaise ?? 1_000_00;
  const state = wish.state ?? 'open';
  const openOf = { settled: 0, part: Math.ceil(amountPaise / 2) } as const;
  return {
    dueRef: refOf(ref),
    salt: wish.salt ?? text(seeded(`salt ${ref} ${wish.rev ?? 1}`).subarray(0, 16)),
    subject: {
      pan: of.startsWith('h1.') ? of : tokenOf(of),
      gstin: wish.gstin ?? null,
      mobile: wish.mobile ?? null,
      entity: wish.entity ?? 'C',
    },
    rev: wish.rev ?? 1,
    state,
    invoiceDay: wish.invoiceDay ?? day('2026-07-15'),
    dueDay: wish.dueDay ?? day('2026-08-14'),
    amountPaise,
    openPaise: wish.openPaise ?? openOf[state as keyof typeof openOf] ?? amountPaise,
    settledDay: wish.settledDay ?? (state === 'settled' ? day('2026-11-20') : null),
    evidence: { g: grade, h: grade === 'claim' ? null : text(seeded(proof)) },
    basis: wish.basis ?? { basis: 'entity' },
  };
}

export type BatchWish = {
  readonly batchId?: string;
  readonly epoch?: number;
  readonly seq?: number;
  readonly prev?: string;
  readonly kind?: BatchKind;
  readonly fullId?: string | null;
  readonly asOf?: Day;
  readonly contacts?: NonNullable<BodyOf<'sendBatch'>['contacts']>;
};

export type Batcher = {
  /** The next batch of the device; it counts on. */
  readonly batch: (dues: readonly Due[], wish?: BatchWish) => BodyOf<'sendBatch'>;
  readonly items: (items: readonly (readonly unknown[])[], wish?: BatchWish) => BodyOf<'sendBatch'>;
};

export type BatcherOf = {
  readonly origin: string;
  readonly memberId: string;
  readonly deviceId: string;
  readonly key: SigningKey;
  readonly now: () => number;
  readonly epoch?: number;
};

export function batcher(of: BatcherOf): Batcher {
  let seq = -1;
  let prev = '';
  const items: Batcher['items'] = (rows, wish = {}) => {
    const epoch = wish.epoch ?? of.epoch ?? 1;
    const kind = wish.kind ?? 'incremental';
    const root = batchRoot(
      sha256,
      rows.map((row) => leafOf(row, kind)),
    );
    const header = {
      origin: of.origin,
      member: of.memberId,
      device: of.deviceId,
      epoch,
      seq: wish.seq ?? seq + 1,
      prev: wish.prev ?? prev,
      kind,
      fullId: wish.fullId ?? null,
      asOf: wish.asOf ?? indiaDayOf(of.now()),
      keyVersion: 'h1',
      itemCount: rows.length,
      root,
    };
    [seq, prev] = [header.seq, root];
    return {
      schema: 'dues.v1',
      batch_id: wish.batchId ?? uuidV7(of.now(), randomBytes(16)),
      device: of.deviceId,
      epoch,
      seq: header.seq,
      prev: header.prev,
      kind,
      full_id: header.fullId,
      as_of: header.asOf,
      kv: 'h1',
      items: rows.map((row) => [...row]),
      root,
      ...(wish.contacts && { contacts: wish.contacts }),
      sig: text(of.key.sign(Buffer.from(headerLine(header), 'utf8'))),
    };
  };
  return { items, batch: (dues, wish) => items(dues.map(dueItem), wish) };
}

function leafOf(row: readonly unknown[], kind: BatchKind): Uint8Array {
  const read = kind === 'incremental' ? readItem(row) : 'bad_item';
  return typeof read === 'string' ? plainLeaf(sha256, row) : itemLeaf(sha256, read);
}

/** A consent as it stands once its subject has answered: 'TC02' lets the member report. */
export async function givenConsent(
  { registry }: Pick<TempRegistry, 'registry'>,
  { memberNo }: Pick<TestMember, 'memberNo'>,
  ...[subject, purpose, state]: readonly [subject: string, purpose: string, state: string]
): Promise<string> {
  const id = registry.newId();
  await registry.store.rows({
    text: `INSERT INTO consent (member_no, consent_id, subject_key, request, purpose, state, assurance, lang, asked_at,
             expires_at, life_days, contact_key, link)
           VALUES ($1, $2, $3, '{}', $4, $5, 'A2', 'en', '2026-11-01T00:00:00Z', '2027-11-01T00:00:00Z', 30, '\\x00',
             '\\x00')`,
    values: [memberNo, id, Buffer.from(tokenOf(subject).slice(3), 'base64url'), purpose, state],
  });
  return id;
}
