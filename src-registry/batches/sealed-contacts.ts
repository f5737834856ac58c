import { isLive } from '#domain/registry/merge.ts';
import { keyOfToken } from '../ids.ts';
import type { Registry } from '../registry.ts';
import type { ReadBatch } from './read-batch.ts';

/** Where a debtor can be told, closed to everybody but who tells him. */
export type SealedContact = {
  /** The token. */
  readonly subject: string;
  readonly subjectKey: Buffer;
  readonly contactKey: Uint8Array;
  readonly sealed: Uint8Array;
  readonly lang: 'en' | 'hi' | null;
};

/** Of subjects whom the batch says something against: nobody else's contact is wanted. */
export async function sealedContacts(
  { contacts }: Pick<Registry, 'contacts'>,
  { body, stated }: Pick<ReadBatch, 'body' | 'stated'>,
): Promise<readonly SealedContact[]> {
  const subjects = new Set(stated.flatMap(({ due, subject }) => (isLive(due.state) ? [subject] : [])));
  const told = new Map(
    (body.contacts ?? []).flatMap(({ subject, mobile, email, lang }) =>
      [mobile, email].flatMap((text) =>
        text === null || !subjects.has(subject)
          ? []
          : [[`${subject} ${text}`, { subject, text, lang: lang ?? null }] as const],
      ),
    ),
  );
  const all = [...told.values()];
  if (all.length === 0) return [];
  const sealed = await contacts.sealAll(
    all.map(({ subject, text }) => ({ subject: keyOfToken(subject), contact: text })),
  );
  return all.flatMap(({ subject, text, lang }, at) => {
    const closed = sealed[at];
    if (closed === undefined) return [];
    const [subjectKey, contactKey] = [keyOfToken(subject), contacts.keyOf(text)];
    return [{ subject, subjectKey, contactKey, sealed: closed, lang }];
  });
}
