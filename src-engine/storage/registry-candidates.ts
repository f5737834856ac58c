import type { EvidenceGrade } from '#domain/registry/words.ts';
import type { Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from './database.ts';

/** A bill with what is known of whom it is due from. Money stands with the ledger. */
export type BillOfDebtor = {
  readonly billId: number;
  readonly number: string | null;
  readonly customerId: number;
  readonly customerName: string;
  readonly gstin: string | null;
  readonly pan: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly grade: EvidenceGrade;
  readonly evidenceHash: string | null;
  /** 0 or 1. */
  readonly isDisputed: number;
  /** Why nothing of it is published, whatever else; the registry's own marks before the general one. */
  readonly doNotPublish: 'customer' | 'bill' | 'not-chased' | null;
  readonly isPublished: number;
  /** It was told of as somebody else's before. */
  readonly isCorrected: number;
  /** His leave to report, which he has not taken back and whose time is not over; null where there is none. */
  readonly consentId: string | null;
};

// The first contact of a customer that has a number stands in where the customer himself has none.
const REACH = (column: 'phone' | 'email'): string =>
  `coalesce(c.${column}, (select k.${column} from contacts k where k.customer_id = c.id and k.removed_at is null
     and k.${column} is not null order by k.role = 'accounts' desc, k.id limit 1))`;

export function billsOfDebtors(
  tx: ReadTx,
  wish: { readonly billIds: readonly number[]; readonly asOf: Day },
): readonly BillOfDebtor[] {
  return tx.sqlite
    .prepare<{ billIds: string; asOf: Day }, BillOfDebtor>(
      `select b.id as billId, b.number, c.id as customerId, c.name as customerName, c.gstin, c.pan,
              ${REACH('phone')} as phone, ${REACH('email')} as email,
              coalesce(e.grade, 'claim') as grade, e.hash as evidenceHash,
              exists (select 1 from reminder_pauses p where p.customer_id = c.id and p.kind = 'dispute'
                        and (p.bill_id is null or p.bill_id = b.id) and p.ended_at is null
                        and (p.until_day is null or p.until_day >= @asOf)) as isDisputed,
              case when exists (select 1 from registry_do_not_publish n where n.customer_id = c.id) then 'customer'
                   when exists (select 1 from registry_do_not_publish_bills n where n.bill_id = b.id) then 'bill'
                   when c.do_not_chase_reason is not null or b.do_not_chase_reason is not null then 'not-chased'
                   end as doNotPublish,
              exists (select 1 from registry_dues d where d.bill_id = b.id and d.undone_at is null) as isPublished,
              exists (select 1 from registry_dues d where d.former_bill_id = b.id) as isCorrected,
              (select g.consent_id from registry_consents g where g.customer_id = c.id and g.purpose = 'TC02'
                  and g.state = 'granted' and g.expires_day >= @asOf order by g.id desc limit 1) as consentId
         from json_each(@billIds) asked cross join bills b on b.id = asked.value
         join customers c on c.id = b.customer_id
         left join registry_evidence e on e.bill_id = b.id
        where b.voided_at is null`,
    )
    .all({ billIds: JSON.stringify(wish.billIds), asOf: wish.asOf });
}

type Evidence = {
  readonly billId: number;
  readonly grade: Exclude<EvidenceGrade, 'claim'>;
  readonly hash: string;
  readonly fileName: string | null;
  readonly at: number;
};

export function putEvidence(tx: WriteTx, evidence: Evidence): void {
  tx.sqlite
    .prepare<Evidence>(
      `insert into registry_evidence (bill_id, grade, hash, file_name, at)
       values (@billId, @grade, @hash, @fileName, @at)
       on conflict (bill_id) do update set grade = excluded.grade, hash = excluded.hash,
         file_name = excluded.file_name, at = excluded.at`,
    )
    .run(evidence);
}

export function dropEvidence(tx: WriteTx, billId: number): void {
  tx.sqlite.prepare('delete from registry_evidence where bill_id = ?').run(billId);
}

export function setDoNotPublish(
  tx: WriteTx,
  { customerId, at }: { readonly customerId: number; readonly at: number | null },
): void {
  tx.sqlite.prepare('delete from registry_do_not_publish where customer_id = ?').run(customerId);
  if (at === null) return;
  tx.sqlite
    .prepare('insert into registry_do_not_publish (customer_id, at) values (?, ?)')
    .run(customerId, at);
}

export function isDoNotPublish(tx: ReadTx, customerId: number): boolean {
  return (
    tx.sqlite
      .prepare<[number], number>('select 1 from registry_do_not_publish where customer_id = ?')
      .pluck()
      .get(customerId) !== undefined
  );
}

export function setBillDoNotPublish(
  tx: WriteTx,
  { billId, at }: { readonly billId: number; readonly at: number | null },
): void {
  tx.sqlite.prepare('delete from registry_do_not_publish_bills where bill_id = ?').run(billId);
  if (at === null) return;
  tx.sqlite.prepare('insert into registry_do_not_publish_bills (bill_id, at) values (?, ?)').run(billId, at);
}
