import type Database from 'better-sqlite3';
import { e164Of } from '../../transport/phones.ts';
import type { InboundMessage } from '../message-ports.ts';

type Row = {
  readonly id: number;
  readonly sender: string;
  readonly text: string;
  readonly udh: string;
  readonly at: number;
};

type Read = { readonly messages: readonly InboundMessage[]; readonly cursor: string };

/**
 * What came since the row of the cursor. Parts of a long message are joined; one whose parts are not all there waits, and
 * the cursor with it.
 */
export function readInbox(db: Database.Database, cursor: string | null): Read {
  const after = cursor === null ? newestBefore(db) : Number(cursor);
  const rows = db
    .prepare<[number], Row>(
      `select ID as id, SenderNumber as sender, TextDecoded as text, UDH as udh,
              cast(strftime('%s', ReceivingDateTime, 'utc') as integer) * 1000 as at
         from inbox where ID > ? order by ID`,
    )
    .all(after);
  const messages: InboundMessage[] = [];
  const waiting = new Map<string, Row[]>();
  for (const row of rows) {
    const header = /^050003(\w\w)(\w\w)(\w\w)$/i.exec(row.udh);
    if (!header) {
      messages.push(inboundOf(row, row.text));
      continue;
    }
    const key = `${row.sender}|${header[1] ?? ''}|${header[2] ?? ''}`;
    const parts = [...(waiting.get(key) ?? []), row];
    waiting.set(key, parts);
    if (parts.length < Number.parseInt(header[2] ?? '', 16)) continue;
    waiting.delete(key);
    const inOrder = parts.toSorted((a, b) => (a.udh < b.udh ? -1 : 1));
    messages.push(inboundOf(row, inOrder.map(({ text }) => text).join('')));
  }
  const oldestWaiting = Math.min(...[...waiting.values()].flat().map(({ id }) => id - 1));
  const newest = Math.max(after, ...rows.map(({ id }) => id));
  return { messages, cursor: String(Math.min(newest, oldestWaiting)) };
}

/** The first look takes what came in the last day. */
function newestBefore(db: Database.Database): number {
  const sql =
    "select coalesce(max(ID), 0) as id from inbox where ReceivingDateTime < datetime('now', 'localtime', '-1 day')";
  return db.prepare<[], { id: number }>(sql).get()?.id ?? 0;
}

function inboundOf(row: Row, text: string): InboundMessage {
  return {
    externalId: `inbox-${row.id}`,
    kind: 'reply',
    from: e164Of(row.sender),
    at: row.at,
    subject: null,
    text,
    about: { uid: null, providerId: null, messageIds: [] },
    attachments: [],
    news: null,
  };
}
