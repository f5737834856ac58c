import { day } from '#domain/days.ts';
import { headerLine } from '#domain/registry/batches.ts';
import { dueItem } from '#domain/registry/dues.ts';
import { leafHash } from '#domain/registry/merkle.ts';
import { receiptLine } from '#domain/registry/receipts.ts';
import type { Receipt } from '#contract/registry/batches.ts';
import { isSigned, newSeed, publicKeyOf, sha256, signingKey } from '#registry/crypto.ts';
import { setStatus } from '#registry/store/members.ts';
import { batcher, due, givenConsent, refOf, tokenOf, type Batcher } from '#tests/builders/registry/batch.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { toBase64Url } from '#domain/registry/bytes.ts';
import { beforeAll, describe, expect, it } from 'vitest';

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

type Seller = TestMember & { readonly next: Batcher };

async function seller(): Promise<Seller> {
  const joined = await member(registry);
  return { ...joined, next: batcherOf(joined) };
}

function batcherOf({ member: { member_id, device_id }, key }: TestMember): Batcher {
  const { origin, now } = registry.registry;
  return batcher({ origin, memberId: member_id, deviceId: device_id, key, now });
}

const rows = <Row extends object>(text: string, values: readonly unknown[]): Promise<readonly Row[]> =>
  registry.registry.store.rows<Row>({ text, values });

type Stored = {
  readonly state: string;
  readonly ver: number;
  readonly open_p: number;
  readonly held: boolean;
  readonly dispute: string | null;
};

async function stored(of: Seller, ref = 'bill', subject = 'debtor'): Promise<Stored | undefined> {
  const [row] = await rows<Stored>(
    'SELECT state, ver, open_p, held, dispute FROM due WHERE member_no = $1 AND due_ref = $2 AND subject_key = $3',
    [of.memberNo, Buffer.from(refOf(ref), 'base64url'), Buffer.from(tokenOf(subject).slice(3), 'base64url')],
  );
  return row;
}

const codes = (receipt: Receipt): readonly string[] => receipt.errors.map(({ i, code }) => `${i} ${code}`);

