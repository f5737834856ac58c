// Reads one reply in a process of its own and says what it cost. Run by tally-reading.ts.
import { get, type IncomingMessage } from 'node:http';
import { createRequire } from 'node:module';
import { TextDecoder } from 'node:util';
import type { TallyVoucher } from '#domain/tally/facts.ts';
import { voucherReader } from '#engine/adapters/tally/readers.ts';
import { voucherKinds } from '#engine/adapters/tally/voucher-kinds.ts';

/** What was read, so that nobody is fast by leaving out. */
type Sums = { vouchers: number; bills: number; paise: number; letters: number };
type Sink = { readonly push: (chunk: Buffer) => void; readonly end: () => void };

function oursInto(sums: Sums): Sink {
  const reader = voucherReader((voucher) => addUp(sums, voucher), voucherKinds().kindOf);
  return {
    push: reader.push,
    end: () => {
      if (!reader.end().isWhole) throw new Error('The reply was not whole.');
    },
  };
}

function addUp(sums: Sums, voucher: TallyVoucher): void {
  sums.vouchers += 1;
  sums.letters += (voucher.partyName?.length ?? 0) + (voucher.number?.length ?? 0) + voucher.day.length;
  for (const line of voucher.lines) {
    for (const { amountPaise, ref } of line.allocations) {
      sums.bills += 1;
      sums.paise += Math.abs(amountPaise);
      sums.letters += ref?.length ?? 0;
    }
  }
}

type Saxes = {
  readonly on: (event: string, take: (value: { readonly name: string } & string) => void) => void;
  readonly write: (text: string) => void;
  readonly close: () => void;
};

/** The library's fastest use: events, texts kept only where they are wanted. */
async function saxesInto(sums: Sums): Promise<Sink> {
  const library: { readonly SaxesParser: new () => Saxes } = await import(
    createRequire(import.meta.url).resolve('saxes')
  );
  const parser = new library.SaxesParser();
  const decoder = new TextDecoder();
  const wanted = new Set([
    'DATE',
    'VOUCHERNUMBER',
    'PARTYLEDGERNAME',
    'NAME',
    'AMOUNT',
    'LEDGERNAME',
    'BILLTYPE',
    'GUID',
    'ALTERID',
    'NARRATION',
    'REFERENCE',
    'BILLDATE',
    'VOUCHERTYPENAME',
  ]);
  let voucher: Record<string, string> = {};
  let bill: Record<string, string> | null = null;
  let field = '';
  let text = '';
  parser.on('opentag', ({ name }) => {
    field = wanted.has(name) ? name : '';
    text = '';
    if (name === 'VOUCHER') voucher = {};
    else if (name === 'BILLALLOCATIONS.LIST') bill = {};
  });
  parser.on('text', (piece) => {
    if (field !== '') text += piece;
  });
  parser.on('closetag', ({ name }) => {
    if (name === 'BILLALLOCATIONS.LIST') {
      if (bill?.['AMOUNT'] !== undefined) {
        sums.bills += 1;
        sums.paise += Math.abs(Math.round(Number(bill['AMOUNT']) * 100));
        sums.letters += bill['NAME']?.length ?? 0;
      }
      bill = null;
    } else if (name === 'VOUCHER') {
      // CMPINFO's counter bears the same name.
      if (voucher['GUID'] === undefined) return;
      sums.vouchers += 1;
      sums.letters +=
        (voucher['PARTYLEDGERNAME']?.length ?? 0) + (voucher['VOUCHERNUMBER']?.length ?? 0) + 10;
    } else if (name === field) (bill ?? voucher)[name] = text.trim();
    field = '';
  });
  return {
    push: (chunk) => parser.write(decoder.decode(chunk, { stream: true })),
    end: () => parser.close(),
  };
}

async function sinkOf(kind: string, sums: Sums): Promise<Sink> {
  if (kind === 'ours') return oursInto(sums);
  if (kind === 'saxes') return saxesInto(sums);
  return { push: (chunk) => void (sums.letters += chunk.length), end: () => undefined };
}

const [kind = '', url = ''] = process.argv.slice(2);
const sums: Sums = { vouchers: 0, bills: 0, paise: 0, letters: 0 };
const sink = await sinkOf(kind, sums);
const response = await new Promise<IncomingMessage>((resolve) => get(url, resolve));
const before = process.cpuUsage();
const startedAt = performance.now();
let byteCount = 0;
await new Promise<void>((resolve, reject) => {
  response.on('data', (chunk: Buffer) => {
    byteCount += chunk.length;
    sink.push(chunk);
  });
  response.on('end', () => resolve());
  response.on('error', reject);
});
sink.end();
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(before);
const rssMb = Math.round(process.resourceUsage().maxRSS / 1000);
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000, rssMb, byteCount, sums }));
