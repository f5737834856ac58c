import { day, daysBetween } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { billWriter } from '#engine/storage/bills.ts';
import type { WriteTx } from '#engine/storage/database.ts';
import { putEvidence } from '#engine/storage/registry-candidates.ts';
import { dueSaidOf } from '#domain/registry/due-said.ts';
import { duesOfBills } from '#engine/storage/registry-dues.ts';
import { fileOf, moneyIn, refusalOf } from '#tests/builders/facts.ts';
import { desktop, joinAs, owes, publishAll, synced, type Desktop } from '#tests/builders/registry/desktop.ts';
import { gstinOf } from '#tests/builders/registry/member.ts';
import { runJob } from '#tests/builders/registry/run-job.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import { beforeAll, describe, expect, it } from 'vitest';

let registry: TempRegistry;
let number = 700;

beforeAll(async () => {
  registry = await tempRegistry();
});

type Seller = Desktop & {
  readonly billIds: number[];
  readonly customerId: number;
  readonly ownGstin: string;
};

/** A member with dues of one debtor at the registry. */
async function seller(amounts: readonly number[]): Promise<Seller> {
  const one = await desktop(registry);
  const ownGstin = gstinOf((number += 1));
  await joinAs(registry, one, { gstin: ownGstin });
  const phone = `98${String((number += 1)).padStart(8, '0')}`;
  const owed = owes(one, { gstin: gstinOf(number), amounts, phone });
  await publishAll(one, owed.billIds);
  registry.pass({ days: 1, minutes: 1 });
  await synced(one);
  expect(await one.client.registry.membership()).toMatchObject({ trouble: null, queuedCount: 0 });
  return { ...one, ...owed, ownGstin };
}

async function statesAt(of: Desktop, at: TempRegistry = registry): Promise<readonly string[]> {
  const { memberId } = await of.client.registry.membership();
  const no = Buffer.from((memberId ?? '').slice(2), 'base64url').readBigUInt64BE();
  const rows = await at.registry.store.rows<{ state: string }>({
    text: 'select state from due where member_no = $1 order by ver',
    values: [String(no)],
  });
  return rows.map(({ state }) => state);
}

/** Another bill of his, long overdue, with its proof. */
function addBill(tx: WriteTx, customerId: number): number {
  const billId = billWriter(tx).insert({
    customerId,
    kind: 'invoice',
    number: 'AGAIN-1',
    billDay: day('2026-06-01'),
    dueDay: day('2026-07-01'),
    amountPaise: paise(30_000_00),
    currency: null,
    foreignMinor: null,
    rateE6: null,
    salesperson: null,
    createdAt: 0,
    source: 'test',
    sourceKey: 'again-1',
    importBatchId: null,
  });
  putEvidence(tx, { billId, grade: 'doc', hash: 'A'.repeat(43), fileName: null, at: 0 });
  return billId;
}

function pay(of: Seller, billId: number, amount: number): void {
  fileOf(of).write((tx) =>
    moneyIn(tx, of.customerId, { amount, day: '2026-11-20', allocated: new Map([[billId, amount]]) }),
  );
}

describe('joining again', () => {
  it('is for who lost his keys: the same member, who settles what he published before', async () => {
    const one = await seller([10_000]);
    const { client, context } = one;
    const { memberId } = await client.registry.membership();
    expect((await refusalOf(joinAs(registry, one, { gstin: one.ownGstin }))).code).toBe(
      'registry-member-already',
    );
    await context.vault.forget(`registry-${(await client.books.current())?.bookId ?? ''}`);
    await synced(one);
    expect((await client.registry.membership()).trouble).toMatchObject({ code: 'keys-gone' });
    await joinAs(registry, one, { gstin: one.ownGstin });
    expect(await client.registry.membership()).toMatchObject({ status: 'member', memberId, trouble: null });
    pay(one, one.billIds[0] ?? 0, 10_000);
    await synced(one);
    expect(await statesAt(one)).toEqual(['settled']);
  });

  it('is for who was taken off, which he is told with its moment', async () => {
    const one = await seller([10_000]);
    const other = await desktop(registry);
    await joinAs(registry, other, { gstin: one.ownGstin });
    await synced(one);
    const { trouble } = await one.client.registry.membership();
    expect(trouble).toMatchObject({ code: 'revoked_key', at: registry.registry.now() });
    await joinAs(registry, one, { gstin: one.ownGstin });
    await synced(one);
    expect(await one.client.registry.membership()).toMatchObject({ status: 'member', trouble: null });
  });

  it('elsewhere tells the other registry nothing of what was published at the first', async () => {
    const one = await seller([10_000]);
    await one.client.registry.leave();
    const second = await tempRegistry({ origin: 'second.test/log1' });
    await joinAs(second, one, { gstin: one.ownGstin });
    await synced(one);
    expect(await one.client.registry.membership()).toMatchObject({ trouble: null, openDisputeCount: 0 });
    expect([await statesAt(one, second), await one.client.registry.published({})]).toEqual([[], []]);
    expect((await one.client.registry.candidates({})).readyCount).toBe(1);
  });
});

