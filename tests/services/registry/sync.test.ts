import { cpSync } from 'node:fs';
import path from 'node:path';
import { openBatch } from '#engine/storage/registry-batches.ts';
import { fileOf, moneyIn } from '#tests/builders/facts.ts';
import { meddler } from '#tests/builders/registry/between.ts';
import { page } from '#tests/builders/registry/debtor.ts';
import {
  addressOf,
  copyOf,
  desktop,
  joinAs,
  owes,
  publishAll,
  synced,
  type Desktop,
} from '#tests/builders/registry/desktop.ts';
import { gstinOf, panOf } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

let registry: TempRegistry;
let number = 100;

beforeAll(async () => {
  registry = await tempRegistry();
});

type Seller = Desktop & { readonly billIds: number[]; readonly customerId: number; readonly gstin: string };

/** A member with dues of one debtor at the registry. */
async function seller(amounts: readonly number[], address?: string): Promise<Seller> {
  const one = await desktop(registry);
  await joinAs(registry, one, address === undefined ? {} : { address });
  const gstin = gstinOf((number += 1));
  const phone = `98${String(number).padStart(8, '0')}`;
  const owed = owes(one, { gstin, amounts, phone });
  await publishAll(one, owed.billIds);
  registry.pass({ days: 1, minutes: 1 });
  await synced(one);
  expect(await one.client.registry.membership()).toMatchObject({ trouble: null, queuedCount: 0 });
  return { ...one, ...owed, gstin };
}

type Row = { readonly state: string; readonly open_p: number; readonly settled_on: string | null };

/** What the registry has of this member, by the size of the due. */
async function atRegistry(of: Desktop): Promise<readonly Row[]> {
  const { memberId } = await of.client.registry.membership();
  const no = Buffer.from((memberId ?? '').slice(2), 'base64url').readBigUInt64BE();
  return await registry.registry.store.rows({
    text: `select state, open_p, settled_on::text from due where member_no = $1 order by amount_p`,
    values: [String(no)],
  });
}

const troubleOf = async ({ client }: Desktop): Promise<string | undefined> =>
  (await client.registry.membership()).trouble?.code;

function pay(of: Seller, at: number, amount: number, on = '2026-11-20'): void {
  fileOf(of).write((tx) =>
    moneyIn(tx, of.customerId, { amount, day: on, allocated: new Map([[of.billIds[at] ?? 0, amount]]) }),
  );
}

describe('a receipt that is booked', () => {
  it('queues the due in the same transaction, and is undone with it', async () => {
    const one = await seller([10_000]);
    const file = fileOf(one);
    const failing = (): void =>
      file.write((tx) => {
        moneyIn(tx, one.customerId, {
          amount: 4_000,
          day: '2026-11-20',
          allocated: new Map([[one.billIds[0] ?? 0, 4_000]]),
        });
        expect(tx.sqlite.prepare('select count(*) from registry_outbox').pluck().get()).toBe(1);
        throw new Error('The power went.');
      });
    expect(failing).toThrow('The power went.');
    expect((await one.client.registry.membership()).queuedCount).toBe(0);
    pay(one, 0, 4_000);
    expect((await one.client.registry.membership()).queuedCount).toBe(1);
  });

  it('settles the due at the registry, and several receipts are one word', async () => {
    const one = await seller([10_000, 20_000]);
    pay(one, 0, 4_000);
    pay(one, 0, 6_000, '2026-11-21');
    pay(one, 1, 5_000);
    expect((await one.client.registry.membership()).queuedCount).toBe(2);
    await synced(one);
    expect(await atRegistry(one)).toEqual([
      { state: 'settled', open_p: 0, settled_on: '2026-11-21' },
      { state: 'part', open_p: 1_500_000, settled_on: null },
    ]);
    expect(await one.client.registry.published({})).toMatchObject([
      { state: 'part', openPaise: 1_500_000 },
      { state: 'settled', openPaise: 0 },
    ]);
  });

  it('is told by itself, soon after it was booked', async () => {
    const one = await seller([10_000]);
    const told = one.client.changes.watch();
    const news = (await told)[Symbol.asyncIterator]();
    pay(one, 0, 10_000, '2026-11-20');
    one.context.changed('receipts', 'bills');
    for (;;) {
      const { value, done } = await news.next();
      if (
        done === true ||
        (value.nouns.includes('registry') && (await atRegistry(one))[0]?.state === 'settled')
      )
        break;
    }
    expect(await atRegistry(one)).toMatchObject([{ state: 'settled' }]);
    await news.return?.(undefined);
  });

  it.each([
    ['receipt', 'receipts'],
    ['credit-note', 'credits'],
  ] as const)(
    'comes back when the %s turns out to be void, as by a cheque that bounces',
    async (kind, of) => {
      const one = await seller([10_000]);
      const allocated = new Map([[one.billIds[0] ?? 0, 10_000]]);
      const money = { amount: 10_000, day: '2026-11-20', kind, allocated };
      fileOf(one).write((tx) => moneyIn(tx, one.customerId, money));
      await synced(one);
      expect(await atRegistry(one)).toMatchObject([{ state: 'settled' }]);
      const bounced = `update ${of} set voided_at = 1, void_reason = 'Bounced.' where customer_id = ?`;
      fileOf(one).write((tx) => tx.sqlite.prepare(bounced).run(one.customerId));
      await synced(one);
      expect(await atRegistry(one)).toMatchObject([{ state: 'reopened', open_p: 1_000_000 }]);
    },
  );

  it('that counts on a later day is told on that day, though nobody writes anything then', async () => {
    const one = await seller([10_000]);
    const later = one.context.dayAt(registry.registry.now() + 5 * 86_400_000, 'Asia/Kolkata');
    fileOf(one).write((tx) =>
      moneyIn(tx, one.customerId, {
        amount: 10_000,
        day: '2026-11-20',
        chequeDay: later,
        allocated: new Map([[one.billIds[0] ?? 0, 10_000]]),
      }),
    );
    await synced(one);
    expect(await atRegistry(one)).toMatchObject([{ state: 'open' }]);
    registry.pass({ days: 5 });
    await synced(one);
    expect(await atRegistry(one)).toMatchObject([{ state: 'settled', settled_on: later }]);
  });
});

