import { refuse } from '#domain/result.ts';
import { attachmentById } from '../../storage/reply-attachments.ts';
import { failed, refused, type BookContext } from '../door.ts';

/** Writes what was attached to a reply to a path that the user chose, whole or not at all; answers how many bytes. */
export async function saveAttachment(
  { db, paperFiles }: BookContext,
  { attachmentId, path }: { readonly attachmentId: number; readonly path: string },
  signal?: AbortSignal,
): Promise<number> {
  const attachment = db.read((tx) => attachmentById(tx, attachmentId));
  if (!attachment) {
    throw refused(refuse('attachment-gone', 'This file is no longer in the book.').refusal);
  }
  const written = await paperFiles.write(path, attachment.bytes, signal);
  if (!written.ok) throw failed(written.failure);
  return written.byteCount;
}
