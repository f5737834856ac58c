import { cpSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileOf, moneyIn, refusalOf } from '#tests/builders/facts.ts';
import { meddler, type Meddler } from '#tests/builders/registry/between.ts';
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
import { gstinOf, otpIn } from '#tests/builders/registry/member.ts';
import { tempRegistry, type TempRegistry } from '#tests/builders/registry/temp-registry.ts';
import type { EngineWish } from '#engine/open-engine.ts';
import { beforeAll, describe, expect, it } from 'vitest';

// Whatever stands in the way: what was paid is told, once and for certain; what was never published is never told.

let registry: TempRegistry;
let number = 2_000;

beforeAll(async () => {
  registry = await tempRegistry();
});

type Seller = Desktop & {
  readonly billIds: number[];
  readonly customerId: number;
  readonly ownGstin: string;
};

async function waiting(
  amounts: readonly number[],
  wish: Partial<EngineWish> & { readonly address?: string } = {},
): Promise<Seller> {
  const { address, ...engine } = wish;
  const one = await desktop(registry, engine);
  const ownGstin = gstinOf((number += 1));
  await joinAs(registry, one, { gstin: ownGstin, ...(address !== undefined && { address }) });
  const phone = `98${String((number += 1)).padStart(8, '0')}`;
  const owed = owes(one, { gstin: gstinOf(number), amounts, phone });
  await publishAll(one, owed.billIds);
  return { ...one, ...owed, ownGstin };
}

/** A member with dues of one debtor at the registry. */
async function seller(amounts: readonly number[], address?: string): Promise<Seller> {
  const one = await waiting(amounts, address === undefined ? {} : { address });
  registry.pass({ days: 1, minutes: 1 });
  await synced(one);
  expect(await one.client.registry.membership()).toMatchObject({ trouble: null, queuedCount: 0 });
  return one;
}

async function memberNo(of: Desktop): Promise<string> {
  const { memberId } = await of.client.registry.membership();
  return String(Buffer.from((memberId ?? '').slice(2), 'base64url').readBigUInt64BE());
}

async function statesOf(no: string): Promise<readonly string[]> {
  const rows = await registry.registry.store.rows<{ state: string }>({
    text: 'select state from due where member_no = $1 order by amount_p, ver',
    values: [no],
  });
  return rows.map(({ state }) => state);
}

const statesAt = async (of: Desktop): Promise<readonly string[]> => await statesOf(await memberNo(of));

function pay(of: Desktop & Pick<Seller, 'customerId' | 'billIds'>, at: number, amount: number): void {
  fileOf(of).write((tx) =>
    moneyIn(tx, of.customerId, {
      amount,
      day: '2026-11-20',
      allocated: new Map([[of.billIds[at] ?? 0, amount]]),
    }),
  );
}

const troubleOf = async ({ client }: Desktop): Promise<string | undefined> =>
  (await client.registry.membership()).trouble?.code;

const away = (between: Meddler): void =>
  between.meddle((to, answer) =>
    to === '/v1/batches' ? { status: 503, type: 'text/plain', text: '' } : answer,
  );