describe('what is withdrawn', () => {
  it('is told to be so, also when its bill is cancelled', async () => {
    const one = await seller([10_000, 20_000, 30_000]);
    expect(await one.client.registry.withdraw({ billIds: one.billIds.slice(0, 1) })).toEqual({
      undoneCount: 0,
      withdrawnCount: 1,
    });
    fileOf(one).write((tx) =>
      tx.sqlite
        .prepare(`update bills set voided_at = 1, void_reason = 'Wrong.' where id = ?`)
        .run(one.billIds[1]),
    );
    await synced(one);
    expect((await atRegistry(one)).map(({ state }) => state)).toEqual(['withdrawn', 'withdrawn', 'open']);
  });

  it('never leaves where the debtor paid, or said no, while it still waited', async () => {
    const one = await desktop(registry);
    await joinAs(registry, one);
    const owed = owes(one, { gstin: gstinOf((number += 1)), amounts: [10_000, 20_000] });
    await publishAll(one, owed.billIds);
    pay({ ...one, ...owed, gstin: '' }, 0, 10_000);
    fileOf(one).write((tx) =>
      tx.sqlite
        .prepare(
          `insert into reminder_pauses (customer_id, bill_id, kind, reason, created_at) values (?, ?, 'dispute', 'Broken.', 0)`,
        )
        .run(owed.customerId, owed.billIds[1]),
    );
    registry.pass({ days: 1, minutes: 1 });
    await synced(one);
    expect(await atRegistry(one)).toEqual([]);
    expect(await one.client.registry.published({})).toEqual([]);
    expect((await one.client.registry.membership()).queuedCount).toBe(0);
  });
});

describe('what comes back', () => {
  it('brings a dispute of the debtor with its day, and the answer to it', async () => {
    const one = await seller([10_000]);
    const mobile = `+9198${String(number).padStart(8, '0')}`;
    const debtor = await page(registry, { mobile, identifier: panOf(one.gstin) });
    const { records } = await debtor.answer('records');
    const [record] = records;
    await debtor.answer('openDispute', {
      body: {
        schema: 'dispute.v1',
        dispute_id: registry.registry.newId(),
        reporter: record?.reporter.member_id ?? '',
        due_ref: record?.due_ref ?? '',
        reason: 'goods_defective',
        proof_sha256: null,
      },
    });
    await synced(one);
    const [dispute] = await one.client.registry.disputes();
    expect(dispute).toMatchObject({ billId: one.billIds[0], reason: 'goods_defective', state: 'open' });
    expect(dispute?.answerBy).not.toBeNull();
    expect(await one.client.registry.published({})).toMatchObject([{ visibility: 'masked' }]);
    expect((await one.client.registry.membership()).openDisputeCount).toBe(1);
    const disputeId = dispute?.disputeId ?? '';
    expect(await one.client.registry.answerDispute({ disputeId, answer: 'contest' })).toEqual({
      state: 'contested',
    });
  });

  it('is what it was after weeks without a network', async () => {
    const one = await seller([10_000]);
    pay(one, 0, 10_000);
    registry.pass({ days: 40 });
    await synced(one);
    expect(await atRegistry(one)).toMatchObject([{ state: 'settled' }]);
    expect(await troubleOf(one)).toBeUndefined();
  });
});

