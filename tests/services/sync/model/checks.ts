import { isDeepStrictEqual } from 'node:util';
import type { SyncStatus } from '#contract/engine/sync.ts';
import { day } from '#domain/days.ts';
import { fileOf } from '#tests/builders/facts.ts';
import { bookOn, handEffects, mustNeverBeOver, type BookParty, type HandEffect } from './book-side.ts';
import { figuresOf, truthOf, type TrueParty } from './truth.ts';
import { todayOf, type ModelWorld } from './world.ts';

export class Wrong extends Error {
  override readonly name = 'Wrong';
}

export function same(what: string, is: unknown, should: unknown): void {
  if (isDeepStrictEqual(is, should)) return;
  throw new Wrong(`${what}\n  is     ${JSON.stringify(is)}\n  should ${JSON.stringify(should)}`);
}

export function holds(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Wrong(what);
}

/** After a sync that came to its end: every figure is the fake's own. `random` days are looked at besides today. */
export async function checkAll(
  world: ModelWorld,
  status: SyncStatus,
  days: readonly string[],
): Promise<void> {
  const { engine, company } = world;
  const { asOf } = status;
  if (asOf === null) throw new Wrong('A sync that has ended has no day.');
  same('no bugs', world.bugs.map(String), []);
  const file = fileOf(engine);
  const truth = truthOf(company, asOf);
  const [book, effects] = file.read((tx) => [bookOn(tx, asOf), handEffects(tx, asOf)] as const);
  const isWhole = status.history?.state === 'complete';
  checkParties({ truth, book, effects, on: asOf, isDetailed: true });
  await checkAging(world, { asOf, truth, book, effects, isWhole });
  await checkCertificate(world, { truth, book, effects });
  file.read(mustNeverBeOver);
  const from = status.history?.from ?? null;
  if (isWhole && from !== null) {
    const isSumOnly = from > company.view().booksFrom;
    for (const on of [...days, todayOf(world)].filter((one) => one >= from && one <= asOf)) {
      const [then, effectsThen] = file.read((tx) => [bookOn(tx, on), handEffects(tx, on)] as const);
      checkParties({
        truth: truthOf(company, on),
        book: then,
        effects: effectsThen,
        on,
        isDetailed: false,
        isSumOnly,
      });
    }
  }
  await checkWritten(world);
}

type Sides = {
  readonly truth: ReadonlyMap<string, TrueParty>;
  readonly book: ReadonlyMap<string, BookParty>;
  readonly effects: readonly HandEffect[];
};

type Look = Sides & {
  readonly on: string;
  /** Days too, which only the reports of that day tell. */
  readonly isDetailed: boolean;
  /** Of less than the whole history only sums are known of past days. */
  readonly isSumOnly?: boolean;
};

function effectsOf(effects: readonly HandEffect[], customerId: number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { customerId: own, ref, amount } of effects) {
    if (own === customerId) sums.set(ref, (sums.get(ref) ?? 0) + amount);
  }
  return sums;
}