describe('a payment', () => {
  it('is taken of a member who may say nothing new, whatever else waits', async () => {
    const one = await seller([10_000, 20_000]);
    const no = await memberNo(one);
    await registry.registry.store.rows({
      text: `update member set status = 'suspended' where member_no = $1`,
      values: [no],
    });
    pay(one, 0, 4_000);
    await synced(one);
    expect(await troubleOf(one)).toBe('suspended');
    pay(one, 1, 20_000);
    await synced(one);
    expect(await statesOf(no)).toEqual(['open', 'settled']);
    await registry.registry.store.rows({
      text: `update member set status = 'active' where member_no = $1`,
      values: [no],
    });
    await synced(one);
    expect(await statesOf(no)).toEqual(['part', 'settled']);
  });

  it('is told before its member leaves, who stays one while it cannot be', async () => {
    const between = await meddler(await addressOf(registry));
    const one = await seller([10_000], between.address);
    const no = await memberNo(one);
    pay(one, 0, 10_000);
    away(between);
    expect((await refusalOf(one.client.registry.leave())).code).toBe('registry-payments-wait');
    expect(await one.client.registry.membership()).toMatchObject({ status: 'member' });
    between.meddle(null);
    expect(await one.client.registry.leave()).toMatchObject({ status: 'left' });
    expect(await statesOf(no)).toEqual(['settled']);
  });

  it('is told while its member joins again and has typed no password yet, and after he did', async () => {
    const one = await seller([10_000, 20_000]);
    const { client } = one;
    const address = await addressOf(registry);
    const wish = { address, legalName: 'Again Traders', gstin: one.ownGstin, purpose: 'publish' } as const;
    const contact = { mobile: '9712300001', email: null };
    const before = registry.sent.length;
    await client.registry.join({ ...wish, contact, termsVersion: '2026-11', language: 'en' });
    pay(one, 0, 10_000);
    await synced(one);
    expect(await troubleOf(one)).toBeUndefined();
    expect(await statesAt(one)).toEqual(['settled', 'open']);
    await client.registry.confirmJoin({ otp: otpIn(registry.sent[before]?.text ?? '') });
    expect(await client.registry.membership()).toMatchObject({ status: 'member', purpose: 'publish' });
    pay(one, 1, 20_000);
    await synced(one);
    expect(await troubleOf(one)).toBeUndefined();
    expect(await statesAt(one)).toEqual(['settled', 'settled']);
  });

  it('is not believed told where a copy of the book has said something newer', async () => {
    const one = await seller([10_000, 20_000]);
    const no = await memberNo(one);
    const copy = await desktop(registry, { dataFolder: copyOf(one.dataFolder) });
    pay({ ...one, ...copy }, 1, 5_000);
    await synced(copy);
    expect(await statesOf(no)).toEqual(['open', 'part']);
    const told = await one.client.changes.watch();
    pay(one, 0, 10_000);
    one.context.changed('receipts', 'bills');
    for await (const { nouns } of told) if (nouns.includes('registry') && (await troubleOf(one))) break;
    expect(await troubleOf(one)).toBe('copied-book');
    expect((await one.client.registry.membership()).queuedCount).toBe(1);
    await synced(one);
    expect(await troubleOf(one)).toBeUndefined();
    expect((await statesOf(no))[0]).toBe('settled');
  });

  it('waits for no pause that was set while the clock was wrong', async () => {
    const one = await seller([10_000]);
    fileOf(one).write((tx) =>
      tx.sqlite
        .prepare('update registry_membership set failures = 1, next_sync_at = ?')
        .run(registry.registry.now() + 365 * 86_400_000),
    );
    const told = await one.client.changes.watch();
    pay(one, 0, 10_000);
    one.context.changed('receipts', 'bills');
    for await (const { nouns } of told)
      if (nouns.includes('registry') && (await statesAt(one))[0] === 'settled') break;
    expect(await statesAt(one)).toEqual(['settled']);
  });

  it('is no withdrawal where the token of whom it was due from is being made anew', async () => {
    const one = await seller([10_000]);
    fileOf(one).write((tx) => tx.sqlite.exec('delete from registry_tokens'));
    pay(one, 0, 10_000);
    await synced(one);
    expect(await statesAt(one)).toEqual(['settled']);
  });

  it('finds a due again that was corrected after the backup was made', async () => {
    const one = await seller([10_000]);
    await one.close();
    const backup = copyOf(one.dataFolder);
    const right = gstinOf((number += 1));
    const correct = (of: Desktop): void => {
      fileOf(of).write((tx) =>
        tx.sqlite.prepare('update customers set gstin = ? where id = ?').run(right, one.customerId),
      );
    };
    const again = await desktop(registry, { dataFolder: one.dataFolder });
    correct(again);
    await synced(again);
    await publishAll(again, one.billIds);
    registry.pass({ days: 1, minutes: 1 });
    await synced(again);
    expect(await statesAt(again)).toEqual(['withdrawn', 'open']);
    await again.close();
    cpSync(path.join(backup, 'books'), path.join(one.dataFolder, 'books'), { recursive: true, force: true });
    const restored = await desktop(registry, { dataFolder: one.dataFolder });
    correct(restored);
    pay({ ...one, ...restored }, 0, 10_000);
    registry.pass({ minutes: 5 });
    await synced(restored);
    expect(await troubleOf(restored)).toBeUndefined();
    expect((await statesAt(restored)).toSorted()).toEqual(['settled', 'withdrawn']);
  });
});