describe('a member whom the registry has not admitted yet', () => {
  it('gathers what he publishes and asks, and tells it all once he is admitted', async () => {
    const strict = await tempRegistry({ admits: 'operator' });
    const one = await desktop(strict);
    await joinAs(strict, one);
    const { client } = one;
    const asOf = strict.registry.now();
    expect(await client.registry.membership()).toMatchObject({ status: 'pending', trouble: null });
    const owed = owes(one, { gstin: gstinOf((number += 1)), amounts: [10_000], phone: '+919811100011' });
    await publishAll(one, owed.billIds);
    const { consentId } = await client.registry.askConsent({
      name: 'Prospect Mills',
      gstin: gstinOf((number += 1)),
      contact: { mobile: '+919811100012', email: null },
      purpose: 'TC01',
      language: 'en',
    });
    strict.pass({ days: 1, minutes: 1 });
    await synced(one);
    expect(await client.registry.membership()).toMatchObject({
      status: 'pending',
      trouble: null,
      queuedCount: 2,
    });
    expect((await client.registry.membership()).nextSyncAt).toBeGreaterThan(asOf);
    expect((await refusalOf(client.registry.check({ consentId }))).code).toBe('registry-consent-not-granted');
    await strict.registry.store.rows({
      text: `update member set status = 'probation', admitted_on = joined_on where status = 'pending'`,
    });
    await synced(one);
    expect(await client.registry.membership()).toMatchObject({ status: 'member', queuedCount: 0 });
    expect(await statesAt(one, strict)).toEqual(['open']);
    expect((await client.registry.consents({}))[0]?.state).toBe('held');
  });
});

describe('a due that turns out otherwise', () => {
  it('is withdrawn where its PAN was another’s, and waits to be published anew', async () => {
    const one = await seller([10_000]);
    const right = gstinOf((number += 1));
    fileOf(one).write((tx) =>
      tx.sqlite.prepare('update customers set gstin = ? where id = ?').run(right, one.customerId),
    );
    expect((await one.client.registry.membership()).queuedCount).toBe(1);
    await synced(one);
    expect(await statesAt(one)).toEqual(['withdrawn']);
    const { candidates } = await one.client.registry.candidates({});
    expect(candidates).toMatchObject([{ billId: one.billIds[0], bars: [], isCorrected: true }]);
    await publishAll(one, one.billIds);
    registry.pass({ days: 1, minutes: 1 });
    await synced(one);
    expect(await statesAt(one)).toEqual(['withdrawn', 'open']);
    // Another number of his, or more of him that is known, makes him nobody else.
    fileOf(one).write((tx) =>
      tx.sqlite.prepare(`update customers set phone = '9812312312' where id = ?`).run(one.customerId),
    );
    await synced(one);
    expect(await statesAt(one)).toEqual(['withdrawn', 'open']);
  });

  it('has its tokens made anew where the registry has forgotten them', async () => {
    const one = await seller([10_000, 20_000]);
    await one.client.registry.withdraw({ billIds: one.billIds });
    await synced(one);
    const again = fileOf(one).write((tx) => addBill(tx, one.customerId));
    await publishAll(one, [again]);
    await registry.registry.store.rows({ text: 'delete from subject_entity' });
    registry.pass({ days: 1, minutes: 1 });
    await synced(one);
    expect(await one.client.registry.membership()).toMatchObject({ trouble: null, queuedCount: 0 });
    expect(await one.client.registry.published({ billId: again })).toMatchObject([
      { errorCode: null, state: 'open' },
    ]);
    expect((await statesAt(one)).toSorted()).toEqual(['open', 'withdrawn', 'withdrawn']);
  });

  it('is written off when its owner gives it up, and settled when he is paid after all', async () => {
    const one = await seller([10_000, 20_000]);
    const [billId = 0] = one.billIds;
    expect(await one.client.registry.writeOff({ billIds: [billId] })).toEqual({ writtenOffCount: 1 });
    await synced(one);
    expect((await statesAt(one)).toSorted()).toEqual(['open', 'written_off']);
    expect(await one.client.registry.published({ billId })).toMatchObject([{ state: 'written_off' }]);
    expect(await one.client.registry.writeOff({ billIds: [billId] })).toEqual({ writtenOffCount: 0 });
    pay(one, billId, 10_000);
    await synced(one);
    expect((await statesAt(one)).toSorted()).toEqual(['open', 'settled']);
  });

  it('says that the debtor was told, and from when on others see it; where he was not, it tries his new number', async () => {
    const one = await seller([10_000]);
    const [{ dueRef } = { dueRef: '' }] = fileOf(one).read((tx) => duesOfBills(tx, one.billIds));
    fileOf(one).write((tx) => tx.sqlite.exec(`update registry_dues set notice = 'failed'`));
    const [failed] = await one.client.registry.published({});
    expect(failed && dueSaidOf(failed)).toBe('notice-failed');
    fileOf(one).write((tx) =>
      tx.sqlite.prepare(`update customers set phone = '9812300123' where id = ?`).run(one.customerId),
    );
    await synced(one);
    expect(await one.client.registry.published({})).toMatchObject([{ notice: null, state: 'open' }]);
    expect(fileOf(one).read((tx) => duesOfBills(tx, one.billIds))).toMatchObject([
      { dueRef, rev: 2, sentRev: 2 },
    ]);
    await runJob(registry, 'notices');
    await synced(one);
    expect(await one.client.registry.published({})).toMatchObject([
      { notice: 'sent', visibility: 'notice-running' },
    ]);
  });
});

