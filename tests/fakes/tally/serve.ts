import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { outstandingOf } from '#tests/fakes/tally/oracle.ts';
import { demoCompany, type DemoWish } from '#tests/fakes/tally/demo.ts';
import { startFakeTally, type FakeProfile } from '#tests/fakes/tally/index.ts';
import type { FakeCompany } from '#tests/fakes/tally/book.ts';

// A Tally to try the whole flow with: `node tests/fakes/tally/serve.ts [--port 9000] [--profile prime7]
// [--edu] [--slow] [--ledgers 120] [--bills 150] [--vouchers 900]`. --slow costs what live Tallys cost.

const PRODUCTS = ['erp9', 'prime2', 'prime4', 'prime7'] as const;

function wishFromArguments(): {
  readonly port: number;
  readonly profile: FakeProfile;
  readonly today: string;
  readonly book: DemoWish;
  readonly isSlow: boolean;
} {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '9000' },
      profile: { type: 'string', default: 'prime7' },
      edu: { type: 'boolean', default: false },
      'edit-log': { type: 'boolean', default: false },
      slow: { type: 'boolean', default: false },
      today: { type: 'string', default: new Date().toISOString().slice(0, 10) },
      ledgers: { type: 'string', default: '120' },
      bills: { type: 'string', default: '150' },
      vouchers: { type: 'string', default: '900' },
      seed: { type: 'string', default: '1' },
    },
  });
  const product = PRODUCTS.find((one) => one === values.profile);
  if (!product) throw new Error(`--profile is one of ${PRODUCTS.join(', ')}, not ${values.profile}.`);
  return {
    port: Number(values.port),
    profile: { product, licence: values.edu ? 'edu' : 'licensed', editLog: values['edit-log'] },
    today: values.today,
    book: {
      today: values.today,
      ledgers: Number(values.ledgers),
      bills: Number(values.bills),
      vouchers: Number(values.vouchers),
      seed: Number(values.seed),
    },
    isSlow: values.slow,
  };
}

function rupees(paise: number): string {
  return new Intl.NumberFormat('en-IN', { style: 'currency', currency: 'INR' }).format(paise / 100);
}

/** The customer with the largest open bill pays it. */
function postReceipt(company: FakeCompany, today: string): string {
  const owed = outstandingOf(company, today).flatMap((party) => party.bills.map((bill) => ({ party, bill })));
  const [largest] = owed.sort((a, b) => b.bill.balance - a.bill.balance);
  if (!largest || largest.bill.balance <= 0) return 'Nobody owes anything.';
  const { party, bill } = largest;
  company.createVoucher({
    type: 'Receipt',
    date: today,
    narration: 'Received by NEFT',
    lines: [
      { ledger: 'HDFC Bank - Current A/c', amount: bill.balance },
      {
        ledger: party.name,
        amount: -bill.balance,
        bills: [{ type: 'Agst Ref', ref: bill.ref, amount: -bill.balance }],
      },
    ],
  });
  return `${party.name} paid ${rupees(bill.balance)} for ${bill.ref}.`;
}

async function main(): Promise<void> {
  const wish = wishFromArguments();
  const company = demoCompany(wish.book);
  const tally = await startFakeTally({
    port: wish.port,
    profile: wish.profile,
    today: wish.today,
    books: [company],
    cost: wish.isSlow ? 'measured' : 'none',
  });
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  say(
    `${wish.profile.product} (${wish.profile.licence}) with "${company.name}" listens on ${tally.host}, port ${tally.port}.`,
  );
  say(`In Baaki: Tally > Connect > this computer, port ${tally.port}.`);
  const quit = async (): Promise<void> => {
    await tally.stop();
    process.exit(0);
  };
  process.on('SIGINT', () => void quit());
  process.on('SIGTERM', () => void quit());
  if (!process.stdin.isTTY) return;
  say('r + Enter: a receipt arrives.   q + Enter: quit.');
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() === 'r') say(postReceipt(company, wish.today));
    if (line.trim() === 'q') await quit();
  }
}

await main();
