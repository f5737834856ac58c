import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { day, dayNumber, dayOf, type Day } from '#domain/days.ts';
import type {
  FailedTally,
  TallyAnswer,
  TallyProbe,
  TallyProbed,
  TallyProbeWish,
  TallyTarget,
} from '../ports.ts';
import { billTypesOf, countOf, openingBillsOf, rowsOf, wholeReply } from './probe-reply.ts';
import { replyLength } from './probe-length.ts';
import { requestText } from './requests.ts';
import { ask, type TallyTimings } from './transport-turn.ts';

// What no public source settles, asked of a Tally by requests that are those of every sync, or one of them with one
// thing changed. What froze or ended a Tally is not asked at all.

type Asking = { readonly on: TallyTarget; readonly wish: TallyProbeWish; readonly timings: TallyTimings };
type Question = TallyProbe['question'];
type Told = Pick<TallyProbe, 'answer' | 'evidence'>;

/** Each question with how it is asked. The one that might bring a box to Tally's screen stands last. */
const questions: readonly (readonly [Question, (asking: Asking) => Promise<Told | FailedTally>])[] = [
  ['fetch-shapes', askFetchShapes],
  ['byte-order-mark', askByteOrderMark],
  ['reply-length', ({ on, timings }) => replyLength(on, companiesText(), timings)],
  ['day-numbers', askDayNumbers],
  ['opening-bills', askOpeningBills],
  ['bill-types', askBillTypes],
  ['ledger-from-date', () => notAsked('it has frozen a Tally')],
  ['company-away', () => notAsked('a person has to close the company meanwhile')],
  ['unknown-report', askUnknownReport],
];

/** The answers to all questions. A Tally that does not answer one is not asked the rest; before the first it is a failure. */
export async function probeTally(asking: Asking): Promise<TallyAnswer<TallyProbed>> {
  const probes: TallyProbe[] = [];
  let stoppedBy: string | null = null;
  for (const [question, put] of questions) {
    const told: Told | FailedTally = stoppedBy === null ? await put(asking) : await notAsked(stoppedBy);
    if (!isFailed(told)) {
      probes.push({ question, ...told });
      continue;
    }
    if (probes.length === 0) return told;
    stoppedBy = told.failure.code;
    probes.push({ question, answer: 'unclear', evidence: { failure: stoppedBy } });
  }
  const companyHash = hashOf(asking.wish.companyGuid);
  return { ok: true, value: { companyHash, probes }, cost: { rowCount: 0, byteCount: 0, milliseconds: 0 } };
}

const HASH_LETTERS = 12;

/** Tells two reports of one company apart from those of two, and nothing else. */
function hashOf(guid: string): string {
  return createHash('sha256').update(guid).digest('hex').slice(0, HASH_LETTERS);
}

function isFailed(told: Told | FailedTally): told is FailedTally {
  return 'ok' in told;
}

function notAsked(reason: string): Promise<Told> {
  return Promise.resolve({ answer: 'not-asked', evidence: { reason } });
}

type Reply = {
  readonly ok: true;
  readonly text: string;
  readonly isWhole: boolean;
  readonly byteCount: number;
  readonly milliseconds: number;
};

async function put({ on, timings }: Asking, text: string, mark = ''): Promise<Reply | FailedTally> {
  const { reader, text: replied } = wholeReply();
  const { address, signal, isPatient = false } = on;
  const body = Buffer.from(mark + text, 'utf16le');
  const asked = await ask({ address, body, reader, isPatient, signal, timings });
  if (!asked.ok) return asked;
  const { byteCount, milliseconds } = asked.cost;
  return {
    ok: true,
    text: replied(),
    isWhole: asked.end.isWhole,
    byteCount,
    milliseconds: Math.round(milliseconds),
  };
}

/** One piece of a request in place of another; `replace` itself would take the dollars of a formula for its own. */
function changed(text: string, piece: string, by: string): string {
  return text.replace(piece, () => by);
}

function companiesText(): string {
  return requestText({ kind: 'companies' });
}

/** Whether it computes, as the oldest products might not. */
async function askFetchShapes(asking: Asking): Promise<Told | FailedTally> {
  const reply = await put(asking, companiesText());
  if (!reply.ok) return reply;
  const computed = countOf(reply.text, 'ISEDU') + countOf(reply.text, 'ISACTIVECOMPANY');
  const { milliseconds, byteCount: bytes } = reply;
  return { answer: computed > 0 ? 'yes' : 'no', evidence: { computed, bytes, milliseconds } };
}

async function askByteOrderMark(asking: Asking): Promise<Told | FailedTally> {
  const [bare, marked] = [await put(asking, companiesText()), await put(asking, companiesText(), '\ufeff')];
  if (!bare.ok) return bare;
  if (!marked.ok) return marked;
  const rows = (reply: Reply): number => rowsOf(reply.text, 'COMPANY');
  return {
    answer: marked.isWhole && rows(marked) === rows(bare) ? 'yes' : 'no',
    evidence: { rowsWithout: rows(bare), rowsWith: rows(marked) },
  };
}

const PERIOD_TEXT =
  '<ENVELOPE><HEADER><VERSION>1</VERSION><TALLYREQUEST>Export</TALLYREQUEST><TYPE>Function</TYPE>' +
  '<ID>$$SystemPeriodFrom</ID></HEADER><BODY><DESC><FUNCPARAMLIST></FUNCPARAMLIST></DESC></BODY></ENVELOPE>';
