import type { TallyVoucherKind } from '#domain/tally/facts.ts';

export type TallyVoucherType = {
  readonly name: string;
  readonly parent: string | null;
  /** 'Sales' whatever the user calls it; null for a type of the user's own. */
  readonly reservedName: string | null;
};

/** What Tally itself computes of a voucher's type (KSales, KReceipt, KCN, KDN, KJrn); null where it was not asked. */
export type VoucherFlags = {
  readonly isSales: boolean | null;
  readonly isReceipt: boolean | null;
  readonly isCreditNote: boolean | null;
  readonly isDebitNote: boolean | null;
  readonly isJournal: boolean | null;
};

export type KindOf = (typeName: string, flags: VoucherFlags) => TallyVoucherKind;

export type VoucherKinds = {
  readonly learn: (type: TallyVoucherType) => void;
  readonly kindOf: KindOf;
};

const RESERVED: ReadonlyMap<string, TallyVoucherKind> = new Map([
  ['sales', 'sales'],
  ['receipt', 'receipt'],
  ['credit note', 'credit-note'],
  ['debit note', 'debit-note'],
  ['payment', 'payment'],
  ['purchase', 'purchase'],
  ['journal', 'journal'],
  ['contra', 'contra'],
]);

/** Chains of voucher types are two or three long; a circle must not hang the reader. */
const LONGEST_CHAIN = 20;

/**
 * Kinds by what Tally computes, else by walking up the types that were learnt to one of Tally's own; a type's name
 * counts only where it is one of Tally's own names and no master says otherwise.
 */
export function voucherKinds(): VoucherKinds {
  const types = new Map<string, TallyVoucherType>();
  const byName = (typeName: string): TallyVoucherKind => {
    let name = keyOf(typeName);
    for (let step = 0; step < LONGEST_CHAIN; step += 1) {
      const type = types.get(name);
      const reserved = RESERVED.get(keyOf(type?.reservedName ?? name));
      if (type === undefined || type.reservedName !== null) return reserved ?? 'other';
      if (type.parent === null || keyOf(type.parent) === name) return reserved ?? 'other';
      name = keyOf(type.parent);
    }
    return 'other';
  };
  return {
    learn: (type) => void types.set(keyOf(type.name), type),
    kindOf: (typeName, flags) => byFlags(flags) ?? byName(typeName),
  };
}

function byFlags(flags: VoucherFlags): TallyVoucherKind | null {
  if (flags.isSales === true) return 'sales';
  if (flags.isReceipt === true) return 'receipt';
  if (flags.isCreditNote === true) return 'credit-note';
  if (flags.isDebitNote === true) return 'debit-note';
  return flags.isJournal === true ? 'journal' : null;
}

function keyOf(name: string): string {
  return name.trim().toLowerCase();
}
