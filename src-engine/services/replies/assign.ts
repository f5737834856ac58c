import { refuse } from '#domain/result.ts';
import { insertClaim } from '../../storage/claims.ts';
import { insertContact } from '../../storage/contacts.ts';
import { insertEdits } from '../../storage/edits.ts';
import { contactsAmong } from '../../storage/reminder-history.ts';
import { attachmentHeads } from '../../storage/reply-attachments.ts';
import { patchReply, repliesOfAddress } from '../../storage/replies.ts';
import { utrOf } from '#domain/reminders/texts/replies.ts';
import { customerOf } from '../documents.ts';
import { refused, type BookContext } from '../door.ts';
import { addressesOf } from '../reminders/reach.ts';
import { claimKeyOf } from './take.ts';

/**
 * Somebody says whose address it is: it becomes a contact of that customer, and all that came from there without naming
 * anybody else's message is his. What was attached to it is to be confirmed then, as if he had been known.
 */
export function assignAddress(
  context: BookContext,
  { address, customerId }: { readonly address: string; readonly customerId: number },
): void {
  const at = context.now();
  context.db.write((tx) => {
    const customer = customerOf(tx, customerId);
    const own = repliesOfAddress(tx, address).filter(
      (reply) => reply.customerId === null || reply.messageId === null,
    );
    const [first] = own;
    if (!first) {
      const sentence = `Nothing has come from ${address}.`;
      throw refused(refuse('address-unheard', sentence, { field: 'address', values: { address } }).refusal);
    }
    const isKnown = Object.values(addressesOf(customer, contactsAmong(tx, [customerId])))
      .flat()
      .some((one) => one.address === address);
    if (!isKnown) {
      const isMail = first.channel === 'email';
      const reach = { phone: isMail ? null : address, email: isMail ? address : null };
      const contactId = insertContact(tx, { ...reach, customerId, role: 'other', name: '', createdAt: at });
      insertEdits(tx, { noun: 'contact', rowId: contactId, customerId, editedAt: at, importBatchId: null }, [
        { field: 'contact', before: null, after: address },
      ]);
    }
    const files = attachmentHeads(
      tx,
      own.map(({ id }) => id),
    );
    for (const reply of own) {
      patchReply(tx, reply.id, { customerId });
      if (reply.kind !== 'reply' || !files.has(reply.id)) continue;
      insertClaim(tx, {
        customerId,
        source: 'reply',
        sourceKey: claimKeyOf(reply.gatewayId, reply.externalId),
        replyId: reply.id,
        linkId: null,
        amountPaise: null,
        reference: utrOf(reply.body),
        createdAt: at,
      });
    }
  });
  context.changed('replies', 'contacts', 'customers', 'reminders');
}
