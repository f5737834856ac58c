import { spawn } from 'node:child_process';
import { once } from 'node:events';
import http from 'node:http';
import path from 'node:path';
import { expect, it } from 'vitest';
import { demoCompany } from '#tests/fakes/tally/demo.ts';
import { startFakeTally } from '#tests/fakes/tally/index.ts';
import { outstandingOf } from '#tests/fakes/tally/oracle.ts';
import { ask, collection, texts } from './ask.ts';

it('makes the same trading company for the same seed, and another for another', () => {
  const made = (seed: number): string => {
    const { vouchers, ledgers } = demoCompany({ ledgers: 20, bills: 30, vouchers: 120, seed }).view();
    return JSON.stringify([[...vouchers.values()], [...ledgers.values()]]);
  };
  expect(made(4)).toBe(made(4));
  expect(made(4)).not.toBe(made(5));
});

it('makes about as many open bills as were wished for, every voucher balanced', () => {
  const company = demoCompany({ ledgers: 200, bills: 300, vouchers: 3000, today: '2026-11-20' });
  const open = outstandingOf(company, '2026-11-20').flatMap(({ bills }) => bills);
  expect(open.length).toBeGreaterThan(250);
  expect(open.length).toBeLessThan(450);
  for (const { lines } of company.vouchers())
    expect(lines.reduce((sum, line) => sum + line.amount, 0)).toBe(0);
});

it('streams a whole book as long as it said beforehand, while the book goes on changing', async () => {
  const company = demoCompany({ ledgers: 50, bills: 50, vouchers: 1200, today: '2026-11-20' });
  const fake = await startFakeTally({ books: [company] });
  const body = Buffer.from(
    collection({ type: 'Voucher', fetch: 'Date,GUID,AllLedgerEntries.*', from: '20200401', to: '20270331' }),
    'utf16le',
  );
  const read = await new Promise<{ readonly told: number; readonly came: number; readonly end: string }>(
    (resolve, reject) => {
      const headers = { 'Content-Type': 'text/xml;charset=utf-16', 'Content-Length': body.length };
      const request = http.request({ ...fake.address, method: 'POST', headers, agent: false }, (response) => {
        let came = 0;
        let last: Buffer = Buffer.alloc(0);
        response.on('data', (part: Buffer) => {
          if (came === 0)
            company.renameLedger('HDFC Bank - Current A/c', 'Another Bank of a much longer name');
          came += part.length;
          last = part;
        });
        response.on('end', () => {
          const end = last.subarray(-24).toString('utf16le');
          resolve({ told: Number(response.headers['content-length']), came, end });
        });
        response.on('error', reject);
      });
      request.on('error', reject);
      request.end(body);
    },
  );
  await fake.stop();
  expect(read.came).toBe(read.told);
  expect(read.came).toBeGreaterThan(40_000_000);
  expect(read.end).toBe('/ENVELOPE>\r\n');
  expect(fake.requests[0]?.rowCount).toBe(1200);
});

it('is served by a program of its own, as people start it', async () => {
  const program = path.resolve(import.meta.dirname, '../../../fakes/tally/serve.ts');
  const served = spawn(
    process.execPath,
    [program, '--port', '0', '--profile', 'prime4', '--edu', '--vouchers', '50'],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  try {
    const [said] = await once(served.stdout, 'data');
    const port = Number(/port (\d+)\./.exec(String(said))?.[1]);
    const { text } = await ask({ host: '127.0.0.1', port }, collection({ type: 'Company', fetch: 'Name' }));
    expect(texts(text, 'NAME')).toEqual(['Lakshmi Trading Company']);
  } finally {
    served.kill('SIGTERM');
    const [code] = await once(served, 'exit');
    expect(code).toBe(0);
  }
});