describe('a batch', () => {
  it('is applied, and its receipt is signed over the header and what came of it', async () => {
    const a = await seller();
    const body = a.next.batch([due(), due({ ref: 'two', of: 'other' })]);
    const receipt = await a.answer('sendBatch', { body, isZipped: true });
    expect(receipt.counts).toEqual({ applied: 2, stale: 0, rejected: 0 });
    expect(await stored(a)).toMatchObject({ state: 'open', ver: 2 ** 32 + 1, open_p: 1_000_00 });
    const { origin, receiptKey } = registry.registry;
    const header = headerLine({
      origin,
      member: a.member.member_id,
      device: 'd1',
      epoch: 1,
      seq: 0,
      prev: '',
      kind: 'incremental',
      fullId: null,
      asOf: day('2026-11-22'),
      keyVersion: 'h1',
      itemCount: 2,
      root: body.root,
    });
    const line = receiptLine({
      origin,
      batchId: body.batch_id,
      leaf: toBase64Url(leafHash(sha256, Buffer.from(header))),
      status: 'applied',
      counts: receipt.counts,
      receivedAt: receipt.received_at,
      withinSeconds: receipt.log.mmd_s,
      errors: [],
      questioned: [],
    });
    const key = publicKeyOf(receiptKey.publicKey);
    expect(isSigned(key, Buffer.from(line), Buffer.from(receipt.sig, 'base64url'))).toBe(true);
    expect(isSigned(key, Buffer.from(`${line}x`), Buffer.from(receipt.sig, 'base64url'))).toBe(false);
  });

  it('sent again has the same receipt and no effect; another one under its id is refused', async () => {
    const a = await seller();
    const body = a.next.batch([due()]);
    const first = await a.answer('sendBatch', { body });
    const again = await a.answer('sendBatch', { body, isZipped: true });
    expect(again).toEqual({ ...first, replayed: true });
    const other = a.next.batch([due({ rev: 2, state: 'settled' })], { batchId: body.batch_id, seq: 1 });
    expect((await a.call('sendBatch', { body: other })).problem?.code).toBe('idempotency_mismatch');
    expect(await stored(a)).toMatchObject({ state: 'open' });
    expect(await a.answer('batch', { params: { id: body.batch_id } })).toEqual(first);
    const b = await seller();
    expect((await b.call('batch', { params: { id: body.batch_id } })).problem?.code).toBe('not_found');
  });

  it('is refused whole where root, signature, device, epoch or id are not those of its sender', async () => {
    const a = await seller();
    const b = await seller();
    const body = a.next.batch([due()]);
    const refusal = async (changed: Partial<typeof body>, by: Seller = a): Promise<string | undefined> =>
      (await by.call('sendBatch', { body: { ...body, ...changed } })).problem?.code;
    const item = dueItem(due({ amountPaise: 2_000_00 }));
    expect(await refusal({ items: [[...item]] })).toBe('bad_root');
    expect(await refusal({ items: [] })).toBe('bad_root');
    expect(await refusal({}, b)).toBe('bad_signature');
    expect(await refusal({ seq: 7 })).toBe('bad_signature');
    expect(await refusal({ as_of: '2026-11-21' })).toBe('bad_signature');
    expect(await refusal({ device: 'd2' })).toBe('unknown_key');
    expect(await refusal({ kv: 'h2' })).toBe('bad_request');
    expect(await refusal({ full_id: body.batch_id })).toBe('bad_request');
    expect((await a.call('sendBatch', { body: a.next.batch([due()], { epoch: 2 }) })).problem?.code).toBe(
      'bad_request',
    );
    const late = a.next.batch([due()], { asOf: day('2026-12-01') });
    expect((await a.call('sendBatch', { body: late })).problem?.at).toBe('body/as_of');
    const headers = { 'idempotency-key': body.batch_id };
    expect((await a.call('sendBatch', { body, headers })).status).toBe(200);
    expect(await rows('SELECT 1 FROM due WHERE member_no = $1', [b.memberNo])).toEqual([]);
  });

  it('of a machine that was taken off comes in by another one for a day, if it was made before', async () => {
    const a = await seller();
    const key = signingKey(newSeed());
    const { device_id } = await a.answer('enrol', {
      body: { schema: 'device.v1', device_key: toBase64Url(key.publicKey) },
    });
    const { origin, now } = registry.registry;
    const lost = batcher({ origin, memberId: a.member.member_id, deviceId: device_id, key, now, epoch: 2 });
    const before = lost.batch([due({ of: 'late' })]);
    const alsoBefore = lost.batch([due({ of: 'later' })]);
    registry.pass({ minutes: 1 });
    await a.answer('revoke', { params: { device: device_id } });
    registry.pass({ minutes: 1 });
    expect((await a.answer('sendBatch', { body: before })).counts.applied).toBe(1);
    const after = lost.batch([due({ of: 'too late' })]);
    expect((await a.call('sendBatch', { body: after })).problem?.code).toBe('revoked_key');
    registry.pass({ minutes: 24 * 60 });
    expect((await a.call('sendBatch', { body: alsoBefore })).problem?.code).toBe('revoked_key');
  });
});

