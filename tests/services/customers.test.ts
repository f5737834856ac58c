import { day } from '#domain/days.ts';
import { nameKeyOf } from '#domain/imports/names.ts';
import { insertCustomer } from '#engine/storage/customers.ts';
import { describe, expect, it } from 'vitest';
import { aBill, aCustomer, fileOf, moneyIn, rupees } from '../builders/facts.ts';
import { NOON, tempBook, type TempEngine } from '../builders/temp-engine.ts';

const GOOD_GSTIN = '27AAPFU0939F1ZV';

async function saved(engine: TempEngine, name: string, more = {}): Promise<number> {
  return (await engine.client.customers.save({ name, ...more })).customerId;
}

describe('a customer entered by hand', () => {
  it('is kept with all of his fields, and told of on his page', async () => {
    const engine = await tempBook();
    const wish = {
      code: 'C-7',
      phone: '98765 43210',
      email: 'asha@example.in',
      gstin: '27aapfu0939f1zv',
      pan: 'AAPFU0939F',
      address: '14 MG Road, Pune',
      groupPath: 'Debtors/West',
      salesperson: 'Meena',
      territory: 'Pune',
      language: 'mr' as const,
      creditDays: 30,
      creditLimitPaise: rupees(1000),
      insuredLimitPaise: rupees(500),
      onLimit: 'block' as const,
      doNotChaseReason: 'Pays by himself.',
    };
    const { customerId, warnings } = await engine.client.customers.save({ name: ' Asha Stores ', ...wish });
    expect(warnings).toEqual([]);
    const { customer } = await engine.client.customers.get({ customerId });
    const tidy = { phone: '+91 98765 43210', gstin: GOOD_GSTIN };
    expect(customer).toEqual({ ...wish, ...tidy, customerId, name: 'Asha Stores', parentId: null });
  });

  it('keeps a GSTIN, a PAN, a phone and an e-mail that do not hold, with a warning each', async () => {
    const engine = await tempBook();
    const wish = { gstin: '27AAPFU0939F1ZX', pan: 'AAPFU', phone: '12', email: 'asha.at.example' };
    const { customerId, warnings } = await engine.client.customers.save({ name: 'Asha', ...wish });
    const codes = ['phone-unreadable', 'email-form', 'gstin-check', 'pan-form'];
    expect(warnings.map((one) => one.code)).toEqual(codes);
    const page = await engine.client.customers.get({ customerId });
    expect(page.customer).toMatchObject(wish);
    expect(page.warnings.map((one) => one.code)).toEqual(codes);
  });

  it('says when the PAN is not the one that the GSTIN holds', async () => {
    const engine = await tempBook();
    const { warnings } = await engine.client.customers.save({
      name: 'Asha',
      gstin: GOOD_GSTIN,
      pan: 'AAACB1234F',
    });
    expect(warnings).toMatchObject([{ code: 'pan-of-gstin', values: { held: 'AAPFU0939F' } }]);
  });

  it('is warned of a namesake and refused the code of another', async () => {
    const engine = await tempBook();
    await saved(engine, 'Asha Stores', { code: 'C-7' });
    const { warnings } = await engine.client.customers.save({ name: 'ASHA STORES.' });
    expect(warnings).toMatchObject([{ code: 'name-taken', values: { name: 'Asha Stores' } }]);
    await expect(engine.client.customers.save({ name: 'Iyer', code: 'c-7' })).rejects.toMatchObject({
      data: { code: 'code-taken', values: { name: 'Asha Stores' } },
    });
    expect(await engine.client.books.current()).toMatchObject({ customerCount: 2 });
  });

  it('is refused without a name, and when he is to be changed and is not there', async () => {
    const { client } = await tempBook();
    await expect(client.customers.save({ code: 'X' })).rejects.toMatchObject({
      data: { code: 'name-missing' },
    });
    await expect(client.customers.save({ customerId: 9, name: 'X' })).rejects.toMatchObject({
      data: { code: 'customer-gone' },
    });
    await expect(client.customers.save({ name: 'X', creditLimitPaise: rupees(-1) })).rejects.toMatchObject({
      code: 'BAD_REQUEST',
    });
  });

  it('changes only what is given, empties what is null, and keeps the values of before', async () => {
    let now = NOON;
    const engine = await tempBook(() => now);
    const customerId = await saved(engine, 'Asha', {
      phone: '98765 43210',
      creditDays: 30,
      territory: 'Pune',
    });
    now += 1000;
    await engine.client.customers.save({ customerId, creditDays: 45, territory: '', name: 'Asha Stores' });
    const { customer } = await engine.client.customers.get({ customerId });
    const phone = '+91 98765 43210';
    expect(customer).toMatchObject({ name: 'Asha Stores', creditDays: 45, territory: null, phone });
    expect(await engine.client.customers.search({ text: 'asha stor' })).toHaveLength(1);
    const { events } = await engine.client.customers.timeline({ customerId });
    const edits = events.map(({ kind, field, before, after }) => [kind, field, before, after]);
    expect(edits).toHaveLength(3);
    expect(edits).toContainEqual(['edit', 'creditDays', '30', '45']);
    expect(edits).toContainEqual(['edit', 'name', 'Asha', 'Asha Stores']);
    expect(edits).toContainEqual(['edit', 'territory', 'Pune', null]);
  });

  it('does not touch what an import wrote while only something else is changed', async () => {
    const engine = await tempBook();
    const fromFile = { source: 'file', sourceKey: 'a', createdAt: 0 };
    const customerId = fileOf(engine).write((tx) =>
      insertCustomer(tx, { name: 'Asha', nameKey: 'asha', phone: '022-12 / 9.87E+09', ...fromFile }),
    );
    await engine.client.customers.save({ customerId, territory: 'Pune' });
    const { customer } = await engine.client.customers.get({ customerId });
    expect(customer.phone).toBe('022-12 / 9.87E+09');
  });
});

