import { afterEach, describe, expect, it } from 'vitest';
import type { TallyAnswer, TallySource, TallyTarget } from '../../../../src-engine/adapters/ports.ts';
import { tallySource } from '../../../../src-engine/adapters/tally/tally.ts';
import { collectionOf, companiesReply, type CompanyWish, type ScriptedTally } from './scripted-tally.ts';
import {
  asOf,
  billsReport,
  company,
  goodReplies,
  ledgerRow,
  period,
  tallyWith,
  type Replies,
} from './wire-rows.ts';

// Every state of a Tally that is not "ready", in the bytes it has on the wire, and every read against each of them.

const open: ScriptedTally[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((tally) => tally.stop()));
});

async function served(replies: Replies): ReturnType<typeof tallyWith> {
  const made = await tallyWith(replies);
  open.push(made.tally);
  return made;
}

type Read = readonly [string, (source: TallySource, on: TallyTarget) => Promise<TallyAnswer<unknown>>];

const reads: readonly Read[] = [
  ['groups', (source, on) => source.groups(on)],
  ['thin ledgers', (source, on) => source.thinLedgers(on, asOf)],
  ['whole ledgers', (source, on) => source.ledgers(on, { asOf }, () => undefined)],
  ['changed ledgers', (source, on) => source.ledgers(on, { asOf, afterAlterId: 7 }, () => undefined)],
  ['receivable bills', (source, on) => source.openBills(on, 'receivable', period)],
  ['payable bills', (source, on) => source.openBills(on, 'payable', period)],
  ['one party', (source, on) => source.party(on, 'Mohan & Sons', asOf)],
  ['counts of vouchers', (source, on) => source.voucherCounts(on, period)],
  ['vouchers', (source, on) => source.vouchers(on, { ...period, shape: 'every-field' }, () => undefined)],
  [
    'changed vouchers',
    (source, on) =>
      source.vouchers(on, { ...period, shape: 'allocations', afterAlterId: 7 }, () => undefined),
  ],
  ['a census', (source, on) => source.census(on, period, () => undefined)],
];

// prettier-ignore
const DATA_IDS = [
  'ArGroups', 'ArThinLedgers', 'ArLedgers', 'ArParty', 'ArBills', 'ArDays', 'ArVouchers', 'ArVoucherTypes', 'ArCensus',
  'Bills Receivable', 'Bills Payable',
];

function everyData(text: string): Replies {
  return Object.fromEntries(DATA_IDS.map((id) => [id, text]));
}

async function codeOf(read: Read[1], replies: Replies): Promise<string> {
  const { on } = await served(replies);
  const answer = await read(tallySource(), on);
  return answer.ok ? 'ok' : answer.failure.code;
}

const lineError =
  '<ENVELOPE>\r\n <HEADER>\r\n  <VERSION>1</VERSION>\r\n  <STATUS>0</STATUS>\r\n </HEADER>\r\n <BODY>\r\n  <DATA>\r\n' +
  '   <LINEERROR>Could not set &apos;SVCurrentCompany&apos; to &apos;Asha Traders&apos;</LINEERROR>\r\n' +
  '  </DATA>\r\n </BODY>\r\n</ENVELOPE>\r\n';
const unknownRequest = '<RESPONSE>Unknown Request, cannot be processed</RESPONSE>\r\n';

describe.each(reads)('%s', (name, read) => {
  it('are never read as empty while no company is open, or its password box waits', async () => {
    expect(await codeOf(read, { ArCompanies: collectionOf('') })).toBe('tally-no-company');
  });

  it('are never read as empty while another company is open', async () => {
    const { on } = await served({ ArCompanies: companiesReply({ name: 'Other' }, { name: 'Third' }) });
    const answer = await read(tallySource(), on);
    expect(answer).toMatchObject({ failure: { code: 'tally-other-company', values: { company, count: 2 } } });
  });

  it('are refused where two open companies bear the name', async () => {
    expect(await codeOf(read, { ArCompanies: companiesReply({}, { number: '10001' }) })).toBe(
      'tally-same-name',
    );
  });

  it('are refused for a group of companies', async () => {
    expect(await codeOf(read, { ArCompanies: companiesReply({ isGroup: true }) })).toBe(
      'tally-group-company',
    );
  });

  it('say that the company was closed while they were read', async () => {
    const closed = [companiesReply({}), collectionOf('')];
    expect(await codeOf(read, { ArCompanies: closed })).toBe('tally-no-company');
    const switched = [companiesReply({}), companiesReply({ name: 'Other' })];
    expect(await codeOf(read, { ArCompanies: switched })).toBe('tally-other-company');
  });

  it('say that the company was closed when Tally could not set it', async () => {
    const gone = { ...everyData(lineError), ArCompanies: [companiesReply({}), collectionOf('')] };
    expect(await codeOf(read, gone)).toBe('tally-no-company');
    expect(await codeOf(read, everyData(lineError))).toBe('tally-refused');
  });

  it('say that something moved when a company of the same name took the place', async () => {
    // What comes between is complete, so that only the second look at the companies can tell.
    const replies = {
      ...everyData(goodRows(name)),
      ...goodReplies,
      ArCompanies: switchedTo({ guid: 'another' }),
    };
    expect(await codeOf(read, replies)).toBe('tally-moved');
  });

  it('are refused by an unknown request, a bare envelope, and a reply of another kind', async () => {
    expect(await codeOf(read, everyData(unknownRequest))).toBe('tally-refused');
    expect(await codeOf(read, everyData('<ENVELOPE><X>1</X></ENVELOPE>'))).toBe('tally-refused');
    if (!name.endsWith('bills'))
      expect(await codeOf(read, everyData('<ENVELOPE></ENVELOPE>'))).toBe('tally-refused');
  });

  it('are cut short when the end is missing, although STATUS 1 was said', async () => {
    const whole = goodReplies[name] ?? goodRows(name);
    const cut = whole.slice(0, whole.lastIndexOf('</'));
    expect(await codeOf(read, { ...goodReplies, ...everyData(cut) })).toBe('tally-truncated');
    expect(await codeOf(read, { ...everyData(cut.slice(0, 60)) })).toBe('tally-truncated');
  });

  it('come from a server that declares entities are not read', async () => {
    const hostile = '<!DOCTYPE a [<!ENTITY b "c">]><ENVELOPE>&b;</ENVELOPE>';
    expect(await codeOf(read, everyData(hostile))).toBe('tally-not-tally');
  });
});

function switchedTo(other: CompanyWish): readonly string[] {
  return [companiesReply({}), companiesReply(other)];
}

function goodRows(name: string): string {
  return name.endsWith('bills') ? billsReport : collectionOf(ledgerRow);
}
