import type { Day } from '#domain/days.ts';
import { isEduDay } from '#domain/tally/edu-days.ts';
import type { TallyOpenBill, TallyThinLedger } from '#domain/tally/facts.ts';
import type { TallyAnswer, TallyPartyState, TallyPeriod, TallySource, TallyTarget } from '../ports.ts';
import { reportFailure } from './diagnose-reply.ts';
import { educational, refusedBy, wireFailure } from './diagnose.ts';
import {
  billsCollectionReader,
  censusReader,
  countReader,
  groupReader,
  ledgerReader,
  openBillReader,
  plainReader,
  thinLedgerReader,
} from './readers.ts';
import { probeTally } from './probe.ts';
import { canAskFor } from './requests-form.ts';
import type { TallyRequest } from './requests.ts';
import { readVouchers } from './tally-vouchers.ts';
import {
  type Asking,
  costOf,
  guarded,
  openSession,
  readCompanies,
  readRows,
  type Session,
  send,
} from './tally-session.ts';
import { ask, type TallyTimings, usualTimings } from './transport-turn.ts';

/** A Tally over its port: XML in UTF-16, read only, one request at a time, nothing believed that is not complete. */
export function tallySource(timings: Partial<TallyTimings> = {}): TallySource {
  const session = openSession({ ...usualTimings, ...timings });
  return {
    greet: (address, signal) => greet(session, { address, signal, isPatient: false }),
    companies: (address, signal) => readCompanies(session, { address, signal, isPatient: false }),
    groups: (on) => guarded(session, on, () => groups(session, on)),
    thinLedgers: (on, asOf) => asOfDay(session, on, asOf, () => thinLedgers(session, on, asOf)),
    ledgers: (on, wish, take) =>
      asOfDay(session, on, wish.asOf, () =>
        readRows(session, on, {
          request: { kind: 'ledgers', company: on.company, ...wish },
          open: () => ledgerReader(take),
        }),
      ),
    openBills: (on, side, period) =>
      asOfDay(session, on, period.to, () => openBills(session, on, { side, period })),
    party: (on, name, asOf) => asOfDay(session, on, asOf, () => party(session, on, { name, asOf })),
    voucherCounts: (on, period) => guarded(session, on, () => voucherCounts(session, on, period)),
    vouchers: (on, wish, take) =>
      guarded(session, on, (company) => readVouchers(session, on, { wish, company, take })),
    census: (on, wish, take) =>
      guarded(session, on, () =>
        readRows(session, on, {
          request: { kind: 'census', company: on.company, period: wish },
          open: () => censusReader(take),
          expected: wish.expected,
        }),
      ),
    probe: (on, wish) => probeTally({ on, wish, timings: session.timings }),
  };
}

async function greet(session: Session, on: Asking): ReturnType<TallySource['greet']> {
  const { timings } = session;
  const { address, signal } = on;
  const asked = await ask({
    address,
    body: null,
    reader: plainReader(),
    isPatient: false,
    isLight: true,
    signal,
    timings,
  });
  if (!asked.ok) return asked;
  const greeting = asked.end.response?.trim() ?? '';
  if (!/tally/i.test(greeting)) return wireFailure({ kind: 'not-tally' }, address, timings.dialogMs);
  const product = /prime/i.test(greeting) ? 'prime' : /erp\s*9/i.test(greeting) ? 'erp9' : 'unknown';
  return { ok: true, value: { product, greeting }, cost: asked.cost };
}

/** What is read as of a day: an Educational Tally would silently answer for another one. */
function asOfDay<T>(
  session: Session,
  on: TallyTarget,
  asOf: Day,
  read: () => Promise<TallyAnswer<T>>,
): Promise<TallyAnswer<T>> {
  return guarded(session, on, (company) =>
    company.isEducational && !isEduDay(asOf) ? Promise.resolve(educational(asOf)) : read(),
  );
}

async function listed<T>(
  session: Session,
  on: TallyTarget,
  wish: {
    readonly request: TallyRequest;
    readonly open: (take: (row: T) => void) => ReturnType<typeof plainReader>;
  },
): Promise<TallyAnswer<readonly T[]>> {
  const rows: T[] = [];
  const answer = await readRows(session, on, {
    request: wish.request,
    open: () => wish.open((row) => rows.push(row)),
  });
  return answer.ok ? { ...answer, value: rows } : answer;
}