describe('a payer of several ledgers', () => {
  it('is shown on the page of each, with what each owes on his', async () => {
    const engine = await tempBook();
    const payer = await saved(engine, 'Head Office');
    const branch = await saved(engine, 'Branch', { parentId: payer });
    fileOf(engine).write((tx) => aBill(tx, branch, { amount: 250, billDay: '2026-11-01' }));
    expect((await engine.client.customers.get({ customerId: payer })).children).toEqual([
      { customerId: branch, name: 'Branch', outstandingPaise: rupees(250) },
    ]);
    expect(await engine.client.customers.get({ customerId: branch })).toMatchObject({
      parentName: 'Head Office',
    });
  });

  it('cannot be himself, nor someone whom he pays for, however far below', async () => {
    const engine = await tempBook();
    const top = await saved(engine, 'Top');
    const middle = await saved(engine, 'Middle', { parentId: top });
    const low = await saved(engine, 'Low', { parentId: middle });
    const refusedWith = (code: string) => ({ data: { code } });
    const { save } = engine.client.customers;
    await expect(save({ customerId: top, parentId: top })).rejects.toMatchObject(refusedWith('payer-self'));
    await expect(save({ customerId: top, parentId: low })).rejects.toMatchObject(refusedWith('payer-ring'));
    await expect(save({ customerId: top, parentId: 99 })).rejects.toMatchObject(refusedWith('payer-gone'));
    await save({ customerId: low, parentId: null });
    await save({ customerId: top, parentId: low });
  });

  it('stands in a line of six at most, counted above and below', async () => {
    const engine = await tempBook();
    const line: number[] = [];
    for (const name of ['One', 'Two', 'Three', 'Four', 'Five', 'Six'])
      line.push(await saved(engine, name, { parentId: line.at(-1) ?? null }));
    const seventh = engine.client.customers.save({ name: 'Seven', parentId: line[5] ?? null });
    await expect(seventh).rejects.toMatchObject({ data: { code: 'payer-levels', values: { levels: 7 } } });
    const above = await saved(engine, 'Above');
    const under = engine.client.customers.save({ customerId: line[0] ?? 0, parentId: above });
    await expect(under).rejects.toMatchObject({ data: { code: 'payer-levels' } });
  });
});