describe('what was never taken', () => {
  it('is never said: published anew after a refusal, and paid while it may still be taken back', async () => {
    const one = await desktop(registry);
    await joinAs(registry, one);
    const gstin = gstinOf((number += 1), 'P');
    const mobile = `+9198${String(number).padStart(8, '0')}`;
    const owed = owes(one, { gstin, amounts: [10_000], phone: mobile });
    const wish = {
      customerId: owed.customerId,
      name: 'A person',
      gstin,
      language: 'en',
      purpose: 'TC02',
    } as const;
    await one.client.registry.askConsent({ ...wish, contact: { mobile, email: null } });
    fileOf(one).write((tx) =>
      tx.sqlite.exec(`update registry_consents set state = 'granted', artefact = '{}'`),
    );
    await publishAll(one, owed.billIds);
    registry.pass({ days: 1, minutes: 1 });
    await synced(one);
    expect(await one.client.registry.published({})).toMatchObject([{ errorCode: 'basis_unknown' }]);
    await one.client.registry.withdraw({ billIds: owed.billIds });
    await publishAll(one, owed.billIds);
    pay({ ...one, ...owed }, 0, 10_000);
    registry.pass({ days: 1, minutes: 1 });
    await synced(one);
    expect(await one.client.registry.published({})).toEqual([]);
    const sent = fileOf(one).read((tx) =>
      tx.sqlite.prepare(`select count(*) from registry_batches where kind = 'incremental'`).pluck().get(),
    );
    expect(sent).toBe(1);
  });

  it('is withdrawn, not forgotten, once it is on its way, whatever the clock says', async () => {
    const between = await meddler(await addressOf(registry));
    let shift = 0;
    const now = (): number => registry.registry.now() + shift;
    const one = await waiting([10_000], { address: between.address, now });
    shift = 25 * 3_600_000;
    away(between);
    await synced(one);
    shift = 0;
    expect(await one.client.registry.withdraw({ billIds: one.billIds })).toEqual({
      undoneCount: 0,
      withdrawnCount: 1,
    });
    between.meddle(null);
    await synced(one);
    await synced(one);
    expect(await statesAt(one)).toEqual(['withdrawn']);
  });
});

describe('a report', () => {
  it('is gone from the file when its time is over, and is not opened any more', async () => {
    const one = await seller([10_000]);
    const gstin = gstinOf((number += 1));
    const contact = { mobile: `+9198${String(number).padStart(8, '0')}`, email: null };
    const wish = { name: 'Prospect', gstin, contact, purpose: 'TC01', language: 'en' } as const;
    const { consentId } = await one.client.registry.askConsent(wish);
    const marker = 'A-REPORT-THAT-IS-OVER';
    const file = fileOf(one);
    file.write((tx) => {
      tx.sqlite.exec(`update registry_consents set state = 'granted', expires_day = '2026-11-01'`);
      tx.sqlite
        .prepare(
          `insert into registry_checks (check_id, consent_id, name, report, valid_until, at) values ('c', ?, 'P', ?, '2026-11-01', 0)`,
        )
        .run(consentId, JSON.stringify({ marker }));
    });
    const bytes = (): string =>
      ['', '-wal']
        .map((end) => file.file + end)
        .filter((name) => existsSync(name))
        .map((name) => readFileSync(name, 'latin1'))
        .join('');
    expect(bytes()).toContain(marker);
    expect((await one.client.registry.consents({}))[0]?.state).toBe('expired');
    file.write((tx) => tx.sqlite.exec(`update registry_consents set state = 'used'`));
    expect((await refusalOf(one.client.registry.check({ consentId }))).code).toBe(
      'registry-consent-not-granted',
    );
    expect(bytes()).not.toContain(marker);
    expect((await one.client.registry.looks()).map(({ what }) => what)).toEqual(['erased', 'asked']);
  });
});
