import { randomBytes } from 'node:crypto';
import type { Store } from '#registry/store/database.ts';

// Members, subjects, dues and consents for the bench of checks, straight into the tables.

export const TODAY = '2026-11-22';

export type World = {
  readonly members: readonly number[];
  readonly subjects: readonly Buffer[];
};

export type WorldWish = {
  readonly store: Store;
  readonly memberCount: number;
  readonly subjectCount: number;
  readonly publicKey: Uint8Array;
};

export async function makeWorld({ store, memberCount, subjectCount, publicKey }: WorldWish): Promise<World> {
  await addMembers(store, 1, memberCount);
  await store.rows({
    text: `INSERT INTO device (member_no, device_no, epoch, public_key, enrolled_at)
           SELECT n, 1, 1, $2, '2026-01-01T00:00:00Z' FROM generate_series(1, $1::bigint) n`,
    values: [memberCount, publicKey],
  });
  // A few have many reporters, most have few: what members report on is not spread evenly.
  await addDues(
    store,
    `SELECT sha256(('s' || (n % $1))::bytea), 1 + (n * 7919) % $2, n FROM generate_series(1, $1 * 5) n`,
    [subjectCount, memberCount],
  );
  await store.rows({ text: 'ANALYZE' });
  const rows = await store.rows<{ key: Buffer }>({
    text: `SELECT sha256(('s' || n)::bytea) AS key FROM generate_series(0, $1::bigint - 1) n`,
    values: [subjectCount],
  });
  return {
    members: Array.from({ length: memberCount }, (_, at) => at + 1),
    subjects: rows.map(({ key }) => key),
  };
}

async function addMembers(store: Store, from: number, until: number): Promise<void> {
  await store.rows({
    text: `INSERT INTO member (member_no, pan_key, gstin_key, legal_name, contact_ct, purpose, terms_version, status, lang,
             joined_on, probation_until, contributed_on)
           SELECT n, sha256(('m' || n)::bytea), '\\x00', 'Member ' || n, '\\x00', 'both', '2026-11', 'active', 'en',
             '2026-01-01', '2026-03-01', '2026-11-20' FROM generate_series($1::bigint, $2::bigint) n`,
    values: [from, until],
  });
}

/** Rows of subject, member and a number. */
async function addDues(store: Store, of: string, values: readonly unknown[]): Promise<void> {
  await store.rows({
    text: `INSERT INTO due (subject_key, member_no, due_ref, ver, state, entity, invoice_on, due_on, amount_p, open_p,
             settled_on, evidence, subject, salt, batch_id, item_at, content, reported_at, notice_on)
           SELECT w.s, w.m, substr(sha256(('r' || w.n)::bytea), 1, 16), 1,
             CASE WHEN w.n % 3 = 0 THEN 'settled' ELSE 'open' END, 'C', date '2026-01-01' + (w.n % 200)::int,
             date '2026-01-31' + (w.n % 200)::int, 5000000, CASE WHEN w.n % 3 = 0 THEN 0 ELSE 5000000 END,
             CASE WHEN w.n % 3 = 0 THEN date '2026-09-20' END, 'doc',
             '{"pan":"h1.x","gstin":null,"mobile":null,"entity":"C"}', '\\x00', '00000000-0000-7000-8000-000000000000', 0,
             '\\x00', '2026-08-20T00:00:00Z', '2026-09-01'
           FROM (${of}) AS w (s, m, n) ON CONFLICT DO NOTHING`,
    values,
  });
}

/** One subject with very many dues of very many reporters. */
export async function makeHot(
  store: Store,
  { dues, reporters }: { readonly dues: number; readonly reporters: number },
): Promise<Buffer> {
  const key = randomBytes(32);
  await addMembers(store, 1_000_001, 1_000_000 + reporters);
  await addDues(
    store,
    'SELECT $1::bytea, 1000001 + n % $3, 900000000 + n FROM generate_series(1, $2::bigint) n',
    [key, dues, reporters],
  );
  await store.rows({ text: 'ANALYZE due' });
  return key;
}

export type Granted = { readonly memberNo: number; readonly consentId: string; readonly subject: Buffer };

const REQUEST = {
  schema: 'consent-request.v1',
  purpose: { code: 'TC01', text: 'Decide trade credit' },
  scope: ['SUMMARY', 'TREND_24M'],
  fetch: 'ONETIME',
  expiry: '2026-12-20',
  data_life: { unit: 'DAY', value: 30 },
  lang: 'en',
};

export async function makeConsents(store: Store, all: readonly Granted[]): Promise<void> {
  for (let at = 0; at < all.length; at += 1_000) {
    const part = all.slice(at, at + 1_000);
    const requests = part.map(({ consentId, subject }) =>
      JSON.stringify({
        ...REQUEST,
        consent_id: consentId,
        subject: { pan: `h1.${subject.toString('base64url')}`, gstin: null, mobile: null, entity: 'C' },
      }),
    );
    const values = [
      part.map((one) => one.memberNo),
      part.map((one) => one.consentId),
      part.map((one) => one.subject),
    ];
    await store.rows({
      text: `INSERT INTO consent (member_no, consent_id, subject_key, request, purpose, state, assurance, lang, asked_at,
               expires_at, life_days, contact_key, link)
             SELECT m, c, s, r, 'TC01', 'granted', 'A2', 'en', '2026-11-20T00:00:00Z', '2027-11-20T00:00:00Z', 30, '\\x00',
               '\\x00' FROM unnest($1::bigint[], $2::uuid[], $3::bytea[], $4::text[]) w (m, c, s, r)`,
      values: [...values, requests],
    });
    await store.rows({
      text: `INSERT INTO consent_of_subject (subject_key, consent_id, member_no, purpose, state, expires_at)
             SELECT s, c, m, 'TC01', 'granted', '2027-11-20T00:00:00Z'
             FROM unnest($1::bigint[], $2::uuid[], $3::bytea[]) w (m, c, s)`,
      values,
    });
  }
}
