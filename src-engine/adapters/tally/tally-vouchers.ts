import type { TallyCompany, TallyVoucher } from '#domain/tally/facts.ts';
import type { FailedTally, TallyAnswer, TallyTarget, TallyVoucherWish } from '../ports.ts';
import { movedWhileRead, refusedBy } from './diagnose.ts';
import { voucherReader, voucherTypeReader } from './readers.ts';
import { addressKey, type KnownKinds, readRows, type Session } from './tally-session.ts';
import { type KindOf, voucherKinds } from './voucher-kinds.ts';

type VouchersWish = {
  readonly wish: TallyVoucherWish;
  readonly company: TallyCompany;
  readonly take: (voucher: TallyVoucher) => void;
};

/** Vouchers of a window, or those that changed, each with its kind by the company's own types of vouchers. */
export async function readVouchers(
  session: Session,
  on: TallyTarget,
  { wish, company, take }: VouchersWish,
): Promise<TallyAnswer<null>> {
  const known = await kindsOf(session, on, company);
  if (!known.ok) return known;
  const strange = new Set<string>();
  const kindOf: KindOf = (typeName, flags) => {
    if (!known.names.has(keyOf(typeName))) strange.add(typeName);
    return known.kinds.kindOf(typeName, flags);
  };
  let isOutside = false;
  const checked = (voucher: TallyVoucher): void => {
    if (wish.afterAlterId === undefined) isOutside ||= voucher.day < wish.from || voucher.day > wish.to;
    take(voucher);
  };
  const { from, to, shape, afterAlterId, expected } = wish;
  const answer = await readRows(session, on, {
    request: { kind: 'vouchers', company: on.company, period: { from, to }, shape, afterAlterId },
    open: () => voucherReader(checked, kindOf),
    expected,
  });
  if (!answer.ok) return answer;
  if (isOutside) return refusedBy('it sent vouchers of days that were not asked for');
  return strange.size === 0 ? answer : ((await strangers(session, on, { company, strange })) ?? answer);
}

type Known = ({ readonly ok: true } & KnownKinds) | FailedTally;

async function kindsOf(session: Session, on: TallyTarget, company: TallyCompany): Promise<Known> {
  const known = session.kinds.get(companyKey(on, company));
  return known && known.masterCounter === company.masterCounter
    ? { ok: true, ...known }
    : learn(session, on, { company, unlisted: new Set() });
}

type LearnWish = { readonly company: TallyCompany; readonly unlisted: ReadonlySet<string> };

async function learn(session: Session, on: TallyTarget, { company, unlisted }: LearnWish): Promise<Known> {
  const kinds = voucherKinds();
  const names = new Set([...unlisted].map(keyOf));
  const answer = await readRows(session, on, {
    request: { kind: 'voucher-types', company: on.company },
    open: () =>
      voucherTypeReader((type) => {
        kinds.learn(type);
        names.add(keyOf(type.name));
      }),
  });
  if (!answer.ok) return answer;
  // Tally makes its types of vouchers with every company.
  if (answer.cost.rowCount === 0) return refusedBy('a company without voucher types');
  const known = { masterCounter: company.masterCounter, kinds, names };
  session.kinds.set(companyKey(on, company), known);
  return { ok: true, ...known };
}

type StrangeWish = { readonly company: TallyCompany; readonly strange: ReadonlySet<string> };

/**
 * Types that were not known when their vouchers came. Where Tally lists them now, the vouchers got their kind too early
 * and are read again; where it does not, what it computed of the voucher has to do, and it is not asked again.
 */
async function strangers(
  session: Session,
  on: TallyTarget,
  { company, strange }: StrangeWish,
): Promise<FailedTally | null> {
  const before = session.kinds.get(companyKey(on, company));
  const known = await learn(session, on, { company, unlisted: new Set() });
  if (!known.ok) return known;
  const isListedNow = [...strange].some((name) => known.names.has(keyOf(name)));
  const unlisted = new Set(
    [...strange, ...(before?.names ?? [])].filter((name) => !known.names.has(keyOf(name))),
  );
  session.kinds.set(companyKey(on, company), {
    ...known,
    names: new Set([...known.names, ...[...unlisted].map(keyOf)]),
  });
  return isListedNow ? movedWhileRead(on.company) : null;
}

function companyKey({ address }: TallyTarget, { guid, companyNumber, booksFrom }: TallyCompany): string {
  return [addressKey(address), guid, companyNumber, booksFrom].join('|');
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