describe('a backup, a copy', () => {
  it('begins a new epoch when the book was restored, and nothing that it says is taken for old', async () => {
    const one = await desktop(registry);
    await joinAs(registry, one);
    const owed = owes(one, { gstin: gstinOf((number += 1)), amounts: [10_000] });
    await publishAll(one, owed.billIds);
    registry.pass({ days: 1, minutes: 1 });
    await one.close();
    const book = (folder: string): string => path.join(folder, 'books');
    const backup = copyOf(one.dataFolder);
    const again = await desktop(registry, { dataFolder: one.dataFolder });
    await synced(again);
    pay({ ...again, ...owed, gstin: '' }, 0, 4_000);
    await synced(again);
    expect(await atRegistry(again)).toMatchObject([{ state: 'part' }]);
    await again.close();
    // The vault is no part of a backup: it knows how far this device had counted.
    cpSync(book(backup), book(one.dataFolder), { recursive: true, force: true });
    const restored = await desktop(registry, { dataFolder: one.dataFolder });
    pay({ ...restored, ...owed, gstin: '' }, 0, 10_000);
    registry.pass({ minutes: 5 });
    await synced(restored);
    expect(await troubleOf(restored)).toBeUndefined();
    // The backup was made before anything had left: it would have thought that nobody had heard of the due.
    expect(await atRegistry(restored)).toMatchObject([{ state: 'settled', open_p: 0 }]);
    expect(await restored.client.registry.published({})).toMatchObject([{ state: 'settled' }]);
  });

  it('takes up again what was published after the backup was made', async () => {
    const one = await desktop(registry);
    await joinAs(registry, one);
    const owed = owes(one, { gstin: gstinOf((number += 1)), amounts: [10_000, 20_000] });
    await publishAll(one, owed.billIds.slice(0, 1));
    registry.pass({ days: 1, minutes: 1 });
    await synced(one);
    await one.close();
    const backup = copyOf(one.dataFolder);
    const again = await desktop(registry, { dataFolder: one.dataFolder });
    await publishAll(again, owed.billIds.slice(1));
    registry.pass({ days: 1, minutes: 1 });
    await synced(again);
    expect((await atRegistry(again)).map(({ state }) => state)).toEqual(['open', 'open']);
    await again.close();
    cpSync(path.join(backup, 'books'), path.join(one.dataFolder, 'books'), { recursive: true, force: true });
    const restored = await desktop(registry, { dataFolder: one.dataFolder });
    expect(await restored.client.registry.published({})).toHaveLength(1);
    registry.pass({ minutes: 5 });
    await synced(restored);
    expect(await troubleOf(restored)).toBeUndefined();
    expect(await restored.client.registry.published({})).toHaveLength(2);
    pay({ ...restored, ...owed, gstin: '' }, 1, 20_000);
    await synced(restored);
    expect((await atRegistry(restored)).map(({ state }) => state)).toEqual(['open', 'settled']);
  });

  it('says nothing from a copied folder until somebody says that this is the book', async () => {
    const one = await seller([10_000]);
    await one.close();
    const copy = await desktop(registry, { dataFolder: copyOf(one.dataFolder) });
    const told = await copy.client.changes.watch();
    pay({ ...one, ...copy }, 0, 10_000);
    copy.context.changed('receipts', 'bills');
    for await (const { nouns } of told) if (nouns.includes('registry')) break;
    expect(await troubleOf(copy)).toBe('copied-book');
    expect(await atRegistry(copy)).toMatchObject([{ state: 'open' }]);
    await synced(copy);
    expect(await troubleOf(copy)).toBeUndefined();
    expect(await atRegistry(copy)).toMatchObject([{ state: 'settled' }]);
  });
});