describe('an item', () => {
  it('that cannot be is refused by itself, with what is wrong with it', async () => {
    const a = await seller();
    const recent = due({ ref: 'recent', dueDay: day('2026-10-20'), invoiceDay: day('2026-10-01') });
    const person = due({ ref: 'person', of: 'person', entity: 'P' });
    const asked = { basis: 'consent', id: registry.registry.newId() } as const;
    const body = a.next.items([
      dueItem(due()),
      ['nonsense'],
      dueItem(recent),
      dueItem(person),
      dueItem({ ...person, dueRef: refOf('p2'), basis: asked }),
      dueItem({
        ...due({ ref: 'o1' }),
        subject: { pan: `o1.${'A'.repeat(43)}`, gstin: null, mobile: null, entity: 'C' },
      }),
      dueItem({
        ...due({ ref: 'weak' }),
        subject: { pan: null, gstin: null, mobile: tokenOf('m'), entity: 'C' },
      }),
      dueItem({ ...due({ ref: 'nobody' }), subject: { pan: null, gstin: null, mobile: null, entity: 'C' } }),
      dueItem({ ...due({ ref: 'early' }), state: 'settled', openPaise: 0, settledDay: day('2026-11-01') }),
    ]);
    const receipt = await a.answer('sendBatch', { body });
    expect(codes(receipt)).toEqual([
      '1 bad_item',
      '2 not_overdue',
      '3 basis_required',
      '4 basis_unknown',
      '5 wrong_kv',
      '6 basis_required',
      '7 subject_required',
    ]);
    expect(receipt.counts).toEqual({ applied: 2, stale: 0, rejected: 7 });
  });

  it('about a person counts with his consent to publication, and only with his and that one', async () => {
    const a = await seller();
    const id = await givenConsent(registry, a, 'person', 'TC02', 'granted');
    const ids = {
      check: await givenConsent(registry, a, 'person', 'TC01', 'granted'),
      asked: await givenConsent(registry, a, 'person', 'TC02', 'sent'),
      revoked: await givenConsent(registry, a, 'person', 'TC02', 'revoked'),
      others: await givenConsent(registry, a, 'somebody', 'TC02', 'granted'),
      over: await givenConsent(registry, a, 'person', 'TC02', 'granted'),
      strangers: await givenConsent(registry, await seller(), 'person', 'TC02', 'granted'),
    };
    await rows(`UPDATE consent SET expires_at = '2026-11-22T04:30:00Z' WHERE consent_id = $1`, [ids.over]);
    const of = (ref: string, consentId: string) =>
      due({ ref, of: 'person', entity: 'P', basis: { basis: 'consent', id: consentId } });
    const wrong = Object.entries(ids).map(([name, one]) => of(name, one));
    const receipt = await a.answer('sendBatch', { body: a.next.batch([of('right', id), ...wrong]) });
    expect(codes(receipt)).toEqual(wrong.map((_one, at) => `${at + 1} basis_unknown`));
    // He took it back: what is good for him may still be said.
    await rows(`UPDATE consent SET state = 'revoked' WHERE consent_id = $1`, [id]);
    const paid = {
      ...of('right', id),
      rev: 2,
      state: 'settled',
      openPaise: 0,
      settledDay: day('2026-11-20'),
    } as const;
    expect((await a.answer('sendBatch', { body: a.next.batch([paid]) })).counts.applied).toBe(1);
  });

  it('in a newer version wins, whatever comes when; an equal one that says something else is told', async () => {
    const a = await seller();
    const send = async (...dues: Parameters<Batcher['batch']>): Promise<Receipt> =>
      await a.answer('sendBatch', { body: a.next.batch(...dues) });
    await send([due({ rev: 5, state: 'part' })]);
    expect((await send([due({ rev: 3 })])).counts.stale).toBe(1);
    expect((await send([due({ rev: 5, state: 'part' })])).counts.stale).toBe(1);
    expect(codes(await send([due({ rev: 5, state: 'settled' })]))).toEqual(['0 ver_conflict']);
    const both = await send([due({ rev: 7, state: 'settled' }), due({ rev: 6, state: 'part' })]);
    expect(both.counts).toEqual({ applied: 1, stale: 1, rejected: 0 });
    expect(await stored(a)).toMatchObject({ state: 'settled', open_p: 0 });
    expect(codes(await send([due({ rev: 8 })]))).toEqual(['0 bad_transition']);
    expect((await send([due({ rev: 9, state: 'reopened' })])).counts.applied).toBe(1);
    expect((await send([due({ rev: 10, state: 'withdrawn' })])).counts.applied).toBe(1);
    expect(codes(await send([due({ rev: 11, state: 'settled' })]))).toEqual(['0 bad_transition']);
  });

  it('comes back from a settlement within thirty days only', async () => {
    const a = await seller();
    const settledDay = day('2026-10-10');
    const paid = due({ rev: 1, state: 'settled', settledDay });
    await a.answer('sendBatch', { body: a.next.batch([paid]) });
    const back = a.next.batch([due({ rev: 2, state: 'reopened' })]);
    expect(codes(await a.answer('sendBatch', { body: back }))).toEqual(['0 bad_transition']);
  });

  it('put under the right debtor is gone under the wrong one', async () => {
    const a = await seller();
    await a.answer('sendBatch', { body: a.next.batch([due({ of: 'wrong' })]) });
    const alone = a.next.batch([due({ of: 'right', rev: 3 })]);
    expect(codes(await a.answer('sendBatch', { body: alone }))).toEqual(['0 bad_transition']);
    const body = a.next.batch([
      due({ of: 'right', rev: 3 }),
      due({ of: 'wrong', rev: 2, state: 'withdrawn' }),
    ]);
    expect((await a.answer('sendBatch', { body })).counts.applied).toBe(2);
    expect(await stored(a, 'bill', 'wrong')).toMatchObject({ state: 'withdrawn' });
    expect(await stored(a, 'bill', 'right')).toMatchObject({ state: 'open' });
  });

  it('about an invoice that the tax portal signed counts for whoever reported it first', async () => {
    const [a, b] = [await seller(), await seller()];
    const irp = (ref: string, state: 'open' | 'withdrawn' = 'open', rev = 1) =>
      due({ ref, grade: 'irp', proof: 'the invoice', state, rev });
    expect((await a.answer('sendBatch', { body: a.next.batch([irp('x')]) })).counts.applied).toBe(1);
    expect(
      codes(await b.answer('sendBatch', { body: b.next.batch([irp('y'), due({ ref: 'doc' })]) })),
    ).toEqual(['0 evidence_reused']);
    expect(codes(await a.answer('sendBatch', { body: a.next.batch([irp('z')]) }))).toEqual([
      '0 evidence_reused',
    ]);
    await a.answer('sendBatch', { body: a.next.batch([irp('x', 'withdrawn', 2)]) });
    expect((await b.answer('sendBatch', { body: b.next.batch([irp('y', 'open', 2)]) })).counts.applied).toBe(
      1,
    );
  });
});