function byRef([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function checkParties({ truth, book, effects, on, isDetailed, isSumOnly = false }: Look): void {
  for (const guid of truth.keys()) holds(`${guid} is a customer`, book.has(guid));
  for (const party of book.values()) {
    const { guid, name, closing, unapplied, bills, customerId } = party;
    const should = truth.get(guid);
    if (isSumOnly && should?.hasEarlyMoney) continue;
    same(`${name}: owed on ${on}`, closing, should?.closing ?? 0);
    if (isSumOnly) continue;
    const byHand = effectsOf(effects, customerId);
    const open = new Map<string, number>();
    for (const { ref, amount } of should?.parts ?? []) {
      if (amount > 0) open.set(ref ?? '', (open.get(ref ?? '') ?? 0) + amount);
    }
    for (const [ref, amount] of byHand) open.set(ref, (open.get(ref) ?? 0) + amount);
    const is = [...bills].map(([ref, bill]) => [ref, bill.open] as const);
    const wanted = [...open].filter(([, amount]) => amount !== 0);
    same(`${name}: open bills on ${on}`, is.toSorted(byRef), wanted.toSorted(byRef));
    const credits = (should?.parts ?? []).reduce((sum, part) => sum + Math.min(0, part.amount), 0);
    const applied = [...byHand.values()].reduce((sum, amount) => sum + amount, 0);
    same(`${name}: not applied on ${on}`, unapplied, credits - applied);
    if (!isDetailed) continue;
    for (const [ref, bill] of bills) {
      const there = ref === '' ? undefined : should?.bills.get(ref);
      if (!there) continue;
      same(`${name} ${ref}: due`, bill.dueDays, there.dueDay);
      const isRight = bill.billDay >= there.billDay || should?.hasEarlyMoney === true || byHand.has(ref);
      holds(`${name} ${ref}: its day ${bill.billDay} is not before ${there.billDay}`, isRight);
    }
  }
}

type AgingLook = Sides & { readonly asOf: string; readonly isWhole: boolean };

async function checkAging(
  { engine, company }: ModelWorld,
  { asOf, truth, book, effects, isWhole }: AgingLook,
): Promise<void> {
  const wish = { asOf: day(asOf) };
  const table = await engine.client.aging.table(wish);
  const summary = await engine.client.aging.summary(wish);
  const total = [...truth.values()].reduce((sum, party) => sum + party.closing, 0);
  same('dashboard total', summary.totals.outstandingPaise, total);
  same('table total', table.totals.outstandingPaise, total);
  same(
    'rows add up',
    table.rows.reduce((sum, row) => sum + row.outstandingPaise, 0),
    total,
  );
  const within = await engine.client.aging.tieOut(wish);
  same('ledgers and aging', within.differingCount, 0);
  const { from } = (await engine.client.sync.status()).history ?? { from: null };
  // What was brought forward in one sum has lost its days.
  const isAllHere = isWhole && from !== null && from <= company.view().booksFrom;
  const rows = new Map(table.rows.map((row) => [row.customerId, row]));
  for (const { guid, name, customerId } of book.values()) {
    const row = rows.get(customerId);
    const parts = truth.get(guid)?.parts ?? [];
    const isByHand = [...effectsOf(effects, customerId).values()].some((amount) => amount !== 0);
    if (!isAllHere || isByHand) continue;
    const { outstandingPaise, overduePaise, unallocatedPaise, oldestDays, buckets } =
      row ?? figuresOf([], asOf);
    const is = { outstandingPaise, overduePaise, unallocatedPaise, oldestDays, buckets: [...buckets] };
    same(`${name}: aging`, is, figuresOf(parts, asOf));
  }
}

async function checkCertificate({ engine }: ModelWorld, { truth, book, effects }: Sides): Promise<void> {
  const certificate = await engine.client.sync.tieOut();
  if (!certificate) throw new Wrong('There is no certificate.');
  const owed = [...book.values()].reduce((sum, party) => sum + party.closing, 0);
  const there = [...truth.values()].reduce((sum, party) => sum + party.closing, 0);
  const { totals, parties } = certificate;
  same('certificate: Tally', totals.tallyPaise, there);
  same('certificate: Baaki', totals.baakiPaise, owed);
  same('certificate: difference', totals.differencePaise, owed - there);
  for (const { ledgerGuid, name, customerId, tallyPaise, billsPaise, tiesOut } of parties) {
    const should = truth.get(ledgerGuid);
    same(`certificate: ${name}`, [tallyPaise, billsPaise], [should?.closing ?? 0, should?.inBills ?? 0]);
    const byHand = [...effectsOf(effects, customerId ?? 0)].filter(([, amount]) => amount !== 0);
    if (!should?.hasEarlyMoney) same(`certificate: ${name} ties out`, tiesOut, byHand.length === 0);
    if (byHand.length === 0) continue;
    const state = await engine.client.sync.party({ customerId: customerId ?? 0 });
    for (const [ref] of byHand) {
      if (ref === '') continue;
      const bill = state?.bills.find((one) => one.ref === ref);
      holds(`${name} ${ref}: says that it was applied here`, bill?.causes.includes('applied-here') ?? false);
    }
  }
}

async function checkWritten({ engine, written }: ModelWorld): Promise<void> {
  const file = fileOf(engine);
  const rows = <T>(sql: string): readonly T[] => file.read((tx) => tx.sqlite.prepare<[], T>(sql).all());
  const notes = rows<{ id: number; text: string }>('select customer_id as id, text from notes');
  for (const { customerId, text } of written.notes) {
    holds(
      `note “${text}”`,
      notes.some((one) => one.id === customerId && one.text === text),
    );
  }
  for (const [customerId, phone] of written.phones) {
    const { customer } = await engine.client.customers.get({ customerId });
    same(`phone of ${customer.name}`, customer.phone, phone);
  }
  for (const [customerId, tags] of written.tags) {
    const page = await engine.client.customers.get({ customerId });
    same(`tags of ${page.customer.name}`, page.tags.toSorted(), [...tags].toSorted());
  }
  const chases = new Map(
    rows<{ id: number; reason: string | null }>('select id, do_not_chase_reason as reason from bills').map(
      (row) => [row.id, row.reason],
    ),
  );
  for (const [billId, reason] of written.chases)
    same(`bill ${billId} is not chased`, chases.get(billId), reason);
  const applied = new Set(
    rows<{ id: number }>(`select id from allocations where source <> 'tally'`).map((one) => one.id),
  );
  for (const id of written.applied.keys()) holds(`application ${id} is still there`, applied.has(id));
}
