import { refuse } from '#domain/result.ts';
import type { FileContent } from '../../adapters/ports.ts';
import { refused } from '../door.ts';

export type Draft = { readonly draftId: string; readonly bookId: string; readonly file: FileContent };

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
