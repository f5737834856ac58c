import type { Credit } from '#contract/engine/credits.ts';
import type { Receipt } from '#contract/engine/receipts.ts';
import { client } from '../../client.ts';
import { creditWishOf, moneyValuesOf, receiptWishOf, type Given, type MoneyValues } from './money-values.ts';
import type { OpenBill } from './share-out.ts';
import type { Outcome } from './use-entry-save.ts';

type MoneySave = {
  readonly what: 'receipt' | 'credit';
  readonly known: Receipt | Credit | undefined;
  readonly values: MoneyValues;
  readonly bills: readonly OpenBill[];
  readonly given: Given;
  readonly t: (key: string, values?: Record<string, string>) => string;
};

/** Saves a receipt or credit; what it takes to undo that is the old values, or a void. */
export async function saveMoney({ what, known, values, bills, given, t }: MoneySave): Promise<Outcome> {
  const context = { ...given, bills };
  const before = { values: known ? moneyValuesOf(known, given) : values, context: { ...given, bills: [] } };
  const number = values.number.trim() === '' ? t(`kind.${what}`) : values.number.trim();
  const message = t(known ? `${what}.changed` : `${what}.entered`, { number });
  const reason = t('void.takenBack');
  if (what === 'receipt') {
    const own = known && 'receiptId' in known ? { receiptId: known.receiptId } : {};
    const { id, warnings } = await client.receipts.save({ ...receiptWishOf(values, context), ...own });
    const undo = known
      ? () => client.receipts.save({ ...receiptWishOf(before.values, before.context), ...own })
      : () => client.receipts.void({ receiptId: id, reason });
    return { message, warnings, undo };
  }
  const own = known && 'creditId' in known ? { creditId: known.creditId } : {};
  const { id, warnings } = await client.credits.save({ ...creditWishOf(values, context), ...own });
  const undo = known
    ? () => client.credits.save({ ...creditWishOf(before.values, before.context), ...own })
    : () => client.credits.void({ creditId: id, reason });
  return { message, warnings, undo };
}
