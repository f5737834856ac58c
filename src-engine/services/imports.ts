import type { DryRun, ImportBatch } from '#contract/engine/imports.ts';
import { refusalField } from '#contract/fields.ts';
import { paise } from '#domain/money.ts';
import { batchRows, noteRows, type BatchRow } from '../storage/imports.ts';
import { bookDoor, refused } from './door.ts';
import { nothingToTake, writeBatch } from './imports/commit.ts';
import { draftOf, dropDraft, sheetOf } from './imports/drafts.ts';
import { dryRunOf } from './imports/dry-run.ts';
import { planOf } from './imports/plan.ts';
import { readSource, understoodOf } from './imports/read.ts';
import { revertBatch } from './imports/revert.ts';

const read = bookDoor.imports.read.handler(async function* ({ context, input, signal }) {
  const draft = yield* readSource(context, input, signal);
  yield { done: draft.byteCount, of: draft.byteCount, draft };
});

const understand = bookDoor.imports.understand.handler(({ context, input }) => {
  const { draftId, sheet, headerRow } = input;
  const draft = draftOf(draftId, context.bookId);
  sheetOf(draft, sheet);
  return understoodOf(context, draft, { sheet, headerRow });
});

const preview = bookDoor.imports.preview.handler(async ({ context, input, signal }): Promise<DryRun> => {
  const draft = draftOf(input.draftId, context.bookId);
  const steps = planOf(context, { draft, map: input.map, signal });
  for (;;) {
    const step = await steps.next();
    if (step.done === true) return dryRunOf(step.value, context.book.baseCurrency);
  }
});

const commit = bookDoor.imports.commit.handler(async function* ({ context, input, signal }) {
  const draft = draftOf(input.draftId, context.bookId);
  const of = sheetOf(draft, input.map.sheet).rows.length;
  yield { phase: 'checking' as const, done: 0, of };
  const steps = planOf(context, { draft, map: input.map, signal });
  let step = await steps.next();
  for (; step.done !== true; step = await steps.next()) {
    yield { phase: 'checking' as const, done: Math.min(step.value, of), of };
  }
  if (step.value.plan.documents.length === 0) throw refused(nothingToTake(step.value));
  yield { phase: 'writing' as const, done: 0, of };
  // The last moment to stop: from here on it is one transaction, all of it or nothing.
  signal?.throwIfAborted();
  const batch = writeBatch(context, draft, step.value);
  dropDraft(draft.draftId);
  context.changed('customers', 'bills', 'receipts', 'credits', 'imports', 'aging', 'books');
  context.log('import.done', { taken: batch.takenRowCount, refused: batch.refusedRowCount, batch: batch.id });
  yield { phase: 'done' as const, done: of, of, batch: showBatch(batch) };
});

function showBatch(row: BatchRow): ImportBatch {
  const { id, fileSha256: _sha, mapJson: _map, ...shown } = row;
  return {
    ...shown,
    batchId: id,
    billPaise: paise(row.billPaise),
    receiptPaise: paise(row.receiptPaise),
    creditPaise: paise(row.creditPaise),
    openPaise: paise(row.openPaise),
  };
}

const discard = bookDoor.imports.discard.handler(({ input }) => {
  dropDraft(input.draftId);
  return {};
});

const list = bookDoor.imports.list.handler(({ context: { db } }) => db.read(batchRows).map(showBatch));

const notes = bookDoor.imports.notes.handler(({ context: { db }, input }) =>
  db
    .read((tx) => noteRows(tx, input.batchId))
    .map(({ row, outcome, reasonJson, excerpt }) => ({
      row,
      outcome,
      reason: refusalField.nullable().parse(JSON.parse(reasonJson)),
      excerpt,
    })),
);

const revert = bookDoor.imports.revert.handler(({ context, input }) =>
  showBatch(revertBatch(context, input.batchId)),
);

export const imports = { read, understand, preview, commit, discard, list, notes, revert };
