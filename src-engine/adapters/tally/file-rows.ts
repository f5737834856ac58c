import type { TallyGroup, TallyLedger, TallyVoucher } from '#domain/tally/facts.ts';
import { LEDGER, ledgerOf } from './ledger-rows.ts';
import { GROUP, groupOf, VOUCHER_TYPE, voucherTypeOf } from './master-rows.ts';
import { taking, type RowTaker } from './reply-rows.ts';
import { textAt, type Doubts } from './row-values.ts';
import type { Found, Shape } from './shapes.ts';
import { voucherKinds, type KindOf, type TallyVoucherType } from './voucher-kinds.ts';
import { VOUCHER, voucherOf } from './voucher-rows.ts';

/** What a file of Tally's own export may hold; each is handed on in the order of the file. */
export type FileTakers = {
  readonly company: (name: string) => void;
  readonly group: (group: TallyGroup) => void;
  readonly voucherType: (type: TallyVoucherType) => void;
  readonly ledger: (ledger: TallyLedger) => void;
  readonly voucher: (voucher: TallyVoucher) => void;
};

/** A file is what another Tally could import: masters and vouchers, each in a message of its own. */
const BODIES = [
  ['ENVELOPE', 'BODY', 'IMPORTDATA'],
  ['ENVELOPE', 'BODY'],
] as const;
const IN_MESSAGE = [
  ['ENVELOPE', 'BODY', 'IMPORTDATA', 'REQUESTDATA', 'TALLYMESSAGE'],
  ['ENVELOPE', 'BODY', 'DATA', 'TALLYMESSAGE'],
] as const;

const COMPANY: Shape = {
  tag: 'COMPANY',
  texts: [],
  lists: [{ tag: 'REMOTECMPINFO.LIST', texts: ['REMOTECMPNAME'] }],
};
const CURRENT: Shape = { tag: 'SVCURRENTCOMPANY', texts: ['.'] };

/** Kinds of vouchers come from the voucher types of the same file, unless the caller knows better. */
export function fileRows(takers: FileTakers, kindOf?: KindOf): readonly RowTaker[] {
  const kinds = voucherKinds();
  const inMessage = <T>(
    shape: Shape,
    read: (found: Found, doubts: Doubts) => T,
    take: (row: T) => void,
  ): RowTaker => ({
    paths: IN_MESSAGE.map((path) => [...path, shape.tag]),
    shape,
    isCounted: true,
    take: taking(read, take),
  });
  return [
    ...companyTakers(takers.company),
    inMessage(GROUP, groupOf, takers.group),
    inMessage(VOUCHER_TYPE, voucherTypeOf, (type) => {
      kinds.learn(type);
      takers.voucherType(type);
    }),
    inMessage(LEDGER, ledgerOf, takers.ledger),
    inMessage(VOUCHER, (found, doubts) => voucherOf(found, doubts, kindOf ?? kinds.kindOf), takers.voucher),
  ];
}

/** The first name that the file gives: of the request it answers, or of the company it comes from. */
function companyTakers(take: (name: string) => void): readonly RowTaker[] {
  let isKnown = false;
  const once = (name: string | null | undefined): void => {
    if (isKnown || name === null || name === undefined || name === '') return;
    isKnown = true;
    take(name);
  };
  return [
    {
      paths: [
        ...BODIES.map((path) => [...path, 'REQUESTDESC', 'STATICVARIABLES', CURRENT.tag]),
        ['ENVELOPE', 'BODY', 'DESC', 'STATICVARIABLES', CURRENT.tag],
      ],
      shape: CURRENT,
      isCounted: false,
      take: (found) => once(textAt(found, 0)),
    },
    {
      paths: IN_MESSAGE.map((path) => [...path, COMPANY.tag]),
      shape: COMPANY,
      isCounted: false,
      take: (found) => once(found.lists[0]?.[0]?.texts[0]),
    },
  ];
}
