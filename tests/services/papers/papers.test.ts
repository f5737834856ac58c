import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { formatMoney } from '#domain/money.ts';
import type { Paper } from '#domain/papers/paper.ts';
import { aBill, moneyIn, refusalOf } from '#tests/builders/facts.ts';
import { expect, it } from 'vitest';
import { papersBook, someone, type PapersBook } from './papers-book.ts';

const TODAY = day('2026-11-23');

/** Instalments, a dollar bill, a credit note, an advance on nothing and a post-dated cheque. */
async function aMixedAccount({ db, client }: PapersBook): Promise<number> {
  const customerId = db.write((tx) => {
    const id = someone(tx, 'Asha Stores', 'hi');
    const first = aBill(tx, id, { amount: 1234.56, billDay: '2026-04-01', dueDay: '2026-05-01' });
    const terms = [
      ['2026-09-01', 300],
      ['2027-01-01', 700.01],
    ] as const;
    const second = aBill(tx, id, { amount: 1000.01, billDay: '2026-08-01', terms });
    moneyIn(tx, id, { amount: 500.1, day: '2026-06-01', allocated: new Map([[first, 400]]) });
    moneyIn(tx, id, {
      amount: 50.05,
      day: '2026-06-05',
      kind: 'credit-note',
      allocated: new Map([[second, 50.05]]),
    });
    moneyIn(tx, id, { amount: 77, day: '2026-11-01', kind: 'advance' });
    moneyIn(tx, id, { amount: 200, day: '2026-11-20', chequeDay: '2026-12-15' });
    moneyIn(tx, id, { amount: 9999, day: '2026-11-21', isVoid: true });
    return id;
  });
  const foreign = { currency: 'USD', foreignMinor: 10_000, rate: '83.25' };
  const days = { billDay: day('2026-07-01'), dueDay: day('2026-07-31') };
  await client.bills.save({ customerId, number: 'EXP/1', ...days, foreign });
  return customerId;
}

function lastOf({ printer }: PapersBook): Paper {
  const paper = printer.drawn.at(-1);
  if (!paper) throw new Error('Nothing was printed.');
  return paper;
}

/** Cells of one column, with what stands in the line of totals. */
function column({ tables }: Paper, table: number, at: number): readonly (string | undefined)[] {
  return tables[table]?.rows.map(({ cells }) => cells[at]?.join('')) ?? [];
}

it('says on every paper the figures of the app, to the paisa', async () => {
  const book = await papersBook();
  const customerId = await aMixedAccount(book);
  const page = await book.client.customers.get({ customerId });
  const { outstandingPaise, overduePaise, postDatedPaise, buckets } = page.figures;
  expect(postDatedPaise).toBe(20_000);

  await book.client.papers.show({ kind: 'outstanding', customerId, language: 'en' });
  const outstanding = lastOf(book);
  const withSign = (amount: number): string => `₹\u00A0${formatMoney(amount)}`;
  expect(outstanding.figure).toEqual({ label: 'Balance due', value: withSign(outstandingPaise) });
  const head = new Map(outstanding.facts.map(({ label, value }) => [label, value]));
  expect(head.get('Of this overdue')).toBe(withSign(overduePaise));
  expect(outstanding.strip.map(({ value }) => value)).toEqual(buckets.map(withSign));
  expect(outstanding.notes.map(({ value }) => value)).toEqual([withSign(postDatedPaise)]);
  const [bills, credits] = outstanding.tables.map(({ totals }) => totals[0]?.cells.at(-1));
  const open = (text = ''): number => Number(text.replace('−', '-').replaceAll(/[,.]/gu, ''));
  expect(open(bills) + open(credits)).toBe(outstandingPaise);
  // Where money waits to be set off, the parts of the head add up to the balance below them.
  const inHead = (label: string): number => open(head.get(label)?.replace('₹\u00A0', ''));
  expect(inHead('Open bills') + inHead('Payments and credits not yet adjusted')).toBe(outstandingPaise);
  expect(inHead('Of this overdue')).toBeLessThanOrEqual(inHead('Open bills'));
  expect(column(outstanding, 2, 3)).toEqual(['USD 100.00']);

  await book.client.papers.show({ kind: 'statement', customerId, language: 'en' });
  const statement = lastOf(book);
  const { closingPaise } = await book.client.customers.statement({ customerId });
  expect(statement.figure.value).toBe(withSign(closingPaise));
  expect(closingPaise).toBe(outstandingPaise);
  expect(column(statement, 0, 6).at(-1)).toBe(formatMoney(closingPaise));
});

it('asks for no more than is owed when the book looks at bills alone', async () => {
  const book = await papersBook();
  const customerId = await aMixedAccount(book);
  const { figures } = await book.client.customers.get({ customerId, credits: 'net' });
  await book.client.settings.save({ credits: 'gross' });
  await book.client.papers.show({ kind: 'outstanding', customerId });
  expect(lastOf(book).figure.value).toBe(`₹\u00A0${formatMoney(figures.outstandingPaise)}`);
});

