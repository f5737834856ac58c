import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { readWords } from '#cli/read-words.ts';
import { syncStatusShape } from '#contract/engine/sync.ts';
import { createFakeCompany } from '#tests/fakes/tally/book.ts';
import { startFakeTally, type FakeTally } from '#tests/fakes/tally/index.ts';
import { builtCli, type Ran } from './run-cli.ts';

const answerShape = z.strictObject({
  book: z.strictObject({ bookId: z.string(), name: z.string() }),
  status: syncStatusShape,
});
const errorShape = z.strictObject({ error: z.strictObject({ code: z.string(), sentence: z.string() }) });

/** A company with two bills of one customer, one of them paid in part. */
function smallCompany(name: string) {
  const company = createFakeCompany({ name, booksFrom: '2026-04-01' });
  company.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  company.createLedger({ name: 'Asha Traders', parent: 'Sundry Debtors', billWise: true });
  const sale = (ref: string, amount: number): void => {
    company.createVoucher({
      type: 'Sales',
      date: '2026-10-05',
      lines: [
        { ledger: 'Asha Traders', amount, bills: [{ type: 'New Ref', ref, amount, period: '30 Days' }] },
        { ledger: 'Sales', amount: 0 - amount },
      ],
    });
  };
  sale('S/1', 50_000_00);
  sale('S/2', 25_000_50);
  return Object.assign(company, { sale });
}

describe('baaki sync', () => {
  const cli = builtCli('each test');
  let fake: FakeTally;
  let company: ReturnType<typeof smallCompany>;
  beforeEach(async () => {
    company = smallCompany('Sharma Traders');
    fake = await startFakeTally({ books: [company] });
  });
  afterEach(() => fake.stop());

  const sync = (...words: readonly string[]): Promise<Ran> => cli.run('sync', ...words);
  const at = (): readonly string[] => ['--host', '127.0.0.1', '--port', String(fake.port)];
  const answerOf = (run: Ran): z.infer<typeof answerShape> => {
    expect({ code: run.code, stderr: run.stderr.replace(/^Made the book.*\n/, '') }).toEqual({
      code: 0,
      stderr: '',
    });
    return answerShape.parse(JSON.parse(run.stdout));
  };

  it('makes a book for a company, reads it, and says that both agree', async () => {
    const first = await sync('--company', 'sharma traders', ...at(), '--format', 'json');
    const { book, status } = answerOf(first);
    expect(book.name).toBe('Sharma Traders');
    expect(status).toMatchObject({
      connection: { companyName: 'Sharma Traders', port: fake.port },
      tieOut: { differencePaise: 0, differingCount: 0 },
      history: { state: 'complete' },
      failure: null,
    });
    const aging = await cli.run('aging', '--format', 'json');
    expect(JSON.parse(aging.stdout)).toMatchObject({ totals: { outstandingPaise: 75_000_50 } });
  });

  it('reads what changed when it is run again, and tells how the book stands', async () => {
    await sync('--company', 'Sharma Traders', ...at());
    company.sale('S/3', 10_000_00);
    const again = await sync();
    expect({ code: again.code, stdout: again.stdout }).toEqual({
      code: 0,
      stdout: expect.stringContaining('Ties out with Tally to the paisa.'),
    });
    const aging = await cli.run('aging', '--format', 'json');
    expect(JSON.parse(aging.stdout)).toMatchObject({ totals: { outstandingPaise: 85_000_50 } });
    fake.forgetRequests();
    const { status } = answerOf(await sync('status', '--format', 'json'));
    expect(status.syncedAt).not.toBeNull();
    expect(fake.requests).toHaveLength(0);
  });

  it('fails with the state of Tally and exit code 3, and leaves no empty book behind', async () => {
    await fake.stop();
    const none = await sync('--company', 'Sharma Traders', ...at(), '--format', 'json');
    expect(none.code).toBe(3);
    expect(errorShape.parse(JSON.parse(none.stdout)).error.code).toBe('tally-not-running');
    expect((await cli.run('books', '--format', 'json')).stdout).toBe('{"books":[]}\n');
  });

  it('refuses a company that is not open, and names those that are', async () => {
    const run = await sync('--company', 'Rao', ...at());
    expect(run).toMatchObject({ code: 1, stdout: '' });
    expect(run.stderr).toContain('“Rao” is not open in Tally. Open there: “Sharma Traders”.');
  });

  it('refuses a book that is tied to no Tally', async () => {
    await cli.run('call', 'books.create', '{"name":"Rao"}');
    const loose = await sync('--book', 'Rao');
    expect(loose).toMatchObject({ code: 1 });
    expect(loose.stderr).toContain('“Rao” is not connected to a Tally.');
  });
});

describe('the words of baaki sync', () => {
  it.each([
    ['--port', '99999', '--company', 'x'],
    ['--host', 'http://pc', '--company', 'x'],
    ['--host', 'pc'],
    ['now'],
    ['status', '--full'],
  ])('%s %s %s are not understood', (...words) => {
    expect(readWords(['sync', ...words], '1')).toMatchObject({ ending: { kind: 'usage' } });
  });
});
