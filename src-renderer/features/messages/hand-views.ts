import type { MessageRow } from '#contract/engine/messages.ts';
import type { MessageView } from './message-views.ts';

export const handViews = ['to-hand', 'to-call', 'to-print'] as const satisfies readonly MessageView[];
export type HandView = (typeof handViews)[number];

/**
 * Which message is worked on: the chosen one, and once it is done the one that moved up into its place, so that a queue
 * is worked through without going back to the list.
 */
export function workedOn(
  rows: readonly MessageRow[],
  chosen: { readonly messageId: number; readonly at: number } | undefined,
): MessageRow | undefined {
  if (!chosen) return rows[0];
  return (
    rows.find(({ messageId }) => messageId === chosen.messageId) ?? rows[Math.min(chosen.at, rows.length - 1)]
  );
}
