import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DryRun, ImportBatch, ImportDraft, ImportMap } from '#contract/engine/imports.ts';
import type { TempEngine } from './temp-engine.ts';

// Files are read, looked at and imported through the contract, as the window and the command line do it.

type Source = { readonly path: string } | { readonly pastedText: string };
type Change = Partial<ImportMap>;

export function fileIn(engine: TempEngine, lines: readonly string[], name = 'list.csv'): string {
  const file = path.join(engine.dataFolder, name);
  writeFileSync(file, lines.join('\r\n'));
  return file;
}

export async function readDraft(engine: TempEngine, source: Source): Promise<ImportDraft> {
  let draft: ImportDraft | undefined;
  for await (const event of await engine.client.imports.read(source)) draft = event.draft ?? draft;
  if (!draft) throw new Error('The reading ended without a draft.');
  return draft;
}

export type Looked = { readonly draft: ImportDraft; readonly map: ImportMap; readonly preview: DryRun };

export async function dryRun(engine: TempEngine, file: string, change: Change = {}): Promise<Looked> {
  const draft = await readDraft(engine, { path: file });
  const map = { ...draft.understood.map, ...change };
  const preview = await engine.client.imports.preview({ draftId: draft.draftId, map });
  return { draft, map, preview };
}

export async function commitDraft(
  engine: TempEngine,
  { draftId }: ImportDraft,
  map: ImportMap,
): Promise<ImportBatch> {
  let batch: ImportBatch | undefined;
  for await (const event of await engine.client.imports.commit({ draftId, map }))
    batch = event.batch ?? batch;
  if (!batch) throw new Error('The import ended without a batch.');
  return batch;
}

export async function importFile(
  engine: TempEngine,
  file: string,
  change: Change = {},
): Promise<ImportBatch> {
  const draft = await readDraft(engine, { path: file });
  return commitDraft(engine, draft, { ...draft.understood.map, ...change });
}

/** The lines imported as pasted cells: in this process, for tests of many imports. No cell may hold a comma. */
export async function importLines(
  engine: TempEngine,
  lines: readonly string[],
  change: Change = {},
): Promise<ImportBatch> {
  const draft = await readDraft(engine, { pastedText: lines.join('\n').replaceAll(',', '\t') });
  return commitDraft(engine, draft, { ...draft.understood.map, ...change });
}
