import { instant } from '../clock.ts';
import type { Store, Tx } from './database.ts';
import { admitCaller, type Admitted, type Admitting } from './devices.ts';
import { together } from './together.ts';

/** admitCaller for requests that come at the same moment; each member once. */
async function admitCallers(tx: Tx, all: readonly Admitting[]): Promise<readonly (Admitted | null)[]> {
  const rows = await tx.rows<Admitted & { readonly member_no: number }>({
    name: 'admit-callers',
    text: `WITH asked AS (
             SELECT * FROM unnest($1::bigint[], $2::integer[], $3::bytea[], $4::timestamptz[])
               AS w (member_no, device_no, nonce, expires_at)),
           caller AS (
             SELECT a.member_no, a.nonce, a.expires_at, k.* FROM asked a CROSS JOIN LATERAL (
               SELECT d.epoch, d.revoked_at, m.status, m.joined_on, m.probation_until, m.purpose, m.contributed_on
               FROM device d JOIN member m ON m.member_no = d.member_no
               WHERE d.member_no = a.member_no AND d.device_no = a.device_no LIMIT 1) k),
           spent AS (
             INSERT INTO nonce (member_no, nonce, expires_at)
             SELECT c.member_no, c.nonce, c.expires_at FROM caller c WHERE c.revoked_at IS NULL
             ON CONFLICT (member_no, nonce) DO NOTHING RETURNING member_no)
           SELECT c.member_no, c.epoch, c.revoked_at, c.status, c.joined_on, c.probation_until, c.purpose,
             c.contributed_on, s.member_no IS NOT NULL AS is_new
           FROM caller c LEFT JOIN spent s ON s.member_no = c.member_no`,
    values: [
      all.map(({ memberNo }) => memberNo),
      all.map(({ deviceNo }) => deviceNo),
      all.map(({ nonce }) => nonce),
      all.map(({ expiresAt }) => instant(expiresAt)),
    ],
  });
  const byMember = new Map(rows.map(({ member_no, ...row }) => [member_no, row]));
  return all.map(({ memberNo }) => byMember.get(memberNo) ?? null);
}

type Admit = (wish: Admitting) => Promise<Admitted | null>;

const doors = new WeakMap<Store, Admit>();

/** The one door of a store. A crash of the database may forget the last nonces that went through it. */
export function admitting(store: Store): Admit {
  const known = doors.get(store);
  if (known) return known;
  const made = together<Admitting, Admitted | null>({
    most: store.togetherMost,
    atOnce: 1,
    keyOf: ({ memberNo }) => String(memberNo),
    one: (wish) => admitCaller(store.soon, wish),
    many: (all) => admitCallers(store.soon, all),
  });
  doors.set(store, made);
  return made;
}
