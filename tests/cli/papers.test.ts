import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { openEngine } from '#engine/open-engine.ts';
import { copiedText, hasPoppler } from '#tests/builders/papers.ts';
import { describe, expect, it } from 'vitest';
import { builtCli } from './run-cli.ts';

describe('baaki papers', () => {
  const cli = builtCli('all tests');

  const fill = async (): Promise<void> => {
    const engine = await openEngine({ dataFolder: path.join(cli.folder, 'data'), version: '0.0.0-test' });
    const { books, customers, bills } = engine.client;
    await books.create({ name: 'Gupta Traders' });
    for (const [name, amount] of [
      ['Asha Stores', 123_450],
      ['कृष्ण ट्रेडर्स', 99_900],
      ['Nobody', 0],
    ] as const) {
      const { customerId } = await customers.save({ name });
      const days = { billDay: day('2026-10-01'), dueDay: day('2026-10-31') };
      if (amount > 0) await bills.save({ customerId, number: 'G/7', ...days, amountPaise: paise(amount) });
    }
    await engine.close();
  };

  it('writes one customer’s paper, and everybody’s into a folder', async () => {
    await fill();
    const out = path.join(cli.folder, 'asha.pdf');
    const one = await cli.run('papers', '--customer', 'asha stores', '--as-of', '2026-11-23', '--out', out);
    expect(one.stderr).toBe('');
    expect(one.stdout).toContain('Wrote the paper of “Asha Stores”');
    const pdf = readFileSync(out);
    expect(pdf.subarray(0, 5).toString('latin1')).toBe('%PDF-');
    if (hasPoppler) expect(copiedText(pdf)).toContain('1,234.50');

    const folder = path.join(cli.folder, 'all');
    const words = ['--kind', 'statement', '--as-of', '2026-11-23', '--language', 'hi'];
    const all = await cli.run('papers', '--all', '--folder', folder, ...words);
    expect(all.stderr).toBe('');
    expect(all.stdout).toContain('Wrote 2 papers');
    expect(readdirSync(folder)).toHaveLength(2);
  }, 60_000);

  it.each([
    [['papers'], 2, 'Say --customer C --out FILE.pdf'],
    [['papers', '--all', '--folder', 'x', '--customer', 'Asha'], 2, 'Say --customer C --out FILE.pdf'],
    [['papers', '--customer', 'A', '--out', 'a.pdf', '--kind', 'poem'], 2, '--kind “poem” is not one of'],
    [['papers', '--customer', 'A', '--out', 'a.pdf', '--from', '2026-04-01'], 2, '--from goes with'],
    [['papers', '--customer', 'Zed', '--out', 'a.pdf'], 1, 'There is no customer “Zed”'],
    [['papers', '--customer', 'Asha Stores', '--out', 'a.txt'], 1, 'must end in .pdf'],
  ])('says what is wrong with %j', async (words, code, sentence) => {
    const ran = await cli.run(...words);
    expect(ran.code).toBe(code);
    expect(ran.stderr).toContain(sentence);
  });
});
