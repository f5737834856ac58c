/** How a reply ended. Nothing that was read from it may be kept unless `isWhole` and nothing was unread. */
export type ReplyEnd = {
  /** The root element was closed and nothing but white space followed. */
  readonly isWhole: boolean;
  /** Name of the root element, to tell a Tally from another server; null where there was none. */
  readonly root: string | null;
  /** HEADER/STATUS; null where the reply has none, as reports have not. */
  readonly status: number | null;
  readonly lineError: string | null;
  /** The text of a bare <RESPONSE>, as Tally answers what it does not understand. */
  readonly response: string | null;
  /** The root was there and held nothing at all: <ENVELOPE></ENVELOPE>. */
  readonly isBare: boolean;
  /** Rows of the kind that was asked for, counted under DATA/COLLECTION (or BILLFIXED of a report) only. */
  readonly rowCount: number;
  /** Rows, of the row count, that were not handed on because a value of theirs cannot be read for certain. */
  readonly unreadCount: number;
  /** The first of them: which value of which tag. It may hold a name: not for logs. */
  readonly firstUnread: string | null;
  readonly byteCount: number;
};

/**
 * Takes a reply in pieces as they come from the socket, whatever their size and encoding, and hands on each row as soon
 * as it is complete. Throws HostileReplyError on a DOCTYPE or ENTITY, and never holds more than one row.
 */
export type ReplyReader = {
  readonly push: (chunk: Uint8Array) => void;
  readonly end: () => ReplyEnd;
};

export class HostileReplyError extends Error {}
