import { versionOf } from '#domain/registry/dues.ts';
import type { FullItem } from '#domain/registry/batches.ts';
import { batcher, due, refOf, type Batcher } from '#tests/builders/registry/batch.ts';
import { member, type TestMember } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

let registry: TempRegistry;
let seller: TestMember;
let next: Batcher;
beforeAll(async () => {
  registry = await tempRegistry();
  seller = await member(registry);
  const { origin, now } = registry.registry;
  next = batcher({ origin, memberId: seller.member.member_id, deviceId: 'd1', key: seller.key, now });
});

const named = (ref: string, rev = 1, state: FullItem[2] = 'open', open = 1_000_00): FullItem => [
  refOf(ref),
  versionOf(1, rev),
  state,
  open,
];

async function full(parts: readonly (readonly FullItem[])[]): ReturnType<typeof seller.answer<'sendBatch'>> {
  const fullId = registry.registry.newId();
  const bodies = parts.map((items, at) =>
    next.items(items, { fullId, kind: at === parts.length - 1 ? 'full_end' : 'full_part' }),
  );
  const receipts = [];
  for (const body of bodies) {
    registry.pass({ seconds: 1 });
    receipts.push(await seller.answer('sendBatch', { body }));
  }
  const last = receipts.at(-1);
  if (last === undefined) throw new Error('There is no last part.');
  return { ...last, errors: receipts.flatMap(({ errors }) => errors) };
}

const questionedOf = async (ref: string): Promise<number | undefined> => {
  const [row] = await registry.registry.store.rows<{ questioned: number }>({
    text: 'SELECT questioned FROM due WHERE member_no = $1 AND due_ref = $2',
    values: [seller.memberNo, Buffer.from(refOf(ref), 'base64url')],
  });
  return row?.questioned;
};

describe('a full reconcile', () => {
  it('asks about what was not named, deletes nothing, and after two of them it counts no longer', async () => {
    const dues = ['a', 'b', 'c'].map((ref) => due({ ref, of: ref }));
    await seller.answer('sendBatch', {
      body: next.batch([...dues, due({ ref: 'paid', of: 'paid', state: 'settled' })]),
    });
    const first = await full([[named('a')], [named('b')]]);
    expect([first.errors, first.questioned]).toEqual([[], [refOf('c')]]);
    expect([await questionedOf('a'), await questionedOf('c'), await questionedOf('paid')]).toEqual([0, 1, 0]);
    const second = await full([[named('a'), named('b')]]);
    expect(second.questioned).toEqual([refOf('c')]);
    expect(await questionedOf('c')).toBe(2);
    const { changes } = await seller.answer('changes', { query: { cursor: '0' } });
    expect(changes.at(-1)).toMatchObject({
      type: 'due.visibility',
      due_ref: refOf('c'),
      visibility: 'stale',
    });
    // Named again, it counts again.
    expect((await full([[named('a'), named('b'), named('c')]])).questioned).toEqual([]);
    expect(await questionedOf('c')).toBe(0);
  });

  it('tells what the registry has otherwise or not at all', async () => {
    const receipt = await full([
      [
        named('a'),
        named('b', 2),
        named('c', 1, 'open', 500),
        named('unknown'),
        named('aged out', 1, 'settled', 0),
      ],
    ]);
    expect(receipt.errors.map(({ i, code }) => `${i} ${code}`)).toEqual([
      '1 not_known',
      '2 not_known',
      '3 not_known',
    ]);
    expect(receipt.questioned).toEqual([]);
  });

  it('does not ask about what came while it ran', async () => {
    const fullId = registry.registry.newId();
    registry.pass({ seconds: 1 });
    await seller.answer('sendBatch', { body: next.items([named('a')], { fullId, kind: 'full_part' }) });
    registry.pass({ seconds: 1 });
    await seller.answer('sendBatch', { body: next.batch([due({ ref: 'fresh', of: 'fresh' })]) });
    const end = next.items([named('b'), named('c')], { fullId, kind: 'full_end' });
    expect((await seller.answer('sendBatch', { body: end })).questioned).toEqual([]);
    // The end once more, under another id, asks about nothing twice.
    const again = next.items([], { fullId, kind: 'full_end' });
    registry.pass({ days: 1 });
    expect((await seller.answer('sendBatch', { body: again })).questioned).toEqual([]);
  });

  it('asks once, however often its end is sent, and about what was given up as well', async () => {
    const given = due({ ref: 'given up', of: 'given up', state: 'written_off' });
    await seller.answer('sendBatch', { body: next.batch([given]) });
    registry.pass({ seconds: 1 });
    const fullId = registry.registry.newId();
    const asked: (readonly string[])[] = [];
    for (let end = 0; end < 3; end += 1) {
      const items = ['a', 'b', 'c', 'fresh'].map((ref) => named(ref));
      const body = next.items(items, { fullId, kind: 'full_end' });
      asked.push((await seller.answer('sendBatch', { body })).questioned);
      registry.pass({ minutes: 1 });
    }
    expect(asked).toEqual([[refOf('given up')], [], []]);
    expect(await questionedOf('given up')).toBe(1);
  });
});

