import { afterEach, describe, expect, it, vi } from 'vitest';
import { day } from '#domain/days.ts';
import type { TallyVoucher, TallyVoucherMark } from '#domain/tally/facts.ts';
import type { TallyTarget } from '../../../../src-engine/adapters/ports.ts';
import { tallySource } from '../../../../src-engine/adapters/tally/tally.ts';
import { startFakeTally, type FakeTally, type FakeTallyOptions } from '../../../fakes/tally/index.ts';
import { asOf, billText, books, seenBy, smallCompany, sorted, truthOf, vouchersOf } from './fake-book.ts';

const open: FakeTally[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((tally) => tally.stop()));
});

async function started(options: FakeTallyOptions = {}): Promise<{ tally: FakeTally; on: TallyTarget }> {
  const company = smallCompany();
  const tally = await startFakeTally({ books: [company], today: asOf, ...options });
  open.push(tally);
  return { tally, on: { address: tally.address, company: company.name } };
}

function onlyCompany(tally: FakeTally): FakeTally['companies'][number] {
  const [company] = tally.companies;
  if (!company) throw new Error('No company.');
  return company;
}

const profiles = [
  { product: 'erp9', licence: 'licensed', editLog: false },
  { product: 'prime2', licence: 'licensed', editLog: false },
  { product: 'prime4', licence: 'edu', editLog: false },
  { product: 'prime7', licence: 'licensed', editLog: true },
  { product: 'prime7', licence: 'edu', editLog: true },
] as const;

describe.each(profiles)('a Tally of the profile $product, $licence, edit log $editLog', (profile) => {
  it('says what it is and which companies are open', async () => {
    const { tally, on } = await started({ profile });
    const source = tallySource();
    const greeting = await source.greet(on.address);
    expect(greeting).toMatchObject({ value: { product: profile.product === 'erp9' ? 'erp9' : 'prime' } });
    const companies = await source.companies(on.address);
    const { guid, name } = onlyCompany(tally);
    const isEducational = profile.licence === 'edu';
    expect(companies).toMatchObject({
      value: [{ guid, name, isActive: true, isEducational, isGroup: false, booksFrom: '2025-04-01' }],
    });
  });

  it('hands on what its customers owe, bill by bill, to the paisa', async () => {
    const { tally, on } = await started({ profile });
    expect(sorted(await seenBy(tallySource(), on))).toEqual(truthOf(onlyCompany(tally)));
    expect(tally.busyMost()).toBe(1);
  });

  it('hands on every voucher once, in the shape that brings bill types right', async () => {
    const { tally, on } = await started({ profile });
    const vouchers = await vouchersOf(tallySource(), on, 'every-field');
    if (typeof vouchers === 'string') throw new Error(vouchers);
    const view = onlyCompany(tally).view();
    expect(vouchers).toHaveLength(view.vouchers.size);
    const lines = (one: TallyVoucher): readonly string[] =>
      one.lines.flatMap(({ ledgerName, amountPaise, allocations }) => [
        `${one.day} ${ledgerName} ${amountPaise}`,
        ...allocations.map(({ type, ref, amountPaise: amount }) => `${type} ${ref} ${amount}`),
      ]);
    const all = vouchers.flatMap(lines);
    expect(all).toContain('2025-05-02 Mohan & <Sons> 123456');
    expect(all).toContain('new S1 123456');
    expect(all).toContain('against S1 -100000');
    expect(all).toContain('on-account null -5000');
    expect(all).toContain('advance ADV-1 -9900');
    expect(vouchers.filter(({ isOptional }) => isOptional)).toHaveLength(1);
    expect(new Set(vouchers.map(({ kind }) => kind))).toEqual(new Set(['sales', 'receipt']));
  });

  it('hands on one party alone, whatever its name', async () => {
    const { tally, on } = await started({ profile });
    const source = tallySource();
    const truth = truthOf(onlyCompany(tally));
    if ('failure' in truth) throw new Error(truth.failure);
    for (const { name, closing, bills } of truth.parties) {
      const state = await source.party(on, name, asOf);
      if (!state.ok) throw new Error(state.failure.sentence);
      expect(state.value.ledger).toMatchObject({ name, closingPaise: closing });
      expect(state.value.bills.map(billText).toSorted()).toEqual(bills);
    }
  });

  it('hands on what changed, and a census that agrees with the counts', async () => {
    const { tally, on } = await started({ profile });
    const source = tallySource();
    const company = onlyCompany(tally);
    const { voucherCounter, masterCounter } = company.view();
    company.renameLedger('Early Payer', 'Early Bird');
    company.createVoucher({
      type: 'Receipt',
      date: '2026-03-30',
      lines: [
        { ledger: 'Early Bird', amount: -500 },
        { ledger: 'HDFC Bank', amount: 500 },
      ],
    });
    const names: string[] = [];
    await source.ledgers(on, { asOf, afterAlterId: masterCounter }, ({ name }) => names.push(name));
    expect(names).toEqual(['Early Bird']);
    const changed: string[] = [];
    const wish = { ...books, shape: 'every-field', afterAlterId: voucherCounter } as const;
    await source.vouchers(on, wish, (one) => changed.push(`${one.day} ${one.kind}`));
    expect(changed).toEqual(['2026-03-30 receipt']);
    const marks: TallyVoucherMark[] = [];
    const expected = company.view().vouchers.size;
    const census = await source.census(on, { ...books, expected }, (mark) => marks.push(mark));
    expect(census.ok).toBe(true);
    expect(new Set(marks.map(({ guid }) => guid)).size).toBe(expected);
  });

  it('counts only the days of the window', async () => {
    const { on } = await started({ profile });
    const counts = await tallySource().voucherCounts(on, { from: day('2025-11-15'), to: day('2025-11-20') });
    expect(counts.ok && new Map(counts.value)).toEqual(
      new Map([
        ['2025-11-15', 3],
        ['2025-11-20', 1],
      ]),
    );
  });
});

