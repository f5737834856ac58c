import { HostileReplyError, type ReplyEnd } from '#engine/adapters/tally/reply.ts';
import { replyReader } from '#engine/adapters/tally/reply-rows.ts';
import type { Found, WantedRow } from '#engine/adapters/tally/shapes.ts';
import { readSlowly } from '../../../builders/slow-tally-reader.ts';

type Read = {
  readonly rows: readonly { readonly row: number; readonly found: Found }[];
  readonly end: Omit<ReplyEnd, 'byteCount' | 'rowCount' | 'unreadCount' | 'firstUnread'>;
};

/** What our reader makes of a reply that comes in pieces; 'hostile' where it refuses it. */
export function readInPieces(
  bytes: Buffer,
  wanted: readonly WantedRow[],
  sizeOf: (at: number) => number,
): Read | 'hostile' {
  const rows: { row: number; found: Found }[] = [];
  const reader = replyReader(
    wanted.map(({ path, shape }, row) => ({
      paths: [path],
      shape,
      isCounted: true,
      take: (found) => void rows.push({ row, found }),
    })),
  );
  try {
    for (let at = 0; at < bytes.length;) {
      const size = Math.max(1, sizeOf(at));
      reader.push(bytes.subarray(at, at + size));
      at += size;
    }
    const { byteCount, rowCount, unreadCount, firstUnread, ...end } = reader.end();
    if (byteCount !== bytes.length || rowCount !== rows.length || unreadCount !== 0 || firstUnread !== null)
      throw new Error(`Counted wrong: ${byteCount} bytes, ${rowCount} rows.`);
    return { rows, end };
  } catch (error) {
    if (error instanceof HostileReplyError) return 'hostile';
    throw error;
  }
}

export function readByOracle(bytes: Buffer, wanted: readonly WantedRow[]): Read | 'hostile' {
  const read = readSlowly(bytes, wanted);
  if (read === null) return 'hostile';
  const { rows, ...end } = read;
  return { rows, end };
}
