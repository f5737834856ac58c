import { existsSync, renameSync } from 'node:fs';
import path from 'node:path';
import { addDays, day } from '#domain/days.ts';
import { assuranceOf, HOLD_HOURS } from '#domain/registry/assurance.ts';
import { headNow } from '#registry/log/checkpoints.ts';
import { deliver } from '#registry/notices/deliver.ts';
import { setStatus } from '#registry/store/members.ts';
import { batcher, due, givenConsent, tokenOf, type Batcher } from '#tests/builders/registry/batch.ts';
import { consentBody, debtor, page, vouch } from '#tests/builders/registry/debtor.ts';
import { call, gstinOf, member, type TestMember } from '#tests/builders/registry/member.ts';
import { signedHeaders } from '#tests/builders/registry/sign.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// Ways around the rules that members, or strangers, could try.

const HOLD_MS = HOLD_HOURS * 3_600_000;

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

const rows = (text: string, values: readonly unknown[] = []): Promise<readonly object[]> =>
  registry.registry.store.rows({ text, values });

function batcherOf({ member: { member_id, device_id }, key }: TestMember): Batcher {
  const { origin, now } = registry.registry;
  return batcher({ origin, memberId: member_id, deviceId: device_id, key, now });
}

describe('what was told to the debtor', () => {
  it.each([
    ['a larger amount', due({ ref: 'one', rev: 2, amountPaise: 9_000_000_00 }), null],
    ['an earlier day', due({ ref: 'one', rev: 2, dueDay: day('2026-07-20') }), null],
    ['a part of it paid', due({ ref: 'one', rev: 2, state: 'part' }), '2026-10-01'],
  ])('holds for the same due only: %s', async (_what, next, noticeDay) => {
    const seller = await member(registry);
    const { batch } = batcherOf(seller);
    await seller.answer('sendBatch', { body: batch([due({ ref: 'one' })]) });
    await rows(`UPDATE due SET notice_on = '2026-10-01' WHERE member_no = $1`, [seller.memberNo]);
    await seller.answer('sendBatch', { body: batch([next]) });
    expect(
      await rows('SELECT ver % 4294967296 AS rev, notice_on FROM due WHERE member_no = $1', [
        seller.memberNo,
      ]),
    ).toEqual([{ rev: 2, notice_on: noticeDay }]);
  });

  it('is told anew where a disputed due was called settled and is owed again', async () => {
    const seller = await member(registry);
    const { batch } = batcherOf(seller);
    await seller.answer('sendBatch', { body: batch([due({ ref: 'one' })]) });
    await rows(`UPDATE due SET notice_on = '2026-10-01', dispute = 'open' WHERE member_no = $1`, [
      seller.memberNo,
    ]);
    await seller.answer('sendBatch', { body: batch([due({ ref: 'one', rev: 2, state: 'settled' })]) });
    await seller.answer('sendBatch', { body: batch([due({ ref: 'one', rev: 3, state: 'reopened' })]) });
    expect(await rows('SELECT state, notice_on FROM due WHERE member_no = $1', [seller.memberNo])).toEqual([
      { state: 'reopened', notice_on: null },
    ]);
  });

  it('reaches one telephone ten times a day at most, about however many subjects', async () => {
    const seller = await member(registry);
    const { contacts, store, today } = registry.registry;
    const outcomes: string[] = [];
    const before = registry.sent.length;
    for (let at = 0; at < 12; at += 1) {
      const key = Buffer.alloc(32, at + 1);
      const ct = await contacts.seal(key, '+919123456780');
      await store.rows({
        text: `INSERT INTO contact (subject_key, contact_key, member_no, ct, lang, seen_on, first_at)
               VALUES ($1, $2, $3, $4, 'en', $5, $6)`,
        values: [key, contacts.keyOf('+919123456780'), seller.memberNo, ct, today(), '2026-01-01T00:00:00Z'],
      });
      const wordsIn = () => ({ template: 'publication', subject: 'Dues', text: 'Dues' }) as const;
      outcomes.push(
        (await deliver(registry.registry, { subjectKey: key, kind: 'publication', wordsIn })).outcome,
      );
    }
    expect(outcomes.filter((one) => one === 'sent')).toHaveLength(10);
    expect(registry.sent.slice(before)).toHaveLength(10);
  });
});