it('brings the balance forward to the first day of a statement', async () => {
  const book = await papersBook();
  const customerId = await aMixedAccount(book);
  const from = day('2026-08-01');
  const before = await book.client.customers.statement({ customerId, asOf: day('2026-07-31') });
  await book.client.papers.show({ kind: 'statement', customerId, from, language: 'en' });
  const paper = lastOf(book);
  expect(column(paper, 0, 1)[0]).toBe('Opening balance');
  expect(column(paper, 0, 6)[0]).toBe(formatMoney(before.closingPaise));
  expect(column(paper, 0, 0)).toHaveLength(3);
});

it('writes in the language of the customer, with the details of the business and a code for what is payable', async () => {
  const book = await papersBook();
  const customerId = await aMixedAccount(book);
  await book.client.business.save({
    vpa: 'gupta@okicici',
    bankLines: 'Bank of Baroda\nA/c 12',
    phone: '9820000000',
  });
  await book.client.papers.show({ kind: 'letter-2', customerId });
  const paper = lastOf(book);
  expect(paper).toMatchObject({
    language: 'hi',
    from: { name: 'Gupta Traders' },
    to: { name: 'Asha Stores' },
  });
  expect(paper.subject).toMatch(/\p{Script=Devanagari}/u);
  expect(paper.paragraphs.join(' ')).not.toContain('{{');
  // Of a letter only what is late: 834.56 of the first bill and 249.95 of the first instalment; dollars are not paid by UPI.
  const link = new URL(paper.pay?.code?.link ?? '');
  expect(link.searchParams.get('am')).toBe('1084.51');
  expect(link.searchParams.get('pa')).toBe('gupta@okicici');
});

it('writes a file, and refuses a place among the books, another name and a customer who is gone', async () => {
  const book = await papersBook();
  const customerId = await aMixedAccount(book);
  const wish = { kind: 'statement', customerId } as const;
  const file = path.join(book.folder, 'asha.pdf');
  const { byteCount } = await book.client.papers.write({ ...wish, path: file });
  expect(readFileSync(file)).toHaveLength(byteCount);
  const write = (target: string, id = customerId) =>
    book.client.papers.write({ kind: 'outstanding', customerId: id, path: target });
  expect((await refusalOf(write(path.join(book.context.shelf.folder, 'a.pdf')))).code).toBe(
    'export-among-books',
  );
  expect((await refusalOf(write(path.join(book.folder, 'a.xlsx')))).code).toBe('export-extension');
  expect((await refusalOf(write('a.pdf'))).code).toBe('export-path');
  expect((await refusalOf(write(file, 4711))).code).toBe('customer-gone');
});

it('refuses a letter about nothing', async () => {
  const book = await papersBook();
  const customerId = book.db.write((tx) => someone(tx, 'Ravi'));
  const refusal = await refusalOf(book.client.papers.show({ kind: 'letter-1', customerId }));
  expect(refusal).toMatchObject({ code: 'letter-nothing-open', values: { name: 'Ravi' } });
});

it('writes one file a customer, leaves out who has nothing, and stops when it is told to', async () => {
  const book = await papersBook();
  const ids = book.db.write((tx) =>
    ['Asha', 'Asha', 'Ravi', 'A/B: "C"'].map((name, at) => {
      const id = someone(tx, name);
      if (at !== 2) aBill(tx, id, { amount: 100 + at, billDay: '2026-10-01' });
      return id;
    }),
  );
  const wish = { kind: 'outstanding' as const, folder: book.folder, customerIds: [...ids, ids[0] ?? 0] };
  let last: object = {};
  for await (const progress of await book.client.papers.writeMany(wish)) last = progress;
  expect(last).toMatchObject({ done: 4, of: 4, skipped: 1 });
  const title = `– Outstanding statement ${TODAY}.pdf`;
  expect(readdirSync(book.folder).toSorted()).toEqual(
    [`A B C ${title}`, `Asha (${ids[0]}) ${title}`, `Asha (${ids[1]}) ${title}`].toSorted(),
  );

  const stop = new AbortController();
  const again = async (): Promise<void> => {
    const more = { ...wish, kind: 'statement' as const };
    for await (const _ of await book.client.papers.writeMany(more, { signal: stop.signal })) stop.abort();
  };
  await expect(again()).rejects.toThrow();
  expect(readdirSync(book.folder).filter((name) => name.includes('partial'))).toEqual([]);
});

it('writes a letter in the customer’s own language', async () => {
  const world = await papersBook();
  await world.client.business.save({ phone: '9876543210' });
  for (const language of ['gu', 'mr', 'ta', 'te', 'kn', 'bn']) {
    const customerId = world.db.write((tx) => {
      const id = someone(tx, `Customer ${language}`, language);
      aBill(tx, id, { amount: 100, billDay: '2026-04-01', dueDay: '2026-05-01' });
      return id;
    });
    await world.client.papers.show({ kind: 'letter-3', customerId });
    expect(lastOf(world).language, language).toBe(language);
    await world.client.papers.show({ kind: 'outstanding', customerId });
    expect(lastOf(world).language, language).toBe(language);
  }
  expect(world.bugs).toEqual([]);
});
