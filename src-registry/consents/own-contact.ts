import { idOf } from '../notices/notice-ids.ts';
import type { Registry } from '../registry.ts';
import { spoilSummary } from '../store/checks.ts';
import { registerContact } from '../store/contacts.ts';
import type { Tx } from '../store/database.ts';
import { daysReached, untellDues } from '../store/notice-contacts.ts';
import { queueNotice } from '../store/notices.ts';

export type OwnContact = { readonly subjectKey: Buffer; readonly contactKey: Buffer };

/**
 * The debtor answered from a contact that is believed. Where he does so for the first time he is told anew of all that he was
 * not told of there, and has his three weeks from then: whoever told it to a telephone of his own told nobody.
 */
export async function registerOwn(
  registry: Registry,
  tx: Tx,
  { subjectKey, contactKey }: OwnContact,
): Promise<void> {
  const day = registry.today();
  if (!(await registerContact(tx, { subjectKey, contactKey, day }))) return;
  const untold = await untellDues(tx, { subjectKey, days: await daysReached(tx, subjectKey, contactKey) });
  if (untold.length === 0) return;
  await spoilSummary(tx, subjectKey);
  const id = idOf(subjectKey, `registered|${contactKey.toString('hex')}|${day}`);
  await queueNotice(tx, { id, subjectKey, kind: 'publication', dues: '{}', at: registry.now() });
}