describe('the page of a customer', () => {
  it('has a limit of his own and the insured one together, and says when it is broken (F4)', async () => {
    const engine = await tempBook();
    const limits = { creditLimitPaise: rupees(100), insuredLimitPaise: rupees(50) };
    const customerId = await saved(engine, 'Asha', limits);
    const limitOf = async () => (await engine.client.customers.get({ customerId })).limit;
    fileOf(engine).write((tx) => aBill(tx, customerId, { amount: 150, billDay: '2026-11-01' }));
    expect(await limitOf()).toEqual({ usablePaise: rupees(150), usedPaise: rupees(150), isOver: false });
    fileOf(engine).write((tx) => aBill(tx, customerId, { amount: 0.01, billDay: '2026-11-02' }));
    expect(await limitOf()).toMatchObject({ usedPaise: rupees(150.01), isOver: true });
    const other = await saved(engine, 'No Limit');
    expect((await engine.client.customers.get({ customerId: other })).limit).toBeNull();
  });

  it('shows each instalment of a bill with what is open of it', async () => {
    const engine = await tempBook();
    const customerId = await saved(engine, 'Asha');
    fileOf(engine).write((tx) => {
      const terms = [
        ['2026-10-01', 100],
        ['2026-11-15', 100],
        ['2026-12-15', 100],
      ] as const;
      const billId = aBill(tx, customerId, { amount: 300, billDay: '2026-09-01', terms });
      moneyIn(tx, customerId, { amount: 150, day: '2026-10-05', allocated: new Map([[billId, 150]]) });
    });
    const { bills } = await engine.client.customers.get({ customerId, asOf: day('2026-11-22') });
    expect(bills).toMatchObject([{ dueDay: '2026-11-15', openPaise: rupees(150), daysLate: 7, bucket: 1 }]);
    const parts = bills[0]?.instalments.map((one) => [one.position, one.openPaise, one.daysLate, one.bucket]);
    expect(parts).toEqual([
      [1, 0, 52, null],
      [2, rupees(50), 7, 1],
      [3, rupees(100), -23, 0],
    ]);
  });

  it('shows a settlement until the day it was undone, with the id by which it can be undone', async () => {
    const engine = await tempBook();
    const customerId = await saved(engine, 'Asha');
    fileOf(engine).write((tx) => {
      const billId = aBill(tx, customerId, { amount: 100, billDay: '2026-10-01' });
      moneyIn(tx, customerId, { amount: 40, day: '2026-10-05', allocated: new Map([[billId, 40]]) });
      tx.sqlite
        .exec(`insert into allocations (bill_id, receipt_id, allocation_day, amount_paise, reverses_id, created_at,
        source, source_key) select bill_id, receipt_id, '2026-10-20', -amount_paise, id, 0, 'test', 'undo' from allocations`);
    });
    const billOn = async (asOf: string) =>
      (await engine.client.customers.get({ customerId, asOf: day(asOf) })).bills[0];
    expect(await billOn('2026-10-19')).toMatchObject({
      openPaise: rupees(60),
      settlements: [{ allocationId: 1, allocationDay: '2026-10-05', amountPaise: rupees(40) }],
    });
    expect(await billOn('2026-10-20')).toMatchObject({ openPaise: rupees(100), settlements: [] });
  });

  it('counts what a payer’s receipt settles of another’s bill, on both pages', async () => {
    const engine = await tempBook();
    const payer = await saved(engine, 'Payer');
    const branch = await saved(engine, 'Branch', { parentId: payer });
    fileOf(engine).write((tx) => {
      const billId = aBill(tx, branch, { amount: 100, billDay: '2026-10-01' });
      moneyIn(tx, payer, { amount: 80, day: '2026-10-05', allocated: new Map([[billId, 70]]) });
    });
    const [ofPayer, ofBranch] = [
      await engine.client.customers.get({ customerId: payer }),
      await engine.client.customers.get({ customerId: branch }),
    ];
    expect(ofPayer).toMatchObject({ bills: [], moneyIn: [{ unallocatedPaise: rupees(10) }] });
    expect(ofPayer.figures.outstandingPaise).toBe(rupees(-10));
    expect(ofBranch.bills).toMatchObject([{ openPaise: rupees(30), settlements: [{ kind: 'receipt' }] }]);
  });

  it('says why a bill and a customer are not chased, and bears tags and contacts', async () => {
    const engine = await tempBook();
    const customerId = await saved(engine, 'Asha', { doNotChaseReason: 'In court.' });
    fileOf(engine).write((tx) => {
      aBill(tx, customerId, { amount: 1, billDay: '2026-10-01' });
      tx.sqlite.exec(`update bills set do_not_chase_reason = 'Disputed.'`);
    });
    await engine.client.customers.tag({ customerIds: [customerId], add: ['VIP', 'late'] });
    const { contactId } = await engine.client.contacts.save({ customerId, role: 'owner', name: 'Ravi' });
    expect(await engine.client.customers.get({ customerId })).toMatchObject({
      customer: { doNotChaseReason: 'In court.' },
      bills: [{ doNotChaseReason: 'Disputed.' }],
      tags: ['late', 'VIP'],
      contacts: [{ contactId, role: 'owner', name: 'Ravi', phone: null, email: null }],
    });
  });

  it('has the same figures as the list, for every customer of the demo and on any day', async () => {
    const engine = await tempBook();
    for await (const _ of await engine.client.books.createDemo({ customers: 40, until: day('2026-11-22') }));
    for (const asOf of [day('2026-11-22'), day('2026-03-31'), day('2027-01-15')]) {
      const { rows } = await engine.client.customers.list({ asOf });
      for (const row of rows) {
        const { customerId, averageDaysLateTenths } = row;
        const page = await engine.client.customers.get({ customerId, asOf });
        expect(row).toMatchObject(page.figures);
        expect(page.averageDaysLateTenths).toBe(averageDaysLateTenths);
      }
    }
  });
});

