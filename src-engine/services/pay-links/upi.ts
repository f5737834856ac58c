import { paise, type Paise } from '#domain/money.ts';
import { upiLink, upiNote } from '#domain/reminders/upi.ts';
import { refuse } from '#domain/result.ts';
import { accepted, customerOf } from '../documents.ts';
import { refused, type BookContext } from '../door.ts';
import { businessNow } from '../reminders/business-facts.ts';
import { openPartsOf } from '../reminders/open-parts.ts';
import { openOf } from './tend.ts';

export type UpiShown = {
  readonly link: string;
  readonly amountPaise: Paise;
  readonly qr: { readonly size: number; readonly path: string };
};

/** The UPI link of what is open of some bills of a customer; of all that is open where none are named. */
export function upiOf(
  context: BookContext,
  { customerId, billIds }: { readonly customerId: number; readonly billIds: readonly number[] },
): UpiShown {
  const { db, today, book, qr } = context;
  const { items, business, amountPaise } = db.read((tx) => {
    customerOf(tx, customerId);
    const own = new Set(billIds);
    const open = openPartsOf(tx, [customerId], today).items;
    const chosen = billIds.length === 0 ? open : open.filter((item) => own.has(item.billId));
    const ids = [...new Set(chosen.map((item) => item.billId))];
    return {
      items: chosen,
      business: businessNow(tx, book.name),
      amountPaise: paise(openOf(tx, today, { customerId, billIds: ids })),
    };
  });
  const { vpa, payeeName, name, merchantCode } = business;
  if (vpa === null) {
    const sentence = 'Your UPI address is not known yet. Enter it in the settings of your business.';
    throw refused(refuse('no-upi-address', sentence, { field: 'vpa' }).refusal);
  }
  if (amountPaise <= 0) {
    throw refused(refuse('nothing-to-pay', 'Nothing is open of these bills.', { field: 'billIds' }).refusal);
  }
  const numbers = [...new Set(items.flatMap((item) => item.number ?? []))];
  const isForeign = items.some((item) => item.currency !== null);
  const link = accepted(
    upiLink({
      vpa,
      name: payeeName ?? name,
      amountPaise,
      currency: isForeign
        ? (items.find((item) => item.currency !== null)?.currency ?? 'INR')
        : book.baseCurrency,
      note: upiNote(numbers, name),
      reference: numbers[0] ?? null,
      merchantCode,
    }),
  );
  return { link, amountPaise, qr: qr(link) };
}
