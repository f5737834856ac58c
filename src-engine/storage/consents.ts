import type { Channel, Purpose } from '#domain/reminders/words.ts';
import type { Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { ofCustomers } from './statements.ts';

export type ConsentFacts = {
  readonly customerId: number;
  readonly channel: Channel;
  readonly purpose: Purpose;
  readonly isGranted: boolean;
  readonly how: string;
  readonly proof: string | null;
  readonly day: Day;
  readonly recordedAt: number;
};

export type ConsentRow = ConsentFacts & {
  readonly consentId: number;
  readonly customerName: string;
  readonly isCurrent: boolean;
};

/** Statement prepared once for many customers. A word of a customer is only ever added. */
export function consentWriter(tx: WriteTx): (facts: ConsentFacts) => void {
  const insert = tx.sqlite.prepare(
    `insert into consents (customer_id, channel, purpose, is_granted, how, proof, day, recorded_at)
     values (@customerId, @channel, @purpose, @isGranted, @how, @proof, @day, @recordedAt)`,
  );
  return (facts) => void insert.run({ ...facts, isGranted: facts.isGranted ? 1 : 0 });
}

// Of a channel and purpose the word of the latest day counts; of one day the one that was written down last.
const LATER = `exists (select 1 from consents later
   where later.customer_id = c.customer_id and later.channel = c.channel and later.purpose = c.purpose
     and (later.day > c.day or (later.day = c.day and later.id > c.id)))`;

type Stored = Omit<ConsentRow, 'isGranted' | 'isCurrent'> & {
  readonly isGranted: number;
  readonly isCurrent: number;
};

/** Newest first; of one customer or of all. */
export function consentRows(tx: ReadTx, customerId: number | null): readonly ConsentRow[] {
  return tx.sqlite
    .prepare<{ customerId: number | null }, Stored>(
      `select c.id as consentId, c.customer_id as customerId, u.name as customerName, c.channel, c.purpose,
              c.is_granted as isGranted, c.how, c.proof, c.day, c.recorded_at as recordedAt, not ${LATER} as isCurrent
         from consents c join customers u on u.id = c.customer_id
        where @customerId is null or c.customer_id = @customerId
        order by c.day desc, c.id desc`,
    )
    .all({ customerId })
    .map((row) => ({ ...row, isGranted: row.isGranted === 1, isCurrent: row.isCurrent === 1 }));
}

export type ConsentNow = Pick<ConsentFacts, 'customerId' | 'channel' | 'purpose' | 'isGranted'>;

const holding = ofCustomers<Omit<ConsentNow, 'isGranted'> & { readonly isGranted: number }>(
  'c.customer_id',
  (isAsked) => `select c.customer_id as customerId, c.channel, c.purpose, c.is_granted as isGranted
    from consents c where ${isAsked} and not ${LATER} order by c.id`,
);

/** What holds now; of some customers, or of everybody. */
export function consentsNow(tx: ReadTx, customerIds: readonly number[] | null): readonly ConsentNow[] {
  return holding(tx, customerIds).map((row) => ({ ...row, isGranted: row.isGranted === 1 }));
}
