import { ok, refuse, type Result } from './result.ts';

/** What an import did to the book, and what has happened to its documents since. */
export type BatchTraces = {
  readonly isReverted: boolean;
  /** Documents of earlier imports that it wrote over. */
  readonly changedCount: number;
  /** Of its own documents: written over by a later import. */
  readonly changedLaterCount: number;
  /** Its bills against which something is settled that did not come with it. */
  readonly settledBillCount: number;
  /** Its receipts and credits that are settled by something that did not come with it. */
  readonly spentCount: number;
  /** Documents of later imports that the book knew already, maybe from this one: taking them out would be a loss. */
  readonly repeatedLaterCount: number;
  /** Its documents that were voided since. */
  readonly voidedCount: number;
  /** Its documents that somebody changed by hand or noted something about. */
  readonly editedCount: number;
};

/**
 * May an import be taken back whole? Only while the book can be made exactly what it was without it: what it wrote over
 * is not kept, and what others built on it would fall with it.
 */
export function judgeRevert(traces: BatchTraces): Result<BatchTraces> {
  if (traces.isReverted) return refuse('already-reverted', 'This import is already reverted.');
  return refuseChanged(traces) ?? refuseTouched(traces) ?? ok(traces);
}

type Refused = ReturnType<typeof refuse>;

function refuseChanged({ changedCount: count }: BatchTraces): Refused | null {
  if (count === 0) return null;
  const documents = counted(count, 'document');
  const sentence = `This import changed ${documents} of earlier imports, and what they said before is not kept. Import the earlier file again to set them back.`;
  return refuse('revert-changed', sentence, { values: { count } });
}

function refuseTouched(traces: BatchTraces): Refused | null {
  const { changedLaterCount, repeatedLaterCount, settledBillCount, spentCount, voidedCount } = traces;
  if (changedLaterCount > 0) {
    const sentence = `A later import changed ${counted(changedLaterCount, 'document')} of this one. Correct the file and import it again instead.`;
    return refuse('revert-changed-later', sentence, { values: { count: changedLaterCount } });
  }
  if (repeatedLaterCount > 0) {
    const sentence = `A later import has ${counted(repeatedLaterCount, 'document')} that the book knew already, maybe from this one. Revert the later import first.`;
    return refuse('revert-repeated', sentence, { values: { count: repeatedLaterCount } });
  }
  if (settledBillCount > 0) {
    const sentence = `Money that did not come with this import is settled against ${counted(settledBillCount, 'bill')} of it. Take those settlements back first.`;
    return refuse('revert-settled', sentence, { values: { count: settledBillCount } });
  }
  if (spentCount > 0) {
    const sentence = `Other bills are settled with ${counted(spentCount, 'receipt or credit', 'receipts or credits')} of this import. Take those settlements back first.`;
    return refuse('revert-spent', sentence, { values: { count: spentCount } });
  }
  if (voidedCount === 0) return refuseEdited(traces);
  const sentence = `${counted(voidedCount, 'document')} of this import ${voidedCount === 1 ? 'was' : 'were'} voided since. Correct the file and import it again instead.`;
  return refuse('revert-voided', sentence, { values: { count: voidedCount } });
}

function refuseEdited({ editedCount: count }: BatchTraces): Refused | null {
  if (count === 0) return null;
  const sentence = `${counted(count, 'document')} of this import ${count === 1 ? 'was' : 'were'} changed by hand since, or ${count === 1 ? 'bears' : 'bear'} notes. Correct the file and import it again instead.`;
  return refuse('revert-edited', sentence, { values: { count } });
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
