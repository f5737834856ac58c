import { admitting } from '#registry/store/admitting.ts';
import { takeConsent, type TakeWish } from '#registry/store/checks.ts';
import { takeConsents } from '#registry/store/checks-together.ts';
import { openStore } from '#registry/store/database.ts';
import { together } from '#registry/store/together.ts';
import { checkBody, debtor, granted, type Debtor } from '#tests/builders/registry/debtor.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// What many ask at the same moment goes as one statement, and everybody is answered as if he had asked alone.

let registry: TempRegistry;
beforeAll(async () => {
  registry = await tempRegistry();
});

describe('asks that go together', () => {
  it('wait for what runs, go in order, and never two with the same key at once', async () => {
    const groups: string[][] = [];
    const ask = together<string, string>({
      most: 3,
      atOnce: 1,
      keyOf: (text) => text.slice(0, 1),
      one: (text) => Promise.resolve(groups.push([text])).then(() => `${text}!`),
      many: (texts) => Promise.resolve(groups.push([...texts])).then(() => texts.map((text) => `${text}!`)),
    });
    const asked = ['a1', 'a2', 'b1', 'c1', 'd1', 'a3'];
    expect(await Promise.all(asked.map(ask))).toEqual(asked.map((text) => `${text}!`));
    expect(groups).toEqual([['a1', 'b1', 'c1'], ['a2', 'd1'], ['a3']]);
  });

  it('are done one by one where the engine refuses one of them, and the others do not suffer', async () => {
    const { store } = registry.registry;
    const divided = (by: number): Promise<number> =>
      store
        .rows<{ n: number }>({ text: 'SELECT 12 / $1::integer AS n', values: [by] })
        .then(([row]) => row?.n ?? 0);
    const ask = together<number, number>({
      most: 9,
      atOnce: 1,
      keyOf: String,
      one: divided,
      many: async (all) => {
        const rows = await store.rows<{ n: number }>({
          text: 'SELECT 12 / w.by AS n FROM unnest($1::integer[]) AS w (by)',
          values: [all],
        });
        return rows.map(({ n }) => n);
      },
    });
    const told = await Promise.allSettled([3, 0, 4].map(ask));
    expect(told.map((one) => (one.status === 'fulfilled' ? one.value : 'refused'))).toEqual([
      4,
      'refused',
      3,
    ]);
  });

  it('are not done again where nobody knows whether they were done', async () => {
    const gone = openStore({ url: registry.databaseUrl, onTrouble: () => undefined });
    await gone.close();
    let times = 0;
    const count = async (): Promise<never> => {
      times += 1;
      await gone.rows({ text: 'SELECT 1' });
      throw new Error('It answered.');
    };
    const ask = together<number, number>({ most: 9, atOnce: 1, keyOf: String, one: count, many: count });
    const told = await Promise.allSettled([1, 2, 3].map(ask));
    expect(told.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(times).toBe(1);
  });
});

describe('the door', () => {
  it('lets a nonce in once, however many come with it at the same moment', async () => {
    const seller = await member(registry);
    const other = await member(registry);
    const wish = (memberNo: number, byte: number): Parameters<ReturnType<typeof admitting>>[0] => ({
      memberNo,
      deviceNo: 1,
      nonce: Buffer.alloc(16, byte),
      expiresAt: registry.registry.now() + 60_000,
    });
    const admit = admitting(registry.registry.store);
    const told = await Promise.all([
      admit(wish(seller.memberNo, 1)),
      admit(wish(seller.memberNo, 1)),
      admit(wish(other.memberNo, 1)),
      admit(wish(seller.memberNo, 2)),
      admit(wish(999_999_999, 1)),
      admit(wish(other.memberNo, 1)),
    ]);
    expect(told.map((one) => one?.is_new ?? null)).toEqual([true, false, true, true, null, false]);
    expect(told[0]).toMatchObject({ epoch: 1, status: 'active', revoked_at: null });
    await registry.registry.store.rows({
      text: 'UPDATE device SET revoked_at = $2 WHERE member_no = $1',
      values: [other.memberNo, '2026-11-22T00:00:00Z'],
    });
    const [off, on] = await Promise.all([admit(wish(other.memberNo, 9)), admit(wish(seller.memberNo, 9))]);
    expect([off?.is_new, off?.revoked_at, on?.is_new]).toEqual([false, Date.UTC(2026, 10, 22), true]);
  });
});

type Made = {
  readonly asker: TestMember;
  readonly of: Debtor;
  readonly body: ReturnType<typeof checkBody>;
};

describe('consents that are used at the same moment', () => {
  it('are each used as alone: the quota, the wrong subject, the second time, the one that ran out, for reporting, of an unknown number', async () => {
    const { store } = registry.registry;
    const reporter = await member(registry);
    const made: Made[] = [];
    for (let at = 0; at < 6; at += 1) {
      const asker = await member(registry);
      const of = await debtor(registry);
      const purpose = at === 4 ? 'TC02' : 'TC01';
      const consent = await granted(registry, asker, of, { vouchedBy: reporter, purpose });
      made.push({ asker, of, body: checkBody(registry, of, consent) });
    }
    // As if it had been granted from a telephone that the asker alone knows.
    const forged = `UPDATE consent SET assurance = 'A0' WHERE consent_id = $1`;
    await store.rows({ text: forged, values: [made[5]?.body.consent_id] });
    const now = registry.registry.now();
    const wishes = made.map(({ asker, of, body }, at): TakeWish => ({
      memberNo: asker.memberNo,
      consentId: body.consent_id,
      checkId: body.check_id,
      subjectKey: at === 1 ? Buffer.alloc(32) : of.key,
      now: at === 2 ? now + 400 * 86_400_000 : now,
      day: registry.registry.today(),
      limit: 2,
    }));
    const outcome = (all: Awaited<ReturnType<typeof takeConsents>>): unknown =>
      all.map(({ used, request, life_days }) => [used, request !== null, life_days]);
    expect(outcome(await takeConsents(store, wishes))).toEqual([
      [1, true, 30],
      [1, false, null],
      [1, false, null],
      [1, true, 30],
      [1, false, null],
      [1, false, null],
    ]);
    // Used up, but for the one that was asked with the wrong subject.
    const again = wishes.map((wish, at) => ({
      ...wish,
      now,
      subjectKey: made[at]?.of.key ?? wish.subjectKey,
    }));
    expect(outcome(await takeConsents(store, again))).toEqual([
      [2, false, null],
      [2, true, 30],
      [2, true, 30],
      [2, false, null],
      [2, false, null],
      [2, false, null],
    ]);
    expect(outcome(await takeConsents(store, again))).toEqual(again.map(() => [null, false, null]));
    for (const wish of again) expect((await takeConsent(store, wish)).used).toBeNull();
  });
});

it('has each look on the disk before it is answered, alone and with others', async () => {
  const { store } = registry.registry;
  const reporter = await member(registry);
  const asks: Made[] = [];
  for (let at = 0; at < 4; at += 1) {
    const asker = await member(registry);
    const of = await debtor(registry);
    const consent = await granted(registry, asker, of, { vouchedBy: reporter });
    asks.push({ asker, of, body: checkBody(registry, of, consent) });
  }
  const durable: string[] = [];
  const rows = store.rows;
  Object.assign(store, {
    rows: async (query: { name?: string }) => {
      const answer = await rows(query as never);
      durable.push(query.name ?? '');
      return answer;
    },
  });
  const [alone, ...others] = asks;
  await alone?.asker.answer('check', { body: alone.body });
  expect(durable.filter((name) => name.startsWith('write-answer'))).toEqual(['write-answer']);
  await Promise.all(others.map(({ asker, body }) => asker.answer('check', { body })));
  Object.assign(store, { rows });
  expect(durable).toContain('write-answers');
  const looks = 'SELECT 1 FROM access_log WHERE member_no = ANY ($1)';
  expect(await rows({ text: looks, values: [asks.map(({ asker }) => asker.memberNo)] })).toHaveLength(4);
});
