import { describe, expect, it } from 'vitest';
import type { FakeCompany } from '../../../fakes/tally/book.ts';
import { COMPANY, collection, report, type CollectionWish } from './envelopes.ts';
import { billsOf, withoutCounters } from './look.ts';
import { ask } from './wire.ts';
import { customer, emptyCompany, hasSamples, sale, sample, sampleBytes, tallyOf } from './world.ts';

const MONTHS = 'JanFebMarAprMayJunJulAugSepOctNovDec';

function dayOf(text: string): string {
  const [day = '', month = '', year = ''] = text.split('-');
  return `20${year}-${String(MONTHS.indexOf(month) / 3 + 1).padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const MS_OF_DAY = 86_400_000;

describe('seventy bills of a real Tally, entered again in another order', () => {
  // Samples derived-wire/bills_receivable.*: order, arithmetic and bytes of a report with Hindi names.
  it.skipIf(!hasSamples)(
    'are read as the same bytes in UTF-16, and as the same question marks otherwise',
    async () => {
      const known = sampleBytes('derived-wire/bills_receivable.utf16le_nobom.xml');
      const bills = billsOf(known.toString('utf16le'));
      expect(bills).toHaveLength(70);
      const book = emptyCompany({ booksFrom: '2022-04-01' });
      for (const party of new Set(bills.map((bill) => bill.party))) customer(book, party);
      for (const bill of [...bills].reverse()) {
        const date = dayOf(bill.date);
        const days = (Date.parse(dayOf(bill.due)) - Date.parse(date)) / MS_OF_DAY;
        const amount = Number(bill.closing.replace('.', '').replace('-', ''));
        sale(book, bill.party, {
          ref: bill.ref,
          date,
          amount,
          ...(days === 0 ? {} : { period: `${days} Days` }),
        });
      }
      const [first] = bills;
      if (!first) throw new Error('The sample holds no bills.');
      const asOf = new Date(Date.parse(dayOf(first.due)) + Number(first.overdue) * MS_OF_DAY);
      const to = asOf.toISOString().slice(0, 10).replaceAll('-', '');
      const tally = await tallyOf([book]);
      const xml = report('Bills Receivable', { company: COMPANY, from: '20220401', to });
      const reply = await ask(tally.port, xml);
      expect(reply.text).toBe(known.toString('utf16le'));
      expect(reply.body.equals(known)).toBe(true);
      const lossy = await ask(tally.port, xml, { encoding: 'utf-8' });
      expect(lossy.body.equals(sampleBytes('derived-wire/bills_receivable.nonutf16_request_lossy.xml'))).toBe(
        true,
      );
    },
  );
});

describe('three recorded collections, asked again', () => {
  const read = async (book: FakeCompany, wish: CollectionWish): Promise<string> => {
    const tally = await tallyOf([book]);
    return withoutCounters((await ask(tally.port, collection({ company: COMPANY, ...wish }))).text);
  };
  const recorded = (name: string): string => withoutCounters(sample(`live-captures/${name}`));

  // Sample p00
  it.skipIf(!hasSamples)('give the list of one company as it was', async () => {
    const book = emptyCompany({ name: 'Bharat Traders Private Limited' });
    expect(await read(book, { type: 'Company', fetch: 'Name' })).toBe(recorded('p00_A_company_list.xml'));
  });

  // Sample p15
  it.skipIf(!hasSamples)('give a ledger with a Hindi name as it was', async () => {
    const book = emptyCompany();
    customer(book, 'शर्मा ट्रेडर्स');
    const filter = '$$IsLedOfGrp:$Name:$$GroupSundryDebtors';
    expect(await read(book, { type: 'Ledger', fetch: 'Parent', filter })).toBe(
      recorded('p15_B_hindi_ledger.xml'),
    );
  });

  // Sample p11
  it.skipIf(!hasSamples)('give a ledger with an opening bill as it was', async () => {
    const book = emptyCompany();
    book.createLedger({
      name: 'Pune Digital Solutions',
      parent: 'Sundry Debtors',
      billWise: true,
      opening: 35_505_765,
      openingBills: [{ ref: 'Op/2022-001', billDate: '2022-03-31', amount: 6_250_000 }],
    });
    const filter = '$Name = "Pune Digital Solutions"';
    expect(await read(book, { type: 'Ledger', fetch: 'OpeningBalance,BillAllocations.*', filter })).toBe(
      recorded('p11_B_opening_bills.xml'),
    );
  });
});