describe('a world that is not as it should be', () => {
  it('sets right a clock that is wrong by a year for signatures alone, and moves no day', async () => {
    let shift = 0;
    const one = await desktop(registry, { now: () => registry.registry.now() + shift });
    await joinAs(registry, one);
    const { billIds } = owes(one, { gstin: gstinOf((number += 1)), amounts: [10_000] });
    shift = -365 * 86_400_000;
    await synced(one);
    expect(await troubleOf(one)).toBeUndefined();
    // By its own wrong day nothing is overdue, and nothing pretends to be.
    const { candidates } = await one.client.registry.candidates({});
    expect(candidates.map(({ billId }) => billId)).not.toContain(billIds[0]);
  });

  it('takes a log-in page for what it is, and goes on when the network is free', async () => {
    const between = await meddler(await addressOf(registry));
    const one = await seller([10_000], between.address);
    pay(one, 0, 10_000);
    between.meddle(() => ({ status: 200, type: 'text/html', text: '<html>Welcome to our hotel</html>' }));
    await synced(one);
    expect(await troubleOf(one)).toBe('foreign');
    expect((await one.client.registry.membership()).queuedCount).toBe(1);
    // Even one that answers JSON of the right shape does not have the registry's key.
    between.meddle((to, answer) =>
      to === '/v1/batches' ? { ...answer, text: answer.text.replace('"applied":1', '"applied":2') } : answer,
    );
    await synced(one);
    expect(await troubleOf(one)).toBe('foreign');
    between.meddle(null);
    await synced(one);
    expect(await troubleOf(one)).toBeUndefined();
    const sent = between.seen.filter(({ path: to }) => to === '/v1/batches').slice(-3);
    expect(new Set(sent.map(({ body }) => body.toString('base64'))).size).toBe(1);
    expect(await atRegistry(one)).toMatchObject([{ state: 'settled' }]);
  });

  it('is told in few bytes that there is no news, and when to look again', async () => {
    const between = await meddler(await addressOf(registry));
    const one = await seller([10_000], between.address);
    await synced(one);
    between.statuses.length = 0;
    await synced(one);
    const looks = between.statuses.filter(({ path: to }) => to.startsWith('/v1/changes'));
    expect(looks.map(({ status }) => status)).toEqual([304]);
    const { nextSyncAt, trouble } = await one.client.registry.membership();
    expect(trouble).toBeNull();
    const hours = ((nextSyncAt ?? 0) - registry.registry.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(2.9);
    expect(hours).toBeLessThan(10);
    // What comes after it is not missed.
    pay(one, 0, 10_000);
    await synced(one);
    expect(await atRegistry(one)).toMatchObject([{ state: 'settled' }]);
  });

  it('passes over what a newer registry says beyond what it knows', async () => {
    const between = await meddler(await addressOf(registry));
    const one = await seller([10_000], between.address);
    pay(one, 0, 10_000);
    between.meddle((to, answer) => {
      if (answer.status !== 200 || !answer.type.startsWith('application/json')) return answer;
      const body: { changes?: unknown[] } = JSON.parse(answer.text);
      if (to.startsWith('/v1/changes'))
        body.changes?.unshift({ n: 1, at: '2026-11-22T00:00:00Z', type: 'weather.changed', sky: 'blue' });
      return { ...answer, text: JSON.stringify({ ...body, news_of_2028: { deep: true } }) };
    });
    await synced(one);
    expect(await troubleOf(one)).toBeUndefined();
    expect(await one.client.registry.published({})).toMatchObject([{ state: 'settled' }]);
  });

  it('says so when the log contradicts what it said before', async () => {
    const one = await seller([10_000]);
    for (const job of registry.jobs) if (job.name === 'log.sequence') await job.run(registry.registry);
    await synced(one);
    expect((await one.client.registry.membership()).log?.size).toBeGreaterThan(0);
    const file = fileOf(one);
    const kept = file.read((tx) =>
      tx.sqlite.prepare('select checkpoint from registry_membership').pluck().get(),
    );
    const forged = await tempRegistry();
    expect(forged.registry.origin).toBe(registry.registry.origin);
    const foreign = await (await fetch(`${await addressOf(forged)}/v1/log/checkpoint`)).text();
    file.write((tx) => tx.sqlite.prepare('update registry_membership set checkpoint = ?').run(foreign));
    await synced(one);
    expect(await troubleOf(one)).toBe('log-broken');
    file.write((tx) => tx.sqlite.prepare('update registry_membership set checkpoint = ?').run(kept));
    await synced(one);
    expect(await troubleOf(one)).toBeUndefined();
    expect(file.read(openBatch)).toBeUndefined();
  });
});