describe('a batch', () => {
  it('calls nobody a company of whom only a mobile is known, so that he can take his consent back', async () => {
    const seller = await member(registry);
    const { batch } = batcherOf(seller);
    const mobile = tokenOf('a mobile');
    const id = await givenConsent(registry, seller, 'a mobile', 'TC02', 'granted');
    const of = (entity: 'C' | 'unknown', ref: string) => ({
      ...due({ ref, basis: { basis: 'consent', id } }),
      subject: { pan: null, gstin: null, mobile, entity },
    });
    const { errors } = await seller.answer('sendBatch', {
      body: batch([of('C', 'company'), of('unknown', 'person')]),
    });
    expect(errors).toEqual([{ i: 0, code: 'bad_item' }]);
  });

  it('settles nothing on a day that is far ahead, which would never be old', async () => {
    const seller = await member(registry);
    const settledDay = addDays(registry.registry.today(), 400);
    const { errors } = await seller.answer('sendBatch', {
      body: batcherOf(seller).batch([due({ state: 'settled', settledDay })]),
    });
    expect(errors).toEqual([{ i: 0, code: 'bad_item' }]);
  });

  it('owes again what was paid for no longer than thirty days, however long ago it says it was made', async () => {
    const seller = await member(registry);
    const { batch } = batcherOf(seller);
    const settledDay = day('2026-08-20');
    await seller.answer('sendBatch', { body: batch([due({ state: 'settled', settledDay })]) });
    const body = batch([due({ rev: 2, state: 'reopened' })], { asOf: day('2026-09-01') });
    const { errors } = await seller.answer('sendBatch', { body });
    expect(errors).toEqual([{ i: 0, code: 'bad_transition' }]);
  });

  it('is not taken under another Idempotency-Key than its own id', async () => {
    const seller = await member(registry);
    const payload = Buffer.from(JSON.stringify(batcherOf(seller).batch([due()])));
    const request = { method: 'POST', target: '/v1/batches', body: payload, idempotencyKey: 'x' } as const;
    const { key, keyId } = seller;
    const headers = signedHeaders(request, { key, keyId, now: registry.registry.now() });
    const answered = await registry.app.inject({ method: 'POST', url: '/v1/batches', headers, payload });
    expect(answered.json()).toMatchObject({ code: 'bad_request', at: 'body/batch_id' });
  });

  it('says nothing before the forty-fifth day, by the clock of the registry', async () => {
    const seller = await member(registry);
    const today = registry.registry.today();
    const dues = [44, 45].map((days) => due({ ref: `${days} days`, dueDay: addDays(today, -days) }));
    const body = batcherOf(seller).batch(dues, { asOf: addDays(today, 1) });
    const { errors } = await seller.answer('sendBatch', { body });
    expect(errors).toEqual([{ i: 0, code: 'not_overdue' }]);
  });
});

it('leaves a suspended member suspended when he leaves', async () => {
  const seller = await member(registry);
  await setStatus(registry.registry.store, seller.memberNo, 'suspended');
  await seller.answer('leave');
  expect(await rows('SELECT status FROM member WHERE member_no = $1', [seller.memberNo])).toEqual([
    { status: 'suspended' },
  ]);
});

it.each(['SBI alert: open http://evil.example', 'Win at lucky.top', 'Call 98765 43210, 9876543210'])(
  'takes no member by the name of %s',
  async (legalName) => {
    const body = {
      schema: 'join.v1',
      application_id: registry.registry.newId(),
      legal_name: legalName,
      gstin: gstinOf(9_100),
      contact: { mobile: '+919811111111', email: null },
      purpose: 'both',
      terms_version: '2026-11',
      device_key: 'C'.repeat(43),
      lang: 'en',
    } as const;
    expect((await call(registry, 'join', { body })).problem?.at).toBe('body/legal_name');
  },
);

describe('a debtor', () => {
  it('blocks a member although one of his requests came to its end unseen', async () => {
    const of = await debtor(registry);
    const [asker, other] = [await member(registry), await member(registry)];
    for (const by of [asker, other]) await vouch(registry, by, of);
    const ask = async (expiry: string) =>
      (await asker.answer('askConsent', { body: consentBody(registry, of, { expiry }) })).consent_id;
    const short = await ask(registry.registry.today());
    registry.pass({ days: 1 });
    const long = await ask(addDays(registry.registry.today(), 9));
    const own = await page(registry, { mobile: of.mobile, identifier: of.pan });
    const body = { member_id: asker.member.member_id, is_blocked: true };
    expect((await own.call('blockMember', { body })).status).toBe(200);
    const states = await rows('SELECT consent_id, state FROM consent WHERE member_no = $1', [asker.memberNo]);
    expect(states).toContainEqual({ consent_id: long, state: 'revoked' });
    expect(states).toContainEqual({ consent_id: short, state: 'sent' });
  });

  it('who answered from his own contact has another believed only where three businesses name it', () => {
    const word = (contact: string, reporter: string, isRegistered = false) => ({
      contact,
      reporter,
      firstAt: 0,
      isRegistered,
      isFormer: false,
    });
    const own = word('own', 'a', true);
    expect(assuranceOf([own, word('new', 'b'), word('new', 'c')], 'new', HOLD_MS)).toBe('A0');
    expect(assuranceOf([own, word('new', 'b'), word('new', 'c'), word('new', 'd')], 'new', HOLD_MS)).toBe(
      'A2',
    );
  });

  it('whom three call by another number than two is not believed at that of the two', () => {
    const of = (contact: string, ...reporters: readonly string[]) =>
      reporters.map((reporter) => ({ contact, reporter, firstAt: 0, isRegistered: false, isFormer: false }));
    const two = of('ours', 'a', 'b');
    expect(assuranceOf([...two, ...of('his', 'c', 'd')], 'ours', HOLD_MS)).toBe('A2');
    expect(assuranceOf([...two, ...of('his', 'c', 'd', 'e')], 'ours', HOLD_MS)).toBe('A0');
  });
});

it('starts with no other keys where a log stands that was signed with those that are gone', async () => {
  await headNow(registry.registry);
  const lost = path.join(registry.keyFolder, 'log.key');
  renameSync(lost, `${lost}.away`);
  await expect(registry.second()).rejects.toThrow('no log.key');
  expect(existsSync(lost)).toBe(false);
  renameSync(`${lost}.away`, lost);
  await expect(registry.second()).resolves.toBeDefined();
});
