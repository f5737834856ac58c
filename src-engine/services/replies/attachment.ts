import { refuse } from '#domain/result.ts';
import type { WrittenFile } from '../../adapters/ports.ts';
import { attachmentById } from '../../storage/reply-attachments.ts';
import { failed, refused, type BookContext } from '../door.ts';

/** Writes bytes to a file of this machine, whole or not at all. */
export type FileWriter = {
  readonly write: (path: string, bytes: Uint8Array, signal?: AbortSignal) => Promise<WrittenFile>;
};

/** Writes what was attached to a reply to a path that the user chose; answers how many bytes. */
export async function saveAttachment(
  context: BookContext & { readonly files?: FileWriter },
  { attachmentId, path }: { readonly attachmentId: number; readonly path: string },
  signal?: AbortSignal,
): Promise<number> {
  const attachment = context.db.read((tx) => attachmentById(tx, attachmentId));
  if (!attachment) {
    throw refused(refuse('attachment-gone', 'This file is no longer in the book.').refusal);
  }
  if (!context.files) throw new Error('Nothing writes files here.');
  const written = await context.files.write(path, attachment.bytes, signal);
  if (!written.ok) throw failed(written.failure);
  return written.byteCount;
}
