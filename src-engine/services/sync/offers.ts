import type { ContactOffer } from '#contract/engine/sync.ts';
import { refuse } from '#domain/result.ts';
import { answerOffer, openOffers } from '../../storage/contact-offers.ts';
import { customerById, updateCustomer } from '../../storage/customers.ts';
import { fieldChanges, insertEdits } from '../../storage/edits.ts';
import { accepted } from '../documents.ts';
import type { BookContext } from '../door.ts';

export function offersNow({ db }: BookContext): ContactOffer[] {
  return db.read(openOffers).map((offer) => ({ ...offer }));
}

/** What was offered becomes the customer's, as if it had been entered by hand; or it is never offered again. */
export function answer({ db, now, changed }: BookContext, offerId: number, isTaken: boolean): void {
  const at = now();
  db.write((tx) => {
    const offer = answerOffer(tx, offerId, { isTaken, at });
    if (!offer) return accepted(refuse('offer-gone', 'This was answered before, or is offered no more.'));
    const before = customerById(tx, offer.customerId);
    if (!isTaken || !before) return;
    const { customerId, field, value } = offer;
    const of = {
      noun: 'customer',
      rowId: customerId,
      customerId,
      editedAt: at,
      importBatchId: null,
    } as const;
    insertEdits(tx, of, fieldChanges({ [field]: before[field] }, { [field]: value }));
    updateCustomer(tx, customerId, { [field]: value });
  });
  changed('sync', 'customers');
}
