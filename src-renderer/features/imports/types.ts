import type { DryRun } from '#contract/engine/imports.ts';

export type {
  DryRun,
  ImportBatch,
  ImportDraft,
  ImportMap,
  RowNote,
  Understood,
} from '#contract/engine/imports.ts';

export type CurrencyTotal = DryRun['currencies'][number];
export type Sample = DryRun['samples'][number];

/** What the engine says while it takes an import over. */
export type Progress = {
  readonly phase: 'checking' | 'writing' | 'done';
  readonly done: number;
  readonly of: number;
};
export type { ImportField } from '#contract/engine/import-fields.ts';
