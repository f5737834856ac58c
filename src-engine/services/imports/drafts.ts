import { refuse } from '#domain/result.ts';
import type { FileContent } from '../../adapters/ports.ts';
import { refused } from '../door.ts';
import type { Planned } from './plan.ts';

/** A dry run that still holds: the same map, the same book as it was, the same day. */
export type KeptPlan = { readonly madeFor: string; readonly planned: Planned };

export type Draft = {
  readonly draftId: string;
  readonly bookId: string;
  readonly file: FileContent;
  kept: KeptPlan | null;
};

// Drafts hold a whole file in memory; the oldest makes room for the next.
const DRAFTS_MOST = 3;
const drafts = new Map<string, Draft>();

export function keepDraft(draft: Draft): void {
  drafts.set(draft.draftId, draft);
  for (const draftId of drafts.keys()) {
    if (drafts.size <= DRAFTS_MOST) break;
    drafts.delete(draftId);
  }
}

/** The draft of the open book; one of another book is refused, so that nothing lands in the wrong company. */
export function draftOf(draftId: string, bookId: string): Draft {
  const draft = drafts.get(draftId);
  if (!draft) {
    throw refused(refuse('draft-gone', 'This file was put away. Choose it again to go on.').refusal);
  }
  if (draft.bookId !== bookId) {
    const sentence = 'This file was opened for another book. Choose it again to import it here.';
    throw refused(refuse('draft-other-book', sentence).refusal);
  }
  return draft;
}

export function dropDraft(draftId: string): void {
  drafts.delete(draftId);
}

/** The sheet of a draft, or a refusal that says how many there are. */
export function sheetOf(draft: Draft, at: number): FileContent['sheets'][number] {
  const sheet = draft.file.sheets[at];
  if (sheet) return sheet;
  const sentence = `The file has ${draft.file.sheets.length} sheets; there is no sheet ${at + 1}.`;
  throw refused(refuse('no-sheet', sentence, { field: 'sheet', values: { sheet: at + 1 } }).refusal);
}
