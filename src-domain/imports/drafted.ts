import type { ImportedDocument } from './imported.ts';
import type { Draft } from './rows.ts';

/** The document that a draft becomes. */
export function documentOf(draft: Draft, sourceKey: string): ImportedDocument {
  const { row, customer, kind, number, narration, days, amounts, money, paid } = draft;
  return {
    row,
    customerKey: customer.key,
    customer: customer.facts,
    kind,
    number,
    narration,
    day: days.day,
    dueDay: amounts.measureMinor > 0 ? days.dueDay : null,
    amountPaise: money.amountPaise,
    currency: money.currency,
    foreignMinor: money.foreignMinor,
    rateE6: money.rateE6,
    sourceKey,
    paid,
  };
}

/** What a document comes to in the minor unit of its own currency. */
export function minorOf({ foreignMinor, amountPaise }: ImportedDocument): number {
  return foreignMinor ?? amountPaise;
}