describe('tags and words', () => {
  it('puts tags on many and takes them off, in the spelling that the book has already', async () => {
    const engine = await tempBook();
    const ids = [await saved(engine, 'One'), await saved(engine, 'Two')];
    const { tag } = engine.client.customers;
    expect(await tag({ customerIds: ids, add: ['VIP'] })).toEqual({ changedCount: 2 });
    const third = await saved(engine, 'Three');
    expect(await tag({ customerIds: [...ids, third], add: ['vip'] })).toEqual({ changedCount: 1 });
    expect((await engine.client.customers.words()).tags).toEqual(['VIP']);
    expect(await tag({ customerIds: [...ids, third, 999], remove: ['Vip'] })).toEqual({ changedCount: 3 });
    expect((await engine.client.customers.words()).tags).toEqual([]);
  });

  it('knows the salespersons, territories and groups of the book, each once and by name', async () => {
    const engine = await tempBook();
    await saved(engine, 'One', { salesperson: 'Meena', territory: 'Pune', groupPath: 'Debtors/West' });
    await saved(engine, 'Two', { salesperson: 'Arun', territory: 'Pune' });
    expect(await engine.client.customers.words()).toEqual({
      salespersons: ['Arun', 'Meena'],
      territories: ['Pune'],
      groups: ['Debtors/West'],
      tags: [],
    });
  });
});

describe('search', () => {
  async function searchable(): Promise<{ readonly found: (text: string) => Promise<readonly string[]> }> {
    const engine = await tempBook();
    await saved(engine, 'Sharma Traders', { code: 'C-100%', gstin: GOOD_GSTIN, phone: '98765 43210' });
    await saved(engine, 'New Sharma & Sons', { email: 'office@newsharma.in' });
    await saved(engine, 'शर्मा वस्त्र भंडार');
    const iyer = await saved(engine, 'Iyer', { code: 'A_1' });
    const contact = { customerId: iyer, role: 'accounts' as const, name: 'Lakshmi', phone: '99887 76655' };
    await engine.client.contacts.save(contact);
    const found = async (text: string): Promise<readonly string[]> =>
      (await engine.client.customers.search({ text })).map((one) => one.name);
    return { found };
  }

  it('finds part of a name, names that begin with it first, words in any order', async () => {
    const { found } = await searchable();
    expect(await found('sharma')).toEqual(['Sharma Traders', 'New Sharma & Sons']);
    expect(await found('traders sharma')).toEqual(['Sharma Traders']);
    expect(await found('SHARMATRA')).toEqual(['Sharma Traders']);
    expect(await found('sharma and')).toEqual(['New Sharma & Sons']);
    expect(await found('वस्त्र')).toEqual(['शर्मा वस्त्र भंडार']);
  });

  it('finds the beginning of a name by one letter or two', async () => {
    const { found } = await searchable();
    expect(await found('n')).toEqual(['New Sharma & Sons']);
    expect(await found('iy')).toEqual(['Iyer']);
    expect(await found('श')).toEqual(['शर्मा वस्त्र भंडार']);
    expect(await found('ar')).toEqual([]);
    expect(await found('  ')).toEqual([]);
  });

  it('finds code, GSTIN, e-mail and phone however it is spaced, and the contacts', async () => {
    const { found } = await searchable();
    for (const text of ['C-100', 'aapfu0939', '98765 43210', '9876543210', '+91-98765-43210', '765432'])
      expect([text, await found(text)]).toEqual([text, ['Sharma Traders']]);
    expect(await found('office@new')).toEqual(['New Sharma & Sons']);
    for (const text of ['lakshmi', '99887', '9988776655'])
      expect([text, await found(text)]).toEqual([text, ['Iyer']]);
  });

  it('takes per cent and underscore for themselves', async () => {
    const { found } = await searchable();
    expect(await found('100%')).toEqual(['Sharma Traders']);
    expect(await found('A_1')).toEqual(['Iyer']);
    expect(await found('%%%')).toEqual([]);
    expect(await found('___')).toEqual([]);
    expect(await found(`'"; drop`)).toEqual([]);
  });

  it('gives twenty at most, by name, when very many begin with the text', async () => {
    const engine = await tempBook();
    fileOf(engine).write((tx) => {
      for (let at = 0; at < 60; at += 1) aCustomer(tx, `Sharma ${String(60 - at).padStart(3, '0')}`);
    });
    const found = await engine.client.customers.search({ text: 'sharma' });
    expect(found).toHaveLength(20);
    expect(found[0]).toMatchObject({ name: 'Sharma 001' });
    expect(nameKeyOf('Sharma 001')).toBe('sharma001');
  });
});