/** Day 1 of the numbers in credit periods is 1 January 1900. */
const BASE = dayNumber(day('1900-01-01')) - 1;

async function askDayNumbers(asking: Asking): Promise<Told | FailedTally> {
  const reply = await put(asking, PERIOD_TEXT);
  if (!reply.ok) return reply;
  const [, number = '', text = ''] =
    /<RESULT[^>]*JD="\s*(\d{1,7})"[^>]*>\s*([^<]+?)\s*</.exec(reply.text) ?? [];
  const on = writtenDay(text);
  if (number === '' || on === null) return { answer: 'unclear', evidence: { bytes: reply.byteCount } };
  const daysOff = dayNumber(on) - Number(number) - BASE;
  return { answer: daysOff === 0 ? 'yes' : 'no', evidence: { daysOff } };
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const CENTURY = 2000;

/** '20260401', '1-Apr-26' or '1-Apr-2026'. */
function writtenDay(text: string): Day | null {
  const [, year, month, date] = /^(\d{4})(\d\d)(\d\d)$/.exec(text) ?? [];
  if (year !== undefined) return dayOf(Number(year), Number(month), Number(date)) ?? null;
  const [, short, name = '', years = ''] = /^(\d{1,2})-([A-Za-z]{3})-(\d{2}|\d{4})$/.exec(text) ?? [];
  const at = MONTHS.indexOf(name.toLowerCase());
  if (short === undefined || at < 0) return null;
  return dayOf(years.length === 2 ? CENTURY + Number(years) : Number(years), at + 1, Number(short)) ?? null;
}

/** The same ledgers twice, once picked by their group: some Tallys then leave the opening bills out. */
async function askOpeningBills(asking: Asking): Promise<Told | FailedTally> {
  const { asOf } = asking.wish;
  const text = requestText({ kind: 'ledgers', company: asking.on.company, asOf });
  const ofGroup = '<CHILDOF>$$GroupSundryDebtors</CHILDOF><BELONGSTO>Yes</BELONGSTO><FETCH>';
  const all = await put(asking, text);
  if (!all.ok) return all;
  const picked = await put(asking, changed(text, '<FETCH>', ofGroup));
  if (!picked.ok) return picked;
  const [before, after] = [openingBillsOf(all.text), openingBillsOf(picked.text)];
  let [expected, found, unlike] = [0, 0, 0];
  for (const [guid, count] of after) {
    const was = before.get(guid) ?? 0;
    [expected, found, unlike] = [expected + was, found + count, unlike + Number(was !== count)];
  }
  const answer = expected === 0 ? 'unclear' : unlike === 0 ? 'yes' : 'no';
  const ledgers = after.size;
  return { answer, evidence: { ledgers, expected, found, milliseconds: picked.milliseconds } };
}

/** One day both ways: where the cheap fetch loses the kinds, only the dear one may be used. */
async function askBillTypes(asking: Asking): Promise<Told | FailedTally> {
  const { voucherDay } = asking.wish;
  if (voucherDay === null) return notAsked('there is no voucher');
  const period = { from: voucherDay, to: voucherDay };
  const textOf = (shape: 'every-field' | 'allocations'): string =>
    requestText({ kind: 'vouchers', company: asking.on.company, period, shape });
  const dear = await put(asking, textOf('every-field'));
  if (!dear.ok) return dear;
  const cheap = await put(asking, textOf('allocations'));
  if (!cheap.ok) return cheap;
  const [full, slim] = [countsText(dear.text), countsText(cheap.text)];
  return {
    answer: full === '' ? 'unclear' : full === slim ? 'yes' : 'no',
    evidence: {
      vouchers: rowsOf(dear.text, 'VOUCHER'),
      full,
      slim,
      fullBytes: dear.byteCount,
      slimBytes: cheap.byteCount,
      fullMilliseconds: dear.milliseconds,
      slimMilliseconds: cheap.milliseconds,
    },
  };
}

const KNOWN_TYPES: readonly string[] = ['New Ref', 'Agst Ref', 'Advance', 'On Account'];

/** Counts by kind in a fixed order; a word that is none of Tally's own is not repeated. */
function countsText(text: string): string {
  const counts = billTypesOf(text);
  const known = KNOWN_TYPES.map((kind) => [kind, counts.get(kind) ?? 0] as const);
  const other = [...counts]
    .filter(([kind]) => !KNOWN_TYPES.includes(kind))
    .reduce((sum, [, count]) => sum + count, 0);
  return [...known, ['other', other] as const]
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${kind} ${count}`)
    .join(' + ');
}

async function askUnknownReport(asking: Asking): Promise<Told | FailedTally> {
  const { on, wish } = asking;
  const period = { from: wish.asOf, to: wish.asOf };
  const known = requestText({ kind: 'bills-report', company: on.company, side: 'receivable', period });
  const reply = await put(asking, changed(known, '<ID>Bills Receivable</ID>', '<ID>Ar No Such Report</ID>'));
  if (!reply.ok) return reply;
  const shape = /<LINEERROR>/.test(reply.text)
    ? 'LINEERROR'
    : /<RESPONSE>/.test(reply.text)
      ? 'RESPONSE'
      : 'neither';
  return { answer: shape === 'neither' ? 'no' : 'yes', evidence: { shape, bytes: reply.byteCount } };
}
