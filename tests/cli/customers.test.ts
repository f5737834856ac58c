import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { customerRowShape } from '#contract/engine/customers.ts';
import { agingFigures } from '#contract/engine/aging.ts';
import { builtCli } from './run-cli.ts';

const listShape = z.object({
  book: z.strictObject({ bookId: z.string(), name: z.string() }),
  baseCurrency: z.string(),
  asOf: z.string(),
  rows: z.array(customerRowShape),
  totals: agingFigures,
});

/** Each test reads the same demo company; none changes it. */
describe('the customers of the demo company', () => {
  const cli = builtCli('all tests');
  beforeAll(async () => {
    const made = await cli.run('demo', '--customers', '40', '--until', '2026-03-31', '--format', 'json');
    expect(made.stderr).toBe('');
  }, 60_000);

  async function readJson(...words: readonly string[]): Promise<z.infer<typeof listShape>> {
    const run = await cli.run('customers', '--as-of', '2026-03-31', '--format', 'json', ...words);
    expect({ stderr: run.stderr, code: run.code }).toEqual({ stderr: '', code: 0 });
    return listShape.parse(JSON.parse(run.stdout));
  }

  it('are all there, with figures that add up to the totals', async () => {
    const { rows, totals, baseCurrency } = await readJson();
    expect([rows.length, baseCurrency]).toEqual([40, 'INR']);
    expect(rows.reduce((sum, row) => sum + row.outstandingPaise, 0)).toBe(totals.outstandingPaise);
    expect(totals.outstandingPaise).toBeGreaterThan(0);
  });

  it('are fewer when something is searched, by name, code or phone', async () => {
    const { rows } = await readJson();
    const [first] = rows;
    if (!first) throw new Error('The demo has no customer.');
    for (const text of [first.name.slice(1), first.code ?? '', first.phone ?? '']) {
      const found = await readJson('--search', text);
      expect(found.rows.length).toBeLessThan(40);
      expect(found.rows.map((row) => row.customerId)).toContain(first.customerId);
      expect(found.totals.outstandingPaise).toBe(
        found.rows.reduce((sum, row) => sum + row.outstandingPaise, 0),
      );
    }
    expect((await readJson('--search', 'nobody at all')).rows).toEqual([]);
  });

  it('say the same in CSV, to the paisa, with plain decimals', async () => {
    const { rows, totals } = await readJson();
    const { stdout, code } = await cli.run('customers', '--as-of', '2026-03-31', '--format', 'csv');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(
      /^customer,code,phone,.*,outstanding,overdue,unallocated,post-dated,not-due,1-30,/,
    );
    expect(lines).toHaveLength(rows.length + 2);
    const at = (lines[0] ?? '').split(',').indexOf('outstanding');
    const total = (lines.at(-1) ?? '').split(',')[at] ?? '';
    expect(BigInt(total.replace('.', ''))).toBe(BigInt(totals.outstandingPaise));
  });

  it('are a table for a person, with totals under a rule', async () => {
    const { stdout, code } = await cli.run('customers', '--as-of', '2026-03-31');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toContain('customers as of 31 Mar 2026, in INR');
    expect(lines[2]).toMatch(
      /^Customer +Code +Phone +Outstanding +Overdue +Oldest, days +Last receipt +Days late$/,
    );
    expect(lines.at(-2)).toMatch(/^─+/);
    expect(lines.at(-1)).toMatch(/^40 customers/);
    const none = await cli.run('customers', '--as-of', '2026-03-31', '--search', 'nobody at all');
    expect(none.stdout).toContain('There is none.');
  });

  it('are asked for in words that are understood', async () => {
    expect(await cli.run('customers', '--as-of', 'today')).toMatchObject({ code: 2 });
    expect(await cli.run('customers', '--rate', 'USD=83')).toMatchObject({ code: 2 });
    expect((await cli.run('customers', '--help')).stdout).toContain('--search T');
  });
});