describe('changes', () => {
  it('are read in pages behind a cursor, and answer 304 where there is nothing new', async () => {
    const all = await seller.answer('changes', { query: { cursor: '0' } });
    const page = await seller.answer('changes', { query: { cursor: '0', limit: '2' } });
    expect([page.changes.map(({ n }) => n), page.next, page.more, page.poll_after_s]).toEqual([
      [1, 2],
      '2',
      true,
      0,
    ]);
    expect(all.changes.map(({ n }) => n)).toEqual(all.changes.map((_one, at) => at + 1));
    expect(all.poll_after_s).toBeGreaterThanOrEqual(3 * 3_600);
    expect(all.poll_after_s).toBeLessThanOrEqual(9 * 3_600);
    const etag = `"${all.next}"`;
    const headers = { 'if-none-match': etag };
    const idle = await seller.call('changes', { query: { cursor: all.next }, headers });
    expect([idle.status, idle.headers['retry-after']]).toEqual([304, String(all.poll_after_s)]);
    // Whoever lost what he had read is told all of it, whatever he says he has.
    expect((await seller.call('changes', { query: { cursor: '0' }, headers })).status).toBe(200);
    const ahead = await seller.answer('changes', { query: { cursor: '999999' } });
    expect([ahead.changes, ahead.next]).toEqual([[], all.next]);
  });

  it('say where batches are missing', async () => {
    const { next: cursor } = await seller.answer('changes', { query: { cursor: '0' } });
    await seller.answer('sendBatch', { body: next.batch([due({ ref: 'gap', of: 'gap' })], { seq: 1_000 }) });
    const { changes } = await seller.answer('changes', { query: { cursor } });
    expect(changes).toMatchObject([{ type: 'batch.applied', note: 'seq_gap' }]);
  });

  it('pass no reader by, where many are made at once', async () => {
    const busy = await member(registry);
    const { origin, now } = registry.registry;
    const of = { origin, memberId: busy.member.member_id, deviceId: 'd1', key: busy.key, now };
    const bodies = Array.from({ length: 20 }, (_one, at) =>
      batcher(of).batch([due({ ref: `${at}`, of: `${at}` })], { seq: at }),
    );
    const seen: number[] = [];
    const { next: first } = await busy.answer('changes', { query: { cursor: '0' } });
    let [isDone, cursor] = [false, first];
    const reading = (async () => {
      for (let last = false; !last;) {
        last = isDone;
        const read = await busy.answer('changes', { query: { cursor, limit: '3' } });
        seen.push(...read.changes.map(({ n }) => n));
        cursor = read.next;
        if (read.more) last = false;
      }
    })();
    await Promise.all(bodies.map((body) => busy.answer('sendBatch', { body })));
    isDone = true;
    await reading;
    expect(seen).toEqual(bodies.map((_body, at) => Number(first) + at + 1));
  });
});
