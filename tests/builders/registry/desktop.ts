import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { AddressInfo } from 'node:net';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { openEngine, type Engine, type EngineWish } from '#engine/open-engine.ts';
import { billWriter } from '#engine/storage/bills.ts';
import { insertCustomer } from '#engine/storage/customers.ts';
import { putEvidence } from '#engine/storage/registry-candidates.ts';
import { memberNoOf } from '#registry/members/member-id.ts';
import { onTestFinished } from 'vitest';
import { fileOf } from '../facts.ts';
import { gstinOf, otpIn } from './member.ts';
import type { TempRegistry } from './temp-registry.ts';

// A desktop of the real engine, and a registry on a real socket of this machine.

/** The vault's key of all desktops in tests. */
export const VAULT_KEY = Buffer.alloc(32, 7);

/** Where a registry listens; it does so once, however often it is asked. */
export async function addressOf({ app }: Pick<TempRegistry, 'app'>): Promise<string> {
  if (!app.server.listening) await app.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

export type Desktop = Engine & { readonly dataFolder: string; readonly bugs: unknown[] };

/** Opened on a folder of its own, or on the one given; closed and removed when the test ends. */
export async function desktop(
  registry: Pick<TempRegistry, 'registry'>,
  wish: Partial<EngineWish> & { readonly dataFolder?: string } = {},
): Promise<Desktop> {
  const dataFolder = wish.dataFolder ?? mkdtempSync(path.join(os.tmpdir(), 'baaki-desktop-'));
  const bugs: unknown[] = [];
  const engine = await openEngine({
    version: '0.0.0-test',
    now: registry.registry.now,
    vaultKey: VAULT_KEY,
    onBug: (_id, error) => bugs.push(error),
    ...wish,
    dataFolder,
  });
  onTestFinished(async () => {
    await engine.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  if ((await engine.client.books.list()).length === 0)
    await engine.client.books.create({ name: 'Test Traders' });
  return { ...engine, dataFolder, bugs };
}

/** Another folder with the same content, as a backup or a copy is. */
export function copyOf(dataFolder: string): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'baaki-desktop-'));
  cpSync(dataFolder, copy, { recursive: true });
  return copy;
}

let joined = 0;

export type Joining = {
  readonly address?: string;
  readonly gstin?: string;
  readonly purpose?: 'publish' | 'check' | 'both';
};

/** Joins as an owner does: terms, application, one-time password. The operator knows him, and something of his was seen. */
export async function joinAs(
  registry: Pick<TempRegistry, 'app' | 'sent' | 'registry'>,
  { client }: Engine,
  wish: Joining = {},
): Promise<void> {
  joined += 1;
  const address = wish.address ?? (await addressOf(registry));
  const { termsVersion } = await client.registry.terms({ address });
  const before = registry.sent.length;
  await client.registry.join({
    address,
    legalName: `Desktop ${joined} Traders`,
    gstin: wish.gstin ?? gstinOf(3_000_000 + joined),
    contact: { mobile: `97${50_000_000 + joined}`, email: null },
    purpose: wish.purpose ?? 'both',
    termsVersion,
    language: 'en',
  });
  await client.registry.confirmJoin({ otp: otpIn(registry.sent[before]?.text ?? '') });
  const { memberId } = await client.registry.membership();
  await registry.registry.store.rows({
    text: `UPDATE member SET status = 'active', probation_until = $2, contributed_on = $2
           WHERE member_no = $1 AND status = 'probation'`,
    values: [memberNoOf(memberId ?? ''), registry.registry.today()],
  });
}

type Debtor = { readonly gstin: string; readonly phone?: string | null; readonly name?: string };

let keys = 0;
const origin = (): { source: string; sourceKey: string; importBatchId: null; createdAt: number } => ({
  source: 'test',
  sourceKey: `registry-${(keys += 1)}`,
  importBatchId: null,
  createdAt: 0,
});

export type OwedWish = Debtor & {
  /** Rupees of each bill, all due in the first days of July 2026. */
  readonly amounts: readonly number[];
  readonly withProof?: boolean;
};

/** A customer with overdue bills and their proof. */
export function owes(engine: Engine, wish: OwedWish): { customerId: number; billIds: number[] } {
  return fileOf(engine).write((tx) => {
    const name = wish.name ?? `Debtor ${wish.gstin}`;
    const customerId = insertCustomer(tx, {
      name,
      nameKey: name.toLowerCase(),
      gstin: wish.gstin,
      phone: wish.phone === undefined ? '+91 98450 12345' : wish.phone,
      ...origin(),
    });
    const writer = billWriter(tx);
    const billIds = wish.amounts.map((amount, at) => {
      const billId = writer.insert({
        ...origin(),
        customerId,
        kind: 'invoice',
        number: `INV-${customerId}-${at + 1}`,
        billDay: day('2026-06-01'),
        dueDay: day(`2026-07-0${1 + (at % 9)}`),
        amountPaise: paise(amount * 100),
        currency: null,
        foreignMinor: null,
        rateE6: null,
        salesperson: null,
      });
      if (wish.withProof !== false)
        putEvidence(tx, { billId, grade: 'doc', hash: 'A'.repeat(43), fileName: null, at: 0 });
      return billId;
    });
    return { customerId, billIds };
  });
}

/** Publishes as the owner does the first time: looks, types the number, lets the day pass. */
export async function publishAll({ client }: Engine, billIds: readonly number[]): Promise<number> {
  const { confirmation } = await client.registry.preview({ billIds: [...billIds] });
  const made = await client.registry.publish({ billIds: [...billIds], confirmation });
  return made.publishedCount;
}

/** To its end; the phases that were told. */
export async function synced({ client }: Engine): Promise<readonly string[]> {
  const phases: string[] = [];
  for await (const { phase } of await client.registry.sync()) phases.push(phase);
  return [...new Set(phases)];
}
