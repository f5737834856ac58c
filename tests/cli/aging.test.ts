import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { agingTableShape } from '#contract/engine/aging.ts';
import { builtCli } from './run-cli.ts';

const tableShape = agingTableShape.extend({ book: z.strictObject({ bookId: z.string(), name: z.string() }) });

/** Each test reads the same demo company; none changes it. */
describe('the aging of the demo company', () => {
  const cli = builtCli('all tests');
  beforeAll(async () => {
    const made = await cli.run('demo', '--customers', '40', '--until', '2026-03-31', '--format', 'json');
    expect(made.stderr).toBe('');
    expect(JSON.parse(made.stdout)).toMatchObject({ book: { isDemo: true } });
  }, 60_000);

  async function readJson(): Promise<z.infer<typeof tableShape>> {
    const { stdout, stderr, code } = await cli.run('aging', '--as-of', '2026-03-31', '--format', 'json');
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    return tableShape.parse(JSON.parse(stdout));
  }

  it('is one JSON object of whole paise whose buckets add up', async () => {
    const table = await readJson();
    expect(table.rows.length).toBeGreaterThan(5);
    for (const figures of [...table.rows, table.totals]) {
      const sum = figures.buckets.reduce((total, amount) => total + amount, 0);
      expect(sum).toBe(figures.outstandingPaise);
    }
    const outstanding = table.rows.reduce((total, row) => total + row.outstandingPaise, 0);
    expect(outstanding).toBe(table.totals.outstandingPaise);
  });

  it('says the same in CSV, to the paisa', async () => {
    const table = await readJson();
    const { stdout, code } = await cli.run('aging', '--as-of', '2026-03-31', '--format', 'csv');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toBe(
      'customer,code,outstanding,overdue,unallocated,not-due,1-30,31-60,61-90,91-120,120+,open bills,overdue bills,oldest days',
    );
    expect(lines).toHaveLength(table.rows.length + 2);
    const total = (lines.at(-1) ?? '').split(',');
    const paiseOf = (cell: string | undefined): bigint => BigInt((cell ?? '').replace('.', ''));
    expect(paiseOf(total[2])).toBe(BigInt(table.totals.outstandingPaise));
    expect(total.slice(5, 11).map(paiseOf)).toEqual(table.totals.buckets.map(BigInt));
  });

  it('is a table for a person: lakh grouping, right-aligned, totals under a rule', async () => {
    const table = await readJson();
    const { stdout, code } = await cli.run('aging', '--as-of', '2026-03-31');
    expect(code).toBe(0);
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toContain('aging as of 31 Mar 2026, in INR');
    expect(lines[2]).toMatch(/^Customer .*Outstanding .*Not due .*1–30 .*120\+ +Oldest, days$/);
    expect(lines.at(-2)).toMatch(/^─+/);
    expect(lines.at(-1)).toContain(`${table.rows.length} customers`);
    expect(lines.at(-1)).toMatch(/ \d{1,2},\d{2},\d{3}\.\d\d/);
    const ends = lines.slice(4, -2).map((line) => /[\d.]\d\d(?= {2,}\S)/.exec(line)?.index ?? -1);
    expect(new Set(ends).size).toBe(1);
  });

  it('looks from another day when told to', async () => {
    const early = await cli.run('aging', '--as-of', '2020-01-01');
    expect(early.stdout).toContain('Nothing is open.');
  });
});
