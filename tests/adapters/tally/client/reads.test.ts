import { afterEach, describe, expect, it } from 'vitest';
import { day } from '#domain/days.ts';
import type { TallyAnswer, TallySource, TallyTarget } from '../../../../src-engine/adapters/ports.ts';
import { tallySource } from '../../../../src-engine/adapters/tally/tally.ts';
import { collectionOf, companiesReply, type ScriptedTally } from './scripted-tally.ts';
import {
  asOf,
  billRow,
  company,
  dayRow,
  goodReplies,
  guid,
  ledgerRow,
  period,
  tallyWith,
  typeRow,
  voucherRow,
  type Replies,
} from './wire-rows.ts';

const open: ScriptedTally[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((tally) => tally.stop()));
});

type Read = (source: TallySource, on: TallyTarget) => Promise<TallyAnswer<unknown>>;

async function served(replies: Replies): ReturnType<typeof tallyWith> {
  const made = await tallyWith(replies);
  open.push(made.tally);
  return made;
}

async function codeOf(read: Read, replies: Replies): Promise<string> {
  const { on } = await served(replies);
  const answer = await read(tallySource(), on);
  return answer.ok ? 'ok' : answer.failure.code;
}

describe('what is read when all is well', () => {
  it('asks three things for a list, and one more for the next that follows at once', async () => {
    const { tally, on } = await served(goodReplies);
    const source = tallySource();
    const groups = await source.groups(on);
    expect(groups).toMatchObject({
      ok: true,
      value: [{ name: 'Sundry Debtors', reservedName: 'Sundry Debtors' }],
    });
    expect(tally.ids()).toEqual(['ArCompanies', 'ArGroups', 'ArCompanies']);
    const ledgers = await source.thinLedgers(on, asOf);
    expect(ledgers).toMatchObject({ ok: true, value: [{ name: 'Mohan & Sons', closingPaise: 150_050 }] });
    expect(tally.ids().slice(3)).toEqual(['ArThinLedgers', 'ArCompanies']);
  });

  it('sends one request for an idle look', async () => {
    const { tally, on } = await served({});
    const answer = await tallySource().companies(on.address);
    expect(answer).toMatchObject({
      ok: true,
      value: [{ name: company, masterCounter: 266, voucherCounter: 51 }],
    });
    expect(tally.ids()).toEqual(['ArCompanies']);
  });

  it('knows an empty list of companies as an answer, and what it speaks with by its greeting', async () => {
    const { on } = await served({ ArCompanies: collectionOf('') });
    expect(await tallySource().companies(on.address)).toMatchObject({ ok: true, value: [] });
    expect(await tallySource().greet(on.address)).toMatchObject({
      value: { product: 'prime', greeting: 'TallyPrime Server is Running' },
    });
    const old = await served({ GET: '<RESPONSE>Tally.ERP 9 Server is Running</RESPONSE>\r\n' });
    expect(await tallySource().greet(old.on.address)).toMatchObject({ value: { product: 'erp9' } });
    const other = await served({ GET: '<RESPONSE>It works</RESPONSE>' });
    expect(await tallySource().greet(other.on.address)).toMatchObject({
      failure: { code: 'tally-not-tally' },
    });
  });

  it('hands on the bills of a party and its balance, and no ledger where there is none of the name', async () => {
    const { on } = await served(goodReplies);
    const state = await tallySource().party(on, 'Mohan & Sons', asOf);
    expect(state).toMatchObject({
      value: { ledger: { name: 'Mohan & Sons' }, bills: [{ ref: 'S010', balancePaise: 150_050 }] },
    });
    expect(await tallySource().party(on, 'Nobody', asOf)).toMatchObject({
      value: { ledger: null, bills: [] },
    });
  });

  it('picks a party that cannot be asked for by name from the whole lists', async () => {
    const quoted = (row: string): string =>
      collectionOf(row.replaceAll('Mohan &amp; Sons', 'The &quot;Best&quot;'));
    const { tally, on } = await served({ ArBills: quoted(billRow), ArThinLedgers: quoted(ledgerRow) });
    const state = await tallySource().party(on, 'The "Best"', asOf);
    expect(state).toMatchObject({ value: { ledger: { name: 'The "Best"' }, bills: [{ ref: 'S010' }] } });
    expect(tally.arrived.some(({ body }) => body.includes('Best'))).toBe(false);
  });
});

