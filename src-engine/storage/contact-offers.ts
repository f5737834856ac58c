import type { ReadTx, WriteTx } from './database.ts';

export type OfferField = 'phone' | 'email';

/** A phone or e-mail address found elsewhere while its own field is empty. */
export type NewOffer = { readonly customerId: number; readonly field: OfferField; readonly value: string };
export type OpenOffer = NewOffer & { readonly offerId: number; readonly customerName: string };

/**
 * Keeps what may be offered; the same value of the same customer is never offered twice, whatever was answered. An open
 * offer of another value for the field gives way to the new one. Answers how many are new.
 */
export function putOffers(tx: WriteTx, offers: readonly NewOffer[], now: number): number {
  const isKnown = tx.sqlite
    .prepare<NewOffer, number>(
      `select 1 from contact_offers where customer_id = @customerId and field = @field and value = @value`,
    )
    .pluck();
  const dropOpen = tx.sqlite.prepare<NewOffer>(
    'delete from contact_offers where customer_id = @customerId and field = @field and answered_at is null',
  );
  const insert = tx.sqlite.prepare<NewOffer & { now: number }>(
    `insert into contact_offers (customer_id, field, value, offered_at) values (@customerId, @field, @value, @now)`,
  );
  let added = 0;
  for (const { customerId, field, value } of offers) {
    const offer = { customerId, field, value };
    if (isKnown.get(offer) !== undefined) continue;
    dropOpen.run(offer);
    insert.run({ ...offer, now });
    added += 1;
  }
  return added;
}

// An offer for a field that was filled meanwhile has nothing to offer any more.
const OPEN = `from contact_offers o join customers c on c.id = o.customer_id
  where o.answered_at is null and case o.field when 'phone' then c.phone else c.email end is null`;

/** Not answered yet, for fields that are still empty; by customer. */
export function openOffers(tx: ReadTx): readonly OpenOffer[] {
  return tx.sqlite
    .prepare<[], OpenOffer>(
      `select o.id as offerId, o.customer_id as customerId, c.name as customerName, o.field, o.value ${OPEN}
        order by c.name_key, o.customer_id, o.field desc, o.id`,
    )
    .all();
}

export function openOfferCount(tx: ReadTx): number {
  return tx.sqlite.prepare<[], number>(`select count(*) ${OPEN}`).pluck().get() ?? 0;
}

/** Notes the answer, and says what it was about; null when there is no such open offer. Taking the value is the caller's. */
export function answerOffer(
  tx: WriteTx,
  offerId: number,
  answer: { readonly isTaken: boolean; readonly at: number },
): NewOffer | null {
  const offer = tx.sqlite
    .prepare<[number, number, number], NewOffer>(
      `update contact_offers set answered_at = ?, is_taken = ? where id = ? and answered_at is null
       returning customer_id as customerId, field, value`,
    )
    .get(answer.at, Number(answer.isTaken), offerId);
  return offer ?? null;
}
