import type { Candidate } from '#contract/engine/registry.ts';
import { DEFAULT_VIEW } from '#domain/aging.ts';
import { figuresAt, openDocuments, sumsByCustomer } from '#domain/aging-columns.ts';
import { daysBetween, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { publishBarsOf, type PublishBar } from '#domain/registry/publish.ts';
import { standingsOf, type Standing } from '#domain/registry/statements.ts';
import {
  canonicalIdentifier,
  entityOfPan,
  identifiersOf,
  type Identifier,
} from '#domain/registry/subjects.ts';
import { ledgerOf } from '../../storage/ledger.ts';
import type { ReadTx } from '../../storage/database.ts';
import { billsOfDebtors, type BillOfDebtor } from '../../storage/registry-candidates.ts';
import type { BookContext } from '../door.ts';
import { columnsNow } from '../ledger.ts';

/** A bill, how it stands, and whom it is due from: what every step of publishing looks at. */
export type Weighed = {
  readonly bill: BillOfDebtor;
  readonly standing: Standing;
  readonly identifiers: readonly Identifier[];
  readonly entity: Candidate['entity'];
  readonly bars: readonly PublishBar[];
};

type Asked = {
  readonly billIds: readonly number[];
  readonly asOf: Day;
  /** Money of a customer that is not matched to bills, in paise, by customer. */
  readonly unmatched: ReadonlyMap<number, number>;
};

/** Weighs bills one by one; inside a transaction of whoever asks. Void bills are left out. */
export function weigh(tx: ReadTx, { billIds, asOf, unmatched }: Asked): readonly Weighed[] {
  const standings = standingsOf(ledgerOf(tx, { billIds, receiptIds: [], creditIds: [] }), asOf);
  return billsOfDebtors(tx, { billIds, asOf }).flatMap((bill) => {
    const standing = standings.get(bill.billId);
    return standing === undefined ? [] : [weighed(bill, standing, { asOf, unmatched })];
  });
}

function weighed(
  bill: BillOfDebtor,
  standing: Standing,
  { asOf, unmatched }: Pick<Asked, 'asOf' | 'unmatched'>,
): Weighed {
  const identifiers = identifiersOf({
    pan: oneForm('pan', bill.pan),
    gstin: oneForm('gstin', bill.gstin),
    mobile: bill.phone,
  });
  const entity = entityOfPan(identifiers.find(({ kind }) => kind === 'pan')?.value ?? null);
  const bars = publishBarsOf(
    {
      ...standing,
      entity,
      hasIdentifier: identifiers.length > 0,
      hasContact: identifiers.some(({ kind }) => kind === 'mobile') || bill.email !== null,
      evidence: bill.grade,
      isDisputed: bill.isDisputed === 1,
      hasPublicationConsent: bill.consentId !== null,
      isDoNotPublish: bill.doNotPublish !== null,
      unmatchedPaise: unmatched.get(bill.customerId) ?? 0,
      isPublished: bill.isPublished === 1,
    },
    asOf,
  );
  return { bill, standing, identifiers, entity, bars };
}

/** The one right form, or null: a number with a slip of the pen is nobody's. */
function oneForm(kind: Identifier['kind'], value: string | null): string | null {
  const checked = value === null ? null : canonicalIdentifier({ kind, value });
  return checked?.ok ? checked.value.value : null;
}

/** Money of each customer that waits to be matched: it may have paid what is about to be published. */
export function unmatchedNow({ db, today }: Pick<BookContext, 'db' | 'today'>): ReadonlyMap<number, number> {
  const columns = columnsNow(db, today);
  const sums = sumsByCustomer(columns, { asOf: today, today, view: DEFAULT_VIEW });
  return new Map(
    columns.customers.ids.flatMap((customerId, place) => {
      const waiting = Math.abs(figuresAt(sums, place).unallocatedPaise);
      return waiting === 0 ? [] : [[customerId, waiting] as const];
    }),
  );
}

type Wish = { readonly customerId?: number | undefined; readonly which: 'ready' | 'barred' | 'all' };
type Candidates = { candidates: Candidate[]; readyCount: number; barredCount: number };

/** Everything overdue that is not published; largest open amount first. */
export function candidatesNow(context: BookContext, { customerId, which }: Wish): Candidates {
  const { db, today } = context;
  const columns = columnsNow(db, today);
  const own = customerId === undefined ? undefined : (columns.customers.at.get(customerId) ?? -1);
  const { bills } = openDocuments(columns, today, {
    isOfCustomer: (place) => own === undefined || place === own,
    isOfAge: (daysLate) => daysLate > 0,
    withMoneyIn: false,
  });
  const unmatched = unmatchedNow(context);
  const all = db
    .read((tx) => weigh(tx, { billIds: [...bills], asOf: today, unmatched }))
    .filter(({ bill, standing }) => bill.isPublished === 0 && daysBetween(standing.dueDay, today) > 0);
  const ready = all.filter(({ bars }) => bars.length === 0);
  const barred = all.filter(({ bars }) => bars.length > 0);
  const chosen = which === 'all' ? all : which === 'ready' ? ready : barred;
  return {
    candidates: chosen
      .map((one) => shown(one, today))
      .toSorted((a, b) => b.openPaise - a.openPaise || a.billId - b.billId),
    readyCount: ready.length,
    barredCount: barred.length,
  };
}

function shown({ bill, standing, entity, bars }: Weighed, today: Day): Candidate {
  const { billId, number, customerId, customerName, grade, doNotPublish } = bill;
  const { invoiceDay, dueDay, amountPaise, openPaise } = standing;
  return {
    billId,
    number,
    customerId,
    customerName,
    billDay: invoiceDay,
    dueDay,
    daysLate: daysBetween(dueDay, today),
    amountPaise: paise(amountPaise),
    openPaise: paise(openPaise),
    entity,
    evidence: grade,
    bars: [...bars],
    doNotPublish,
    isCorrected: bill.isCorrected === 1,
  };
}