describe('numbers of rows', () => {
  const wish = { ...period, shape: 'every-field' as const };

  it('are compared with those counted beforehand', async () => {
    const { on } = await served({
      ...goodReplies,
      ArVouchers: collectionOf(voucherRow(1) + voucherRow(2)),
    });
    const source = tallySource();
    const taken: string[] = [];
    expect(
      await source.vouchers(on, { ...wish, expected: 2 }, ({ guid: id }) => taken.push(id)),
    ).toMatchObject({
      ok: true,
      cost: { rowCount: 2 },
    });
    expect(taken).toEqual([`${guid}-00000001`, `${guid}-00000002`]);
    const short = await source.vouchers(on, { ...wish, expected: 3 }, () => undefined);
    expect(short).toMatchObject({
      failure: { code: 'tally-truncated', retryable: true, values: { rows: 2, expected: 3 } },
    });
    const census = await source.census(on, { ...period, expected: 3 }, () => undefined);
    expect(census).toMatchObject({ failure: { code: 'tally-truncated', values: { rows: 1, expected: 3 } } });
  });

  it('are not believed to be none before Tally says so twice', async () => {
    const { tally, on } = await served({
      ...goodReplies,
      ArVouchers: [collectionOf(''), collectionOf(voucherRow(1))],
    });
    const taken: string[] = [];
    await tallySource().vouchers(on, wish, ({ guid: id }) => taken.push(id));
    expect(taken).toHaveLength(1);
    expect(tally.ids().filter((id) => id === 'ArVouchers')).toHaveLength(2);
  });

  it('are none for a company without ledgers or groups only in a reply that is wrong', async () => {
    expect(await codeOf((source, on) => source.thinLedgers(on, asOf), {})).toBe('tally-refused');
    expect(await codeOf((source, on) => source.groups(on), {})).toBe('tally-refused');
  });

  it('are counted a day, and never outside the days asked for', async () => {
    const { on } = await served({ ArDays: collectionOf(dayRow('15-Oct-26', 2) + dayRow('1-Nov-26', 3)) });
    const counts = await tallySource().voucherCounts(on, period);
    expect(counts.ok && [...counts.value]).toEqual([
      ['2026-10-15', 2],
      ['2026-11-01', 3],
    ]);
    const outside = { ArDays: collectionOf(dayRow('15-Oct-25', 2)) };
    expect(await codeOf((source, at) => source.voucherCounts(at, period), outside)).toBe('tally-refused');
    const strange = { ...goodReplies, ArVouchers: collectionOf(voucherRow(1, '20200101')) };
    expect(await codeOf((source, at) => source.vouchers(at, wish, () => undefined), strange)).toBe(
      'tally-refused',
    );
  });
});

describe('an empty report of bills', () => {
  it('is believed only where the collection of bills agrees', async () => {
    const bare = { 'Bills Receivable': '<ENVELOPE></ENVELOPE>', 'Bills Payable': '<ENVELOPE></ENVELOPE>' };
    const none = await served(bare);
    expect(await tallySource().openBills(none.on, 'receivable', period)).toMatchObject({
      ok: true,
      value: [],
    });
    const some = await served({ ...bare, ArBills: collectionOf(billRow) });
    const answer = await tallySource().openBills(some.on, 'receivable', period);
    expect(answer).toMatchObject({ failure: { code: 'tally-refused', retryable: true } });
    expect(await tallySource().openBills(some.on, 'payable', period)).toMatchObject({ ok: true, value: [] });
  });
});

describe('an Educational Tally', () => {
  it('is not asked for a day it would exchange for another', async () => {
    const { tally, on } = await served({
      ...goodReplies,
      ArCompanies: companiesReply({ isEducational: true }),
    });
    const source = tallySource();
    const answer = await source.thinLedgers(on, asOf);
    expect(answer).toMatchObject({ failure: { code: 'tally-educational', values: { day: '2026-11-22' } } });
    expect(tally.ids()).toEqual(['ArCompanies']);
    expect(await source.thinLedgers(on, day('2026-12-01'))).toMatchObject({ ok: true });
    expect(await source.vouchers(on, { ...period, shape: 'every-field' }, () => undefined)).toMatchObject({
      ok: true,
    });
  });
});

describe('kinds of vouchers', () => {
  const wish = { ...period, shape: 'every-field' as const };

  it('are learnt once a company, and again when its masters move', async () => {
    const { tally, on } = await served({
      ...goodReplies,
      ArCompanies: [
        ...Array.from({ length: 3 }, () => companiesReply({})),
        companiesReply({ masterCounter: 267 }),
      ],
    });
    const source = tallySource({ trustMs: -1 });
    const kinds: string[] = [];
    const take = (): Promise<unknown> => source.vouchers(on, wish, ({ kind }) => kinds.push(kind));
    await take();
    expect(kinds).toEqual(['sales']);
    await take();
    expect(tally.ids().filter((id) => id === 'ArVoucherTypes')).toHaveLength(1);
    await take();
    expect(tally.ids().filter((id) => id === 'ArVoucherTypes')).toHaveLength(2);
  });

  it('are asked for again when a type appears that was not listed, and its vouchers are read anew', async () => {
    const { on } = await served({
      ...goodReplies,
      ArVouchers: collectionOf(voucherRow(1, '20261015', 'Payment')),
      ArVoucherTypes: [collectionOf(typeRow('Sales')), collectionOf(typeRow('Sales') + typeRow('Payment'))],
    });
    const source = tallySource();
    expect(await source.vouchers(on, wish, () => undefined)).toMatchObject({
      failure: { code: 'tally-moved' },
    });
    expect(await source.vouchers(on, wish, () => undefined)).toMatchObject({ ok: true });
  });

  it('do without a type that Tally never lists', async () => {
    const replies = { ...goodReplies, ArVouchers: collectionOf(voucherRow(1, '20261015', 'Ghost')) };
    const { tally, on } = await served(replies);
    const source = tallySource();
    const kinds: string[] = [];
    expect(await source.vouchers(on, wish, ({ kind }) => kinds.push(kind))).toMatchObject({ ok: true });
    expect(await source.vouchers(on, wish, ({ kind }) => kinds.push(kind))).toMatchObject({ ok: true });
    expect(kinds).toEqual(['other', 'other']);
    expect(tally.ids().filter((id) => id === 'ArVoucherTypes')).toHaveLength(2);
  });
});
