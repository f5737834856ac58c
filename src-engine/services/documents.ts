import type { Voidness } from '#domain/documents.ts';
import { refuse, type Result } from '#domain/result.ts';
import { customerById, type CustomerFacts } from '../storage/customers.ts';
import type { ReadTx, WriteTx } from '../storage/database.ts';
import { insertEdits, type EditOf, type FieldChange } from '../storage/edits.ts';
import { TALLY_SOURCE } from '../storage/tally-customers.ts';
import { refused } from './door.ts';

// What the services of bills, receipts and credits do alike.

/** The value of a rule; its refusal is thrown, so that nothing of the transaction stays. */
export function accepted<T>(result: Result<T>): T {
  if (!result.ok) throw refused(result.refusal);
  return result.value;
}

/** What Tally says of a document is changed there: here the next sync would only bring it back. */
export function changedHere<T extends Voidness & { readonly source: string }>(
  document: Result<T>,
): Result<T> {
  if (!document.ok || document.value.source !== TALLY_SOURCE) return document;
  return comesFromTally();
}

export function comesFromTally(): ReturnType<typeof refuse> {
  return refuse('comes-from-tally', 'This comes from Tally. Change it there; Baaki follows within minutes.');
}

export function customerOf(tx: ReadTx, customerId: number): CustomerFacts {
  const customer = customerById(tx, customerId);
  return accepted(
    customer
      ? { ok: true, value: customer }
      : refuse('customer-gone', 'This customer is no longer in the book.'),
  );
}

type Edited = Omit<EditOf, 'importBatchId'>;

/** What a document said before it was changed by hand. One that went to another customer is told of with both. */
export function keepOldValues(
  tx: WriteTx,
  of: Edited,
  { changes, customerId }: { readonly changes: readonly FieldChange[]; readonly customerId: number },
): void {
  insertEdits(tx, { ...of, importBatchId: null }, changes);
  if (customerId === of.customerId) return;
  const moved = changes.filter(({ field }) => field === 'customerId');
  insertEdits(tx, { ...of, customerId, importBatchId: null }, moved);
}

/** Voiding and restoring, told of in the customer's timeline. */
export function keepVoidReason(
  tx: WriteTx,
  of: Edited,
  reason: { readonly before: string | null; readonly after: string | null },
): void {
  insertEdits(tx, { ...of, importBatchId: null }, [{ field: 'voidReason', ...reason }]);
}

/** Origin of what a person enters. */
export function byHand(context: { readonly newId: () => string; readonly now: () => number }) {
  return { source: 'manual', sourceKey: context.newId(), importBatchId: null, createdAt: context.now() };
}