describe('what a batch brings about', () => {
  it('is one notice for each debtor, whatever the number of dues, and none twice', async () => {
    const a = await seller();
    const dues = ['1', '2', '3'].map((ref) => due({ ref, of: 'told' }));
    await a.answer('sendBatch', { body: a.next.batch([...dues, due({ ref: '4', of: 'also told' })]) });
    await a.answer('sendBatch', {
      body: a.next.batch(dues.map((one) => ({ ...one, rev: 2, state: 'part', openPaise: 5 }))),
    });
    const notices = await rows<{ dues: string }>(
      `SELECT dues FROM notice WHERE subject_key = $1 AND kind = 'publication' AND state = 'queued'`,
      [Buffer.from(tokenOf('told').slice(3), 'base64url')],
    );
    expect(notices.map(({ dues: of }): unknown => JSON.parse(of))).toEqual([
      { member_no: a.memberNo, due_refs: dues.map(({ dueRef }) => dueRef) },
    ]);
  });

  it('keeps contacts sealed, and other identifiers as names of the same debtor', async () => {
    const a = await seller();
    const subject = tokenOf('reached');
    const contacts = [
      { subject, mobile: '+919812345678', email: 'accounts@example.in' },
      { subject: tokenOf('not in this batch'), mobile: '+919812345679', email: null },
    ];
    const known = due({ of: 'reached', gstin: tokenOf('gstin'), mobile: tokenOf('mobile') });
    await a.answer('sendBatch', { body: a.next.batch([known], { contacts }) });
    const key = Buffer.from(subject.slice(3), 'base64url');
    const sealed = await rows<{ ct: Buffer }>('SELECT ct FROM contact WHERE member_no = $1', [a.memberNo]);
    const opened = await Promise.all(sealed.map(({ ct }) => registry.registry.contacts.open(key, ct)));
    expect(opened.toSorted()).toEqual(['+919812345678', 'accounts@example.in']);
    const aliases = await rows<{ other_key: Buffer }>('SELECT other_key FROM alias WHERE subject_key = $1', [
      key,
    ]);
    expect(aliases.map(({ other_key }) => `h1.${other_key.toString('base64url')}`).toSorted()).toEqual(
      [tokenOf('gstin'), tokenOf('mobile')].toSorted(),
    );
    // The stored batch is what was signed, and no place for a number in plain text to stay.
    const [{ body } = { body: Buffer.alloc(0) }] = await rows<{ body: Buffer }>(
      'SELECT body FROM submission WHERE member_no = $1',
      [a.memberNo],
    );
    expect(body.toString('latin1')).not.toContain('9812345678');
  });

  it('of a settlement closes the dispute at once and tells the member', async () => {
    const a = await seller();
    await a.answer('sendBatch', { body: a.next.batch([due({ of: 'disputes' })]) });
    const [key, ref] = [
      Buffer.from(tokenOf('disputes').slice(3), 'base64url'),
      Buffer.from(refOf('bill'), 'base64url'),
    ];
    const id = registry.registry.newId();
    await rows(
      `INSERT INTO dispute (subject_key, dispute_id, member_no, due_ref, reason, state, opened_on)
       VALUES ($1, $2, $3, $4, 'already_paid', 'open', '2026-11-21')`,
      [key, id, a.memberNo, ref],
    );
    await rows(`UPDATE due SET dispute = 'open' WHERE subject_key = $1`, [key]);
    await a.answer('sendBatch', { body: a.next.batch([due({ of: 'disputes', rev: 2, state: 'settled' })]) });
    expect(await stored(a, 'bill', 'disputes')).toMatchObject({ state: 'settled', dispute: 'resolved_paid' });
    expect(await rows('SELECT state FROM dispute WHERE dispute_id = $1', [id])).toEqual([
      { state: 'resolved_paid' },
    ]);
    const { changes } = await a.answer('changes', { query: { cursor: '0' } });
    const types = changes.map(({ type }) => type).filter((type) => type !== 'policy.changed');
    expect(types).toEqual(['batch.applied', 'batch.applied', 'dispute.closed']);
    expect(changes.at(-1)).toMatchObject({
      dispute_id: id,
      due_ref: refOf('bill'),
      dispute_state: 'resolved_paid',
    });
  });

  it('is held where a member suddenly says more than three times what he said before', async () => {
    const a = await seller();
    const many = (count: number, name: string) =>
      Array.from({ length: count }, (_one, at) => due({ ref: `${name} ${at}`, of: `${name} ${at}` }));
    // On probation the first load is what it is.
    await a.answer('sendBatch', { body: a.next.batch(many(30, 'load')) });
    expect(await stored(a, 'load 0', 'load 0')).toMatchObject({ held: false });
    await rows(`UPDATE member SET probation_until = '2026-01-01' WHERE member_no = $1`, [a.memberNo]);
    registry.pass({ days: 1 });
    await a.answer('sendBatch', { body: a.next.batch(many(60, 'growth')) });
    expect(await stored(a, 'growth 0', 'growth 0')).toMatchObject({ held: false });
    await a.answer('sendBatch', { body: a.next.batch(many(1, 'swing')) });
    expect(await stored(a, 'swing 0', 'swing 0')).toMatchObject({ held: true });
    const { changes } = await a.answer('changes', { query: { cursor: '0' } });
    expect(changes.filter(({ type }) => type === 'due.visibility')).toMatchObject([
      { type: 'due.visibility', due_ref: refOf('swing 0'), visibility: 'held' },
    ]);
    const key = Buffer.from(tokenOf('swing 0').slice(3), 'base64url');
    expect(await rows('SELECT 1 FROM notice WHERE subject_key = $1', [key])).toEqual([]);
  });

  it('ends where a member is suspended: he may take back, and say nothing new', async () => {
    const a = await seller();
    await a.answer('sendBatch', { body: a.next.batch([due()]) });
    await setStatus(registry.registry.store, a.memberNo, 'suspended');
    const more = a.next.batch([due({ ref: 'more' })]);
    expect((await a.call('sendBatch', { body: more })).problem?.code).toBe('suspended');
    const paid = a.next.batch([due({ rev: 2, state: 'settled' })]);
    expect((await a.answer('sendBatch', { body: paid })).counts.applied).toBe(1);
  });

  it('stops at the day’s quota, which settling does not use', async () => {
    const a = await seller();
    await rows(`INSERT INTO quota (member_no, kind, day, used) VALUES ($1, 'items', $2, 19999)`, [
      a.memberNo,
      registry.registry.today(),
    ]);
    const two = a.next.batch([due(), due({ ref: 'two' })]);
    const refused = await a.call('sendBatch', { body: two });
    expect([refused.problem?.code, Number(refused.headers['retry-after'])]).toEqual([
      'too_many',
      expect.any(Number),
    ]);
    expect(await stored(a)).toBeUndefined();
    await a.answer('sendBatch', { body: a.next.batch([due()], { seq: 0 }) });
    const paid = [due({ rev: 2, state: 'settled' }), due({ ref: 'other', rev: 2, state: 'settled' })];
    expect((await a.answer('sendBatch', { body: a.next.batch(paid) })).counts.applied).toBe(2);
  });
});
