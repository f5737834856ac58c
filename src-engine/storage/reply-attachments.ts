import { eq } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { replyAttachments } from './schema-inbox.ts';

export type AttachmentRow = typeof replyAttachments.$inferSelect;
export type AttachmentHead = Omit<AttachmentRow, 'bytes'>;

export function insertAttachment(
  tx: WriteTx,
  attachment: {
    readonly replyId: number;
    readonly fileName: string;
    readonly mime: string;
    readonly bytes: Uint8Array;
  },
): void {
  const { bytes, ...head } = attachment;
  const row = { ...head, byteCount: bytes.byteLength, bytes: Buffer.from(bytes) };
  tx.orm.insert(replyAttachments).values(row).run();
}

export function attachmentById(tx: ReadTx, attachmentId: number): AttachmentRow | undefined {
  return tx.orm.select().from(replyAttachments).where(eq(replyAttachments.id, attachmentId)).get();
}

/** What is attached to each of these replies, without the files themselves. */
export function attachmentHeads(
  tx: ReadTx,
  replyIds: readonly number[],
): ReadonlyMap<number, readonly AttachmentHead[]> {
  const rows = tx.sqlite
    .prepare<[string], AttachmentHead>(
      `select id, reply_id as replyId, file_name as fileName, mime, byte_count as byteCount from reply_attachments
        where reply_id in (select value from json_each(?)) order by id`,
    )
    .all(JSON.stringify(replyIds));
  return Map.groupBy(rows, (row) => row.replyId);
}
