import type { ImportMap } from '#contract/engine/imports.ts';
import { planImport, planInSteps, vanishedBills, type ImportPlan } from '#domain/import-plan.ts';
import { readInSteps, type ReadRows } from '#domain/imports/documents.ts';
import { headerLabels } from '#domain/imports/header-row.ts';
import { fingerprintOf, kindOfList, layoutOf, type LayoutName } from '#domain/imports/layouts.ts';
import { suggestSame, type Suggestion } from '#domain/imports/same-customer.ts';
import { refuse } from '#domain/result.ts';
import type { ReadTx } from '../../storage/database.ts';
import { openBillsOfKind, type OpenBillOfKind } from '../../storage/known-documents.ts';
import { refused, type BookContext } from '../door.ts';
import { sheetOf, type Draft } from './drafts.ts';
import { factsOf, FILE_SOURCE, knownFacts, type BookFacts } from './known.ts';
import { inSteps } from './progress.ts';

/** What a file would do to the book as it is now. */
export type Planned = {
  readonly map: ImportMap;
  readonly layout: LayoutName;
  /** What kind of list it is; see kindOfList. */
  readonly kind: string;
  readonly fingerprint: string;
  readonly rows: ReadRows;
  readonly plan: ImportPlan;
  readonly vanished: readonly OpenBillOfKind[];
  readonly suggestions: readonly Suggestion[];
};

export type PlanWish = {
  readonly draft: Draft;
  readonly map: ImportMap;
  readonly signal: AbortSignal | undefined;
};

/** Of the rows of the sheet: reading is the first half of the work, holding them against the book the second. */
const HALF = 0.5;

/**
 * Reads the rows by the map and holds them against the book, with rests; nothing is written. A plan made before is taken
 * again while the map, the book and the day are what they were. Yields the rows done.
 */
export async function* planOf(context: BookContext, wish: PlanWish): AsyncGenerator<number, Planned, void> {
  const { draft, map, signal } = wish;
  const madeFor = stampOf(context, map);
  if (draft.kept?.madeFor === madeFor) return draft.kept.planned;
  const { baseCurrency } = context.book;
  const sheet = sheetOf(draft, map.sheet);
  const book = { baseCurrency, today: context.today };
  const reading = inSteps(readInSteps(sheet, map, book), signal);
  let rows: ReadRows | undefined;
  for (;;) {
    const step = await reading.next();
    if (step.done === true) {
      rows = step.value;
      break;
    }
    yield Math.floor(step.value * HALF);
  }
  const facts = factsFor(context, map);
  const planning = inSteps(planInSteps(rows.documents, facts.known, baseCurrency), signal);
  const share = rows.documents.length === 0 ? 0 : (sheet.rows.length / rows.documents.length) * HALF;
  for (;;) {
    const step = await planning.next();
    if (step.done === true) {
      // Somebody wrote into the book while this one rested: what was looked up before may no longer hold.
      const isStill = stampOf(context, map) === madeFor;
      const planned = finishPlan(context, { draft, map, rows, facts, plan: isStill ? step.value : null });
      draft.kept = { madeFor: stampOf(context, map), planned };
      return planned;
    }
    yield Math.floor(sheet.rows.length * HALF + step.value * share);
  }
}

/** The plan anew, at one go: for a book that has changed since. */
export function planAgain(context: BookContext, draft: Draft, planned: Planned): Planned {
  const { map, rows } = planned;
  return finishPlan(context, { draft, map, rows, facts: factsFor(context, map), plan: null });
}

/** Whether a plan still holds for the book as it is. */
export function stillHolds(context: BookContext, draft: Draft, planned: Planned): boolean {
  return draft.kept?.planned === planned && draft.kept.madeFor === stampOf(context, planned.map);
}

function stampOf({ db, today }: BookContext, map: ImportMap): string {
  return JSON.stringify([db.version(), today, map]);
}

function factsFor(context: BookContext, map: ImportMap): BookFacts {
  return context.db.read((tx) => {
    const facts = knownFacts(tx, map.sameCustomers);
    checkSame(facts, map);
    return facts;
  });
}

/** A customer whom the user names must be there. */
function checkSame({ customers }: BookFacts, { sameCustomers }: ImportMap): void {
  const wanted = Object.values(sameCustomers);
  if (wanted.length === 0) return;
  const ids = new Set(customers.map(({ customerId }) => customerId));
  const missing = wanted.find((customerId) => !ids.has(customerId));
  if (missing === undefined) return;
  const sentence = `There is no customer ${missing} in this book.`;
  const more = { field: 'sameCustomers', values: { customerId: missing } };
  throw refused(refuse('no-customer', sentence, more).refusal);
}

type Finish = {
  readonly draft: Draft;
  readonly map: ImportMap;
  readonly rows: ReadRows;
  readonly facts: BookFacts;
  /** Null: not made yet, or no longer right. */
  readonly plan: ImportPlan | null;
};

function finishPlan(context: BookContext, { draft, map, rows, facts, plan }: Finish): Planned {
  const { baseCurrency } = context.book;
  const labels = headerLabels(sheetOf(draft, map.sheet), map.headerRow);
  const layout = layoutOf(labels).name;
  const kind = kindOfList(layout, labels);
  return context.db.read((tx) => {
    const made = plan ?? planImport(rows.documents, knownFacts(tx, map.sameCustomers).known, baseCurrency);
    return {
      map,
      layout,
      kind,
      fingerprint: fingerprintOf(labels),
      rows,
      plan: made,
      vanished: vanishedOf(tx, kind, { rows, plan: made }),
      suggestions: suggestionsOf(made, facts),
    };
  });
}

function vanishedOf(
  tx: ReadTx,
  kind: string,
  { rows, plan }: Pick<Planned, 'rows' | 'plan'>,
): readonly OpenBillOfKind[] {
  const open = openBillsOfKind(tx, { source: FILE_SOURCE, kind });
  return vanishedBills(open, plan.billIds, rows.refusedNumbers);
}

function suggestionsOf(plan: ImportPlan, { customers }: BookFacts): readonly Suggestion[] {
  const newcomers = plan.customers.filter((one) => one.customerId === null).map(({ facts }) => facts);
  const book = customers.map((row) => ({ ...factsOf(row), customerId: row.customerId }));
  return suggestSame(newcomers, book);
}
