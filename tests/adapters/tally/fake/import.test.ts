import { afterEach, describe, expect, it } from 'vitest';
import { createFakeCompany, type FakeCompany } from '#tests/fakes/tally/book.ts';
import { startFakeTally, type FakeTally, type FakeTallyOptions } from '#tests/fakes/tally/index.ts';
import { outstandingOf } from '#tests/fakes/tally/oracle.ts';
import { ask, collection, texts } from './ask.ts';

let tally: FakeTally | null = null;

afterEach(async () => {
  await tally?.stop();
  tally = null;
});

async function start(
  options: FakeTallyOptions = {},
): Promise<{ readonly fake: FakeTally; readonly company: FakeCompany }> {
  const company = createFakeCompany({ name: 'Test P Ltd' });
  company.createLedger({ name: 'Customer', parent: 'Sundry Debtors', billWise: true });
  company.createLedger({ name: 'Plain', parent: 'Sundry Debtors' });
  company.createLedger({ name: 'Bank', parent: 'Bank Accounts' });
  company.createVoucher({
    type: 'Sales',
    date: '2025-06-01',
    lines: [
      { ledger: 'Customer', amount: 100_00, bills: [{ type: 'New Ref', ref: 'A', amount: 100_00 }] },
      { ledger: 'Bank', amount: -100_00 },
    ],
  });
  tally = await startFakeTally({ books: [company], ...options });
  return { fake: tally, company };
}

type Receipt = {
  readonly id?: string;
  readonly action?: string;
  readonly date?: string;
  readonly ledger?: string;
  readonly amount?: string;
  readonly bill?: string;
};

function receipt({
  id,
  action = 'Create',
  date = '20250701',
  ledger = 'Customer',
  amount = '60.00',
  bill = '',
}: Receipt): string {
  const remote = id === undefined ? '' : ` REMOTEID="${id}"`;
  return `<ENVELOPE><HEADER><VERSION>1</VERSION><TALLYREQUEST>Import</TALLYREQUEST><TYPE>Data</TYPE><ID>Vouchers</ID></HEADER><BODY><DESC/><DATA><TALLYMESSAGE>
<VOUCHER${remote} VCHTYPE="Receipt" ACTION="${action}"><DATE>${date}</DATE><VOUCHERTYPENAME>Receipt</VOUCHERTYPENAME><VOUCHERNUMBER>OURS/1</VOUCHERNUMBER><NARRATION>[app:${id ?? 'none'}]</NARRATION>
<ALLLEDGERENTRIES.LIST><LEDGERNAME>${ledger}</LEDGERNAME><AMOUNT>${amount}</AMOUNT>${bill}</ALLLEDGERENTRIES.LIST>
<ALLLEDGERENTRIES.LIST><LEDGERNAME>Bank</LEDGERNAME><AMOUNT>-${amount}</AMOUNT></ALLLEDGERENTRIES.LIST></VOUCHER></TALLYMESSAGE></DATA></BODY></ENVELOPE>`;
}

const against = (name: string, type: string, amount = '60.00', more = ''): string =>
  `<BILLALLOCATIONS.LIST><NAME>${name}</NAME><BILLTYPE>${type}</BILLTYPE>${more}<AMOUNT>${amount}</AMOUNT></BILLALLOCATIONS.LIST>`;

async function counts(fake: FakeTally, body: string): Promise<Readonly<Record<string, string>>> {
  const { text, status } = await ask(fake, body);
  expect(status).toBe(200);
  const told: Record<string, string> = {};
  for (const tag of ['CREATED', 'ALTERED', 'DELETED', 'ERRORS', 'EXCEPTIONS', 'LINEERROR']) {
    const value = texts(text, tag)[0];
    if (value !== undefined && value !== '0') told[tag] = value;
  }
  return told;
}

describe('what a client posts', () => {
  it('is one voucher for one REMOTEID however often it is sent, and two without one', async () => {
    const { fake, company } = await start();
    const body = receipt({ id: 'x-1', bill: against('A', 'Agst Ref') });
    expect(await counts(fake, body)).toEqual({ CREATED: '1' });
    expect(await counts(fake, body)).toEqual({ ALTERED: '1' });
    expect(outstandingOf(company, '2025-12-31').find(({ name }) => name === 'Customer')?.bills).toMatchObject(
      [{ ref: 'A', balance: 40_00 }],
    );
    expect(company.view().voucherCounter).toBe(3);
    await counts(fake, receipt({}));
    await counts(fake, receipt({}));
    expect(company.vouchers()).toHaveLength(4);
    expect(await counts(fake, receipt({ id: 'x-1', action: 'Delete' }))).toEqual({ DELETED: '1' });
    expect(company.vouchers()).toHaveLength(3);
  });

  it('never comes back under the id it was sent with, but with its narration', async () => {
    const { fake, company } = await start();
    await counts(fake, receipt({ id: 'x-1' }));
    const { text } = await ask(fake, collection({ type: 'Voucher', fetch: 'Narration' }));
    expect(text).not.toContain('REMOTEID="x-1"');
    expect(text).toContain(`REMOTEID="${company.guid}-00000002"`);
    expect(texts(text, 'NARRATION')).toEqual(['[app:x-1]']);
  });

  it('loses its number, the day of a new bill and bills on a plain ledger, and an advance finds its bill', async () => {
    const { fake, company } = await start();
    await counts(
      fake,
      receipt({ id: '1', bill: against('N', 'New Ref', '60.00', '<BILLDATE>20250101</BILLDATE>') }),
    );
    await counts(fake, receipt({ id: '2', ledger: 'Plain', bill: against('P', 'New Ref') }));
    await counts(fake, receipt({ id: '3', bill: against('A', 'Advance') }));
    const [first, second, third] = company.vouchers().slice(1);
    expect(first?.number).not.toBe('OURS/1');
    expect(first?.lines[0]?.bills).toMatchObject([{ ref: 'N', billDate: '2025-07-01' }]);
    expect(second?.lines[0]?.bills).toEqual([]);
    expect(third?.lines[0]?.bills).toMatchObject([{ type: 'Agst Ref', ref: 'A', amount: -60_00 }]);
  });

  it('is an exception with a sentence that may mislead, and nothing is kept', async () => {
    const { fake, company } = await start({ profile: { licence: 'edu' } });
    expect(await counts(fake, receipt({ date: '20250715' }))).toEqual({
      EXCEPTIONS: '1',
      LINEERROR: 'Voucher date is missing for: Receipt',
    });
    expect(await counts(fake, receipt({ ledger: 'Stranger' }))).toEqual({
      EXCEPTIONS: '1',
      LINEERROR: 'Ledger &apos;Stranger&apos; does not exist!',
    });
    expect(company.vouchers()).toHaveLength(1);
  });
});