describe('an idle look at a Tally', () => {
  it('costs it one request', async () => {
    const { tally, on } = await started();
    await tallySource().companies(on.address);
    expect(tally.requests.map(({ kind }) => kind)).toEqual(['companies']);
  });
});

describe('a Tally at the end of its line', () => {
  it('is silent, then has a box on its screen, and is read again once the box is closed', async () => {
    const { tally, on } = await started();
    const source = tallySource({ urgentSilenceMs: 500, lightSilenceMs: 500, dialogMs: 900 });
    tally.faults.when('groups', { kind: 'silence' });
    expect(await source.groups(on)).toMatchObject({ failure: { code: 'tally-busy' } });
    expect(await source.companies(on.address)).toMatchObject({ failure: { code: 'tally-dialog' } });
    tally.dismiss();
    expect(await tallySource().groups(on)).toMatchObject({ ok: true });
  });

  it('is waited for while it works on what was left', async () => {
    const { tally, on } = await started();
    const source = tallySource();
    tally.faults.when('groups', { kind: 'slow', milliseconds: 250 });
    const stop = new AbortController();
    const reading = expect(source.groups({ ...on, signal: stop.signal })).rejects.toThrow('Enough.');
    // The look at the companies, and then the groups, are on their way.
    await vi.waitUntil(() => tally.faults.count() === 2, { interval: 5 });
    stop.abort(new Error('Enough.'));
    await reading;
    expect(await source.groups(on)).toMatchObject({ ok: true });
    expect(tally.requests.map(({ kind }) => kind)).toContain('greeting');
  });

  it('is not running after it crashed, and is read again after its start', async () => {
    const { tally, on } = await started();
    const source = tallySource();
    tally.faults.when('groups', { kind: 'crash' });
    expect(await source.groups(on)).toMatchObject({ failure: { code: 'tally-cut-off' } });
    expect(await source.groups(on)).toMatchObject({ failure: { code: 'tally-not-running' } });
    await tally.restart();
    expect(await source.groups(on)).toMatchObject({ ok: true });
  });
});
