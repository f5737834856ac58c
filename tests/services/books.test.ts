import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { demoCustomers } from '#domain/demo.ts';
import { readPhones } from '#domain/phone.ts';
import { checkIfDue } from '#engine/services/books.ts';
import { expect, it } from 'vitest';
import { aBill, aCustomer, fileOf } from '../builders/facts.ts';
import { NOON, tempBook, tempEngine, type TempEngine } from '../builders/temp-engine.ts';

const UNTIL = day('2026-11-22');

async function makeDemo(engine: TempEngine, customers = 40): Promise<{ done: number; of: number }[]> {
  const events = [];
  for await (const event of await engine.client.books.createDemo({ customers, until: UNTIL }))
    events.push(event);
  return events;
}

it('creates a book, lists it and takes it up again when the engine starts anew', async () => {
  const engine = await tempEngine();
  expect(await engine.client.books.current()).toBeNull();
  const made = await engine.client.books.create({ name: 'Gupta & Sons' });
  expect(made).toMatchObject({
    bookId: 'gupta-sons',
    baseCurrency: 'INR',
    timeZone: 'Asia/Kolkata',
    isDemo: false,
  });
  engine.context.shelf.close();
  expect(await engine.client.books.current()).toMatchObject({ bookId: 'gupta-sons', customerCount: 0 });
});

it('takes away a book into which nothing was put, and no other', async () => {
  const engine = await tempBook();
  const kept = await engine.client.books.create({ name: 'Kept' });
  fileOf(engine).write((tx) => aCustomer(tx));
  const empty = await engine.client.books.create({ name: 'Empty' });
  await engine.client.books.discardEmpty({ bookId: empty.bookId });
  await expect(engine.client.books.discardEmpty({ bookId: kept.bookId })).rejects.toMatchObject({
    data: { code: 'book-not-empty', values: { count: 1 } },
  });
  expect((await engine.client.books.list()).map((book) => book.name)).toEqual(['Kept', 'Test Traders']);
  expect(existsSync(path.join(engine.dataFolder, 'books', 'empty.baaki'))).toBe(false);
});

it('gives two books of one name, and names in other scripts, a file each', async () => {
  const { client } = await tempEngine();
  const ids = [];
  for (const name of ['Gupta', 'GUPTA', 'गुप्ता', 'शर्मा'])
    ids.push((await client.books.create({ name })).bookId);
  expect(ids).toEqual(['gupta', 'gupta-2', 'book', 'book-2']);
});

it('switches between books and keeps their facts apart', async () => {
  const engine = await tempEngine();
  await makeDemo(engine, 10);
  await engine.client.books.create({ name: 'Empty' });
  expect((await engine.client.aging.table({})).rows).toEqual([]);
  await engine.client.books.open({ bookId: 'demo' });
  expect((await engine.client.aging.table({})).rows.length).toBeGreaterThan(0);
});

it('refuses a book that is not there, and calls that need a book when none is open', async () => {
  const { client } = await tempEngine();
  await expect(client.books.open({ bookId: 'nobody' })).rejects.toMatchObject({
    code: 'REFUSED',
    defined: true,
    data: { code: 'no-book' },
  });
  await expect(client.aging.table({})).rejects.toMatchObject({ code: 'NO_BOOK', defined: true });
});