async function groups(session: Session, on: TallyTarget): ReturnType<TallySource['groups']> {
  const answer = await listed(session, on, {
    request: { kind: 'groups', company: on.company },
    open: groupReader,
  });
  return neverEmpty(answer, 'groups');
}

async function thinLedgers(
  session: Session,
  on: TallyTarget,
  asOf: Day,
): Promise<TallyAnswer<readonly TallyThinLedger[]>> {
  const answer = await listed(session, on, {
    request: { kind: 'thin-ledgers', company: on.company, asOf },
    open: thinLedgerReader,
  });
  return neverEmpty(answer, 'ledgers');
}

/** Tally makes groups and two ledgers with every company: a list of none is no list. */
function neverEmpty<T>(answer: TallyAnswer<readonly T[]>, noun: string): TallyAnswer<readonly T[]> {
  return answer.ok && answer.value.length === 0 ? refusedBy(`a company without ${noun}`) : answer;
}

type BillsWish = { readonly side: 'receivable' | 'payable'; readonly period: TallyPeriod };

/** A report without rows says nothing of why it is empty, so Tally's collection of bills has to agree with it. */
async function openBills(
  session: Session,
  on: TallyTarget,
  { side, period }: BillsWish,
): Promise<TallyAnswer<readonly TallyOpenBill[]>> {
  const report = await billsReport(session, on, { side, period });
  if (!report.ok || report.value.length > 0) return report;
  const bills = await listed(session, on, {
    request: { kind: 'bills', company: on.company, asOf: period.to },
    open: billsCollectionReader,
  });
  if (!bills.ok) return bills;
  const isOfSide = side === 'receivable' ? isDebit : isCredit;
  return bills.value.some(isOfSide) ? refusedBy('its report of bills is empty while bills are open') : report;
}

async function billsReport(
  session: Session,
  on: TallyTarget,
  wish: BillsWish,
): Promise<TallyAnswer<readonly TallyOpenBill[]>> {
  const rows: TallyOpenBill[] = [];
  const request: TallyRequest = { kind: 'bills-report', company: on.company, ...wish };
  const asked = await send(
    session,
    on,
    request,
    openBillReader((row) => rows.push(row)),
  );
  if (!asked.ok) return asked;
  return reportFailure(asked.end) ?? { ok: true, value: rows, cost: asked.cost };
}

function isDebit({ balancePaise }: TallyOpenBill): boolean {
  return balancePaise > 0;
}

function isCredit({ balancePaise }: TallyOpenBill): boolean {
  return balancePaise < 0;
}

type PartyWish = { readonly name: string; readonly asOf: Day };

async function party(
  session: Session,
  on: TallyTarget,
  { name, asOf }: PartyWish,
): Promise<TallyAnswer<TallyPartyState>> {
  const of = { company: on.company, party: name, asOf };
  const isAlone = canAskFor(name);
  const bills = await listed(session, on, {
    request: isAlone ? { kind: 'party-bills', ...of } : { kind: 'bills', ...of },
    open: billsCollectionReader,
  });
  if (!bills.ok) return bills;
  const ledgers = await listed(session, on, {
    request: isAlone ? { kind: 'party-ledger', ...of } : { kind: 'thin-ledgers', ...of },
    open: thinLedgerReader,
  });
  if (!ledgers.ok) return ledgers;
  const key = nameKey(name);
  const ledger = ledgers.value.find((one) => nameKey(one.name) === key) ?? null;
  const own = bills.value.filter((bill) => nameKey(bill.party) === key);
  return { ok: true, value: { ledger, bills: own }, cost: costOf(bills.cost, ledgers.cost) };
}

/** Tally's own matching of names: case, spaces and hyphens do not count. */
function nameKey(name: string): string {
  return name.toLowerCase().replace(/[\s-]+/g, '');
}

async function voucherCounts(
  session: Session,
  on: TallyTarget,
  period: TallyPeriod,
): ReturnType<TallySource['voucherCounts']> {
  const counts = new Map<Day, number>();
  let isOutside = false;
  const answer = await readRows(session, on, {
    request: { kind: 'voucher-counts', company: on.company, period },
    open: () =>
      countReader((day, count) => {
        if (day < period.from || day > period.to) isOutside = true;
        counts.set(day, (counts.get(day) ?? 0) + count);
      }),
  });
  if (!answer.ok) return answer;
  return isOutside ? refusedBy('it counted days that were not asked for') : { ...answer, value: counts };
}
