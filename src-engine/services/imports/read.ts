import { importMapShape, type ImportDraft, type Understood } from '#contract/engine/imports.ts';
import type { SavedMap } from '#domain/imports/saved-map.ts';
import { understandSheet } from '#domain/imports/understand.ts';
import { savedMapJson } from '../../storage/import-maps.ts';
import type { ReadFile } from '../../adapters/ports.ts';
import { failed, type BookContext } from '../door.ts';
import { keepDraft, type Draft } from './drafts.ts';
import { withProgress, type Progress } from './progress.ts';

type Source = { readonly path: string } | { readonly pastedText: string };

/** Reads a file or pasted cells into a draft, telling the bytes read. */
export async function* readSource(
  context: BookContext,
  source: Source,
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, ImportDraft, void> {
  const file = yield* contentOf(context, source, signal);
  if (!file.ok) throw failed(file.failure);
  const draft: Draft = { draftId: context.newId(), bookId: context.bookId, file: file.value, kept: null };
  const understood = understoodOf(context, draft, { sheet: null, headerRow: null });
  signal?.throwIfAborted();
  keepDraft(draft);
  const { fileName, byteCount, sheets } = file.value;
  return {
    draftId: draft.draftId,
    fileName,
    byteCount,
    sheets: sheets.map(({ name, rows }, index) => {
      const columnCount = rows.reduce((most, row) => Math.max(most, row.length), 0);
      return { index, name, rowCount: rows.length, columnCount };
    }),
    understood,
  };
}

async function* contentOf(
  { workbooks }: BookContext,
  source: Source,
  signal: AbortSignal | undefined,
): AsyncGenerator<Progress, ReadFile, void> {
  if (!('path' in source)) return workbooks.readPasted(source.pastedText);
  return yield* withProgress((tell) =>
    workbooks.read(source.path, { signal, onProgress: (done, of) => tell({ done, of }) }),
  );
}

/** What a sheet says, read as the user last read a list with these headings. */
export function understoodOf(
  context: BookContext,
  draft: Draft,
  wish: { readonly sheet: number | null; readonly headerRow: number | null },
): Understood {
  const { baseCurrency } = context.book;
  return context.db.read((tx) =>
    understandSheet(draft.file.sheets, {
      ...wish,
      baseCurrency,
      savedFor: (fingerprint) => savedMap(savedMapJson(tx, fingerprint)),
    }),
  );
}

const savedShape = importMapShape.pick({
  columns: true,
  dateOrder: true,
  creditDays: true,
  currency: true,
  takeDrafts: true,
  customerFrom: true,
  isCompleteList: true,
});

/** A map of another version that says what this one does not know is no help and is left aside. */
function savedMap(json: string | undefined): SavedMap | null {
  if (json === undefined) return null;
  const parsed = savedShape.safeParse(JSON.parse(json));
  return parsed.success ? parsed.data : null;
}
