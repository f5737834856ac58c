import type { FailedTally } from '../ports.ts';
import { refusedBy, truncated } from './diagnose.ts';
import type { ReplyEnd } from './reply.ts';

// HTTP says 200 whatever happens, so a reply is judged by how it ended. Null means that it may be believed.

/** A collection states that it worked, ends with its root, and brings as many rows as were counted beforehand. */
export function collectionFailure(end: ReplyEnd, expected?: number): FailedTally | null {
  const refusal = refusalOf(end);
  if (refusal) return refusal;
  if (!end.isWhole) return truncated(end.rowCount, expected);
  if (end.unreadCount > 0) return unread(end);
  if (end.status !== 1) return refusedBy(end.isBare ? 'an empty reply' : 'a reply of another kind');
  return expected !== undefined && end.rowCount !== expected ? truncated(end.rowCount, expected) : null;
}

/** A report states nothing: it has rows, or it is bare. Anything else is no report. */
export function reportFailure(end: ReplyEnd): FailedTally | null {
  const refusal = refusalOf(end);
  if (refusal) return refusal;
  if (!end.isWhole) return truncated(end.rowCount);
  if (end.unreadCount > 0) return unread(end);
  return end.rowCount === 0 && !end.isBare ? refusedBy('a reply of another kind') : null;
}

/** One row that is left out makes every total wrong, so none of the others is believed either. */
function unread({ unreadCount, firstUnread }: ReplyEnd): FailedTally {
  return refusedBy(
    `${unreadCount} of its rows hold a value that cannot be read (${firstUnread ?? 'unknown'})`,
  );
}

function refusalOf(end: ReplyEnd): FailedTally | null {
  if (end.response !== null) return refusedBy(end.response);
  if (end.lineError !== null) return refusedBy(end.lineError);
  return end.status === 0 ? refusedBy('no reason given') : null;
}