describe('one paper', () => {
  it('proves every bill that it names, and only those that are in the book', async () => {
    const one = await desktop(registry);
    const { billIds } = owes(one, {
      gstin: gstinOf((number += 1)),
      amounts: [10_000, 11_000, 12_000],
      withProof: false,
    });
    const filePath = import.meta.filename;
    const prove = one.client.registry.proveMany({
      billIds: [...billIds.slice(0, 2), 9_999],
      grade: 'ack',
      filePath,
    });
    expect(await prove).toEqual({ provenCount: 2 });
    const { candidates } = await one.client.registry.candidates({});
    const grades = new Map(candidates.map(({ billId, evidence }) => [billId, evidence]));
    expect(billIds.map((billId) => grades.get(billId))).toEqual(['ack', 'ack', 'claim']);
    const unread = one.client.registry.proveMany({ billIds, grade: 'doc', filePath: '/no/such/file' });
    expect((await refusalOf(unread)).code).toBe('registry-file-unread');
  });
});

describe('what is never published', () => {
  it('is a customer, a bill, or whoever is not to be asked for money: each told apart', async () => {
    const one = await desktop(registry);
    const { customerId, billIds } = owes(one, { gstin: gstinOf((number += 1)), amounts: [10_000, 11_000] });
    const { client } = one;
    const marks = async (): Promise<readonly unknown[]> =>
      (await client.registry.candidates({})).candidates.map(({ billId, doNotPublish, bars }) => [
        billIds.indexOf(billId),
        doNotPublish,
        bars.length,
      ]);
    await client.registry.setBillDoNotPublish({ billId: billIds[0] ?? 0, isDoNotPublish: true });
    expect(await marks()).toEqual([
      [1, null, 0],
      [0, 'bill', 1],
    ]);
    await client.registry.setDoNotPublish({ customerId, isDoNotPublish: true });
    expect(await client.registry.doNotPublish({ customerId })).toEqual({ isDoNotPublish: true });
    expect(await marks()).toEqual([
      [1, 'customer', 1],
      [0, 'customer', 1],
    ]);
    await client.registry.setDoNotPublish({ customerId, isDoNotPublish: false });
    await client.registry.setBillDoNotPublish({ billId: billIds[0] ?? 0, isDoNotPublish: false });
    fileOf(one).write((tx) =>
      tx.sqlite
        .prepare(`update customers set do_not_chase_reason = 'Mourning.' where id = ?`)
        .run(customerId),
    );
    expect((await marks()).map((mark) => (mark as unknown[])[1])).toEqual(['not-chased', 'not-chased']);
  });

  it('is a person’s due when the leave that he gave is over', async () => {
    const one = await desktop(registry);
    await joinAs(registry, one);
    const gstin = gstinOf((number += 1), 'P');
    const phone = `+9197${String(number).padStart(8, '0')}`;
    const { customerId } = owes(one, { gstin, amounts: [10_000], phone });
    const consent = await one.client.registry.askConsent({
      customerId,
      name: 'A person',
      gstin,
      contact: { mobile: phone, email: null },
      purpose: 'TC02',
      language: 'hi',
    });
    // Three years, about the most that a registry allows; a look would have two weeks.
    expect(daysBetween(one.context.dayAt(registry.registry.now(), 'Asia/Kolkata'), consent.expiresDay)).toBe(
      1_095,
    );
    fileOf(one).write((tx) => tx.sqlite.exec(`update registry_consents set state = 'granted'`));
    expect((await one.client.registry.candidates({})).readyCount).toBe(1);
    fileOf(one).write((tx) => tx.sqlite.exec(`update registry_consents set expires_day = '2026-11-21'`));
    expect((await one.client.registry.candidates({})).candidates[0]?.bars).toEqual(['consent-missing']);
  });
});