it('refuses an input that does not fit the contract before anything happens', async () => {
  const { client } = await tempEngine();
  await expect(client.books.create({ name: '   ' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
  await expect(client.books.open({ bookId: '../../etc/passwd' })).rejects.toMatchObject({
    code: 'BAD_REQUEST',
  });
});

it('builds a demo company whose every figure follows from the seed', async () => {
  const engine = await tempEngine();
  const events = await makeDemo(engine);
  expect(events.at(-1)).toMatchObject({ done: 40, of: 40, book: { bookId: 'demo', isDemo: true } });
  const { rows } = await engine.client.customers.list({});
  const expected = new Map(
    [...demoCustomers(40, UNTIL)].map((customer) => {
      const billed = customer.bills
        .filter((bill) => bill.billDay <= UNTIL)
        .reduce((sum, bill) => sum + bill.amountPaise, 0);
      const paid = customer.moneyIn
        .filter((money) => (money.chequeDay ?? money.day) <= UNTIL)
        .reduce((sum, money) => sum + money.amountPaise, 0);
      return [customer.code, billed - paid];
    }),
  );
  expect(rows.length).toBe(40);
  for (const row of rows) expect(row.outstandingPaise).toBe(expected.get(row.code ?? ''));
});

it('looks like a trading company: something in every bucket, credits, foreign bills and instalments', async () => {
  const engine = await tempEngine();
  await makeDemo(engine, 400);
  const table = await engine.client.aging.table({ asOf: UNTIL });
  for (const amount of table.totals.buckets) expect(amount).toBeGreaterThan(0);
  expect(table.totals.unallocatedPaise).toBeLessThan(0);
  const { rows } = await engine.client.bills.listOpen({ asOf: UNTIL });
  expect(rows.some((row) => row.currency === 'USD')).toBe(true);
  expect(rows.some((row) => row.key.endsWith(':2'))).toBe(true);
  expect(await engine.client.books.current()).toMatchObject({ customerCount: 400 });
});

it('shows something on every screen of the demo, and nobody of it bears a warning', async () => {
  const engine = await tempEngine();
  await makeDemo(engine, 12);
  const { rows } = await engine.client.customers.list({ asOf: UNTIL });
  const pages = await Promise.all(
    rows.map(({ customerId }) => engine.client.customers.get({ customerId, asOf: UNTIL })),
  );
  expect(pages.flatMap((page) => page.warnings)).toEqual([]);
  const contacts = pages.flatMap((page) => page.contacts);
  expect(contacts.length).toBeGreaterThan(2);
  const phones = [...pages.map((page) => page.customer.phone), ...contacts.map((one) => one.phone)];
  for (const phone of phones) {
    // Eight digits after a town's code, the first a 0: no subscriber's number begins so.
    expect(phone).toMatch(/^\+91 (?:11|20|22|33|40|44) 0\d{3} \d{4}$/);
    expect(readPhones(phone ?? '')).toMatchObject({ text: phone, refusals: [] });
  }
  expect(new Set(phones).size).toBe(phones.length);
  expect(pages.filter((page) => page.limit?.isOver === true).length).toBeGreaterThan(0);
  expect(pages.map((page) => page.children.length)).toContain(2);
  expect(pages.some((page) => page.tags.includes('Key account'))).toBe(true);
  expect(pages.some((page) => page.customer.doNotChaseReason !== null)).toBe(true);
  expect(pages.some((page) => page.bills.some((bill) => bill.instalments.length === 3))).toBe(true);
  expect(pages.some((page) => page.moneyIn.some((one) => one.kind === 'advance'))).toBe(true);
  const { rows: cheques } = await engine.client.receipts.cheques({ asOf: UNTIL });
  expect(cheques.some((cheque) => cheque.daysToGo > 0)).toBe(true);
  const stories = await Promise.all(
    rows.map(({ customerId }) => engine.client.customers.timeline({ customerId })),
  );
  expect(stories.some(({ events }) => events.some((event) => event.kind === 'note'))).toBe(true);
  const groups = await engine.client.aging.groups({ asOf: UNTIL, groupBy: 'territory' });
  expect(groups.rows.length).toBeGreaterThan(3);
});

it('makes the demo anew over the old one, and a stopped making leaves the old one whole', async () => {
  const engine = await tempEngine();
  await makeDemo(engine, 20);
  const before = await engine.client.aging.table({});
  const stop = new AbortController();
  const events = await engine.client.books.createDemo(
    { customers: 60, until: UNTIL },
    { signal: stop.signal },
  );
  await expect(
    (async () => {
      for await (const _event of events) stop.abort();
    })(),
  ).rejects.toThrow();
  expect(await engine.client.aging.table({})).toEqual(before);
  expect(readdirSync(path.join(engine.dataFolder, 'books')).filter((name) => name.includes('draft'))).toEqual(
    [],
  );
});

it('tells who watches which nouns changed', async () => {
  const { client } = await tempEngine();
  const stop = new AbortController();
  const watching = await client.changes.watch(undefined, { signal: stop.signal });
  const first = watching.next();
  await client.books.create({ name: 'Watched' });
  const seen = await first;
  expect(seen.done === true ? [] : seen.value.nouns).toContain('books');
  stop.abort();
  await watching.return?.(undefined);
});

it('opens a book for a script without making it the one that is taken up at the next start', async () => {
  let now = 1_000;
  const engine = await tempEngine(() => (now += 1_000));
  await engine.client.books.create({ name: 'Owner' });
  await engine.client.books.create({ name: 'Other' });
  await engine.client.books.open({ bookId: 'owner' });
  await engine.client.books.open({ bookId: 'other', remember: false });
  expect(await engine.client.books.current()).toMatchObject({ bookId: 'other' });
  engine.context.shelf.close();
  expect(await engine.client.books.current()).toMatchObject({ bookId: 'owner' });
});

it('tells who watches when another process has written into the open book', async () => {
  const engine = await tempEngine();
  await makeDemo(engine, 10);
  const stop = new AbortController();
  const watching = await engine.client.changes.watch(undefined, { signal: stop.signal });
  const told = watching.next();
  // The watcher must have looked once at the book as it was.
  await new Promise((resolve) => setTimeout(resolve, 2500));
  const { openDatabase } = await import('#engine/storage/database.ts');
  const other = openDatabase(path.join(engine.dataFolder, 'books/demo.baaki'), engine.dataFolder);
  other.write((tx) => void aCustomer(tx, 'Newcomer'));
  other.close();
  const seen = await told;
  expect(seen.done === true ? [] : seen.value.nouns).toContain('customers');
  expect((await engine.client.customers.list({ search: 'newcomer' })).rows).toHaveLength(1);
  stop.abort();
  await watching.return?.(undefined);
});

it('renames the open book and one that is not open; their ids and files stay', async () => {
  const engine = await tempEngine();
  await engine.client.books.create({ name: 'Gupta' });
  await engine.client.books.create({ name: 'Iyer' });
  expect(await engine.client.books.rename({ bookId: 'iyer', name: ' Iyer & Co ' })).toMatchObject({
    bookId: 'iyer',
    name: 'Iyer & Co',
  });
  await engine.client.books.rename({ bookId: 'gupta', name: 'Gupta Bros' });
  expect(await engine.client.books.current()).toMatchObject({ bookId: 'iyer', name: 'Iyer & Co' });
  engine.context.shelf.close();
  const names = (await engine.client.books.list()).map(({ bookId, name }) => [bookId, name]);
  expect(names).toEqual(
    expect.arrayContaining([
      ['gupta', 'Gupta Bros'],
      ['iyer', 'Iyer & Co'],
    ]),
  );
  await expect(engine.client.books.rename({ bookId: 'nobody', name: 'X' })).rejects.toMatchObject({
    data: { code: 'no-book' },
  });
});

it('shows the name that another process gave to the open book', async () => {
  const engine = await tempBook();
  const { openShelf } = await import('#engine/storage/shelf.ts');
  const other = openShelf(engine.dataFolder);
  expect(other.rename('test-traders', 'Renamed Elsewhere').ok).toBe(true);
  other.close();
  expect(await engine.client.books.current()).toMatchObject({ name: 'Renamed Elsewhere' });
});

it('closes the book, and none is taken up at the next start until one is opened', async () => {
  const engine = await tempBook();
  await engine.client.books.close();
  expect(await engine.client.books.current()).toBeNull();
  await expect(engine.client.aging.table({})).rejects.toMatchObject({ code: 'NO_BOOK' });
  // As after a start: the shelf knows nothing but what stands in the folder.
  const { openShelf } = await import('#engine/storage/shelf.ts');
  const next = openShelf(engine.dataFolder);
  expect(next.current()).toBeNull();
  // A script that looks into a book changes nothing about it.
  expect(next.open('test-traders', null).ok).toBe(true);
  next.close();
  expect(next.current()).toBeNull();
  await engine.client.books.open({ bookId: 'test-traders' });
  engine.context.shelf.close();
  expect(await engine.client.books.current()).toMatchObject({ bookId: 'test-traders' });
  expect(existsSync(path.join(engine.dataFolder, 'state.json'))).toBe(false);
});

it('takes a state file that cannot be read for none', async () => {
  const engine = await tempBook();
  engine.context.shelf.close();
  writeFileSync(path.join(engine.dataFolder, 'state.json'), '{"isPutAway":tr');
  expect(await engine.client.books.current()).toMatchObject({ bookId: 'test-traders' });
});

it('checks a sound book, and says when', async () => {
  const engine = await tempBook();
  expect(await engine.client.books.current()).toMatchObject({ checkedAt: null, isSound: null });
  expect(await engine.client.books.check()).toEqual({ isSound: true, checkedAt: NOON, problemCount: 0 });
  expect(await engine.client.books.current()).toMatchObject({ checkedAt: NOON, isSound: true });
});

it('says that a book is not sound when a row points at nobody', async () => {
  const engine = await tempBook();
  // Inside a transaction this switch does nothing.
  fileOf(engine)
    .read((tx) => tx)
    .sqlite.pragma('foreign_keys = OFF');
  fileOf(engine).write((tx) => {
    aBill(tx, aCustomer(tx), { amount: 1, billDay: '2026-01-01' });
    tx.sqlite.exec('update bills set customer_id = 99');
  });
  expect(await engine.client.books.check()).toMatchObject({ isSound: false, problemCount: 1 });
  expect(await engine.client.books.current()).toMatchObject({ isSound: false });
});

it('says that a book is not sound when its bytes were damaged on the disk', async () => {
  const engine = await tempBook();
  fileOf(engine).write((tx) => {
    const customerId = aCustomer(tx);
    for (let at = 0; at < 500; at += 1) aBill(tx, customerId, { amount: at + 1, billDay: '2026-01-01' });
  });
  const rootPage = fileOf(engine).read(({ sqlite }) =>
    Number(sqlite.prepare(`select rootpage from sqlite_schema where name = 'bills_customer'`).pluck().get()),
  );
  engine.context.shelf.close();
  const file = path.join(engine.dataFolder, 'books/test-traders.baaki');
  const bytes = readFileSync(file);
  // The page of an index: the book still opens.
  bytes.fill(0xff, (rootPage - 1) * 4096 + 8, rootPage * 4096);
  writeFileSync(file, bytes);
  expect(await engine.client.books.check()).toMatchObject({ isSound: false });
  expect(await engine.client.books.current()).toMatchObject({ isSound: false });
});

it('checks the open book by itself once a week', async () => {
  let now = NOON;
  const engine = await tempBook(() => now);
  const checkedAt = async () => (await engine.client.books.current())?.checkedAt;
  const day = 24 * 60 * 60 * 1000;
  await checkIfDue(engine.context);
  expect(await checkedAt()).toBeNull();
  now += 7 * day;
  await checkIfDue(engine.context);
  expect(await checkedAt()).toBe(NOON + 7 * day);
  now += 6 * day;
  await checkIfDue(engine.context);
  expect(await checkedAt()).toBe(NOON + 7 * day);
});

it('goes on answering while a check is under way', async () => {
  const engine = await tempBook();
  const checking = engine.client.books.check();
  let isDone = false;
  void checking.then(() => (isDone = true));
  expect(await engine.client.customers.save({ name: 'Asha' })).toMatchObject({ customerId: 1 });
  expect(isDone).toBe(false);
  expect(await checking).toMatchObject({ isSound: true });
});
