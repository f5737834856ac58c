import { addDays } from '#domain/days.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { billById } from '../storage/bills.ts';
import { consentRows, consentWriter } from '../storage/consents.ts';
import { customerById } from '../storage/customers.ts';
import type { ReadTx } from '../storage/database.ts';
import { endPause, insertPause, pauseRows } from '../storage/pauses.ts';
import { contactsAmong } from '../storage/reminder-history.ts';
import {
  liftSuppression,
  putSuppression,
  suppressionById,
  suppressionRows,
  type SuppressionRow,
} from '../storage/suppressions.ts';
import { bookDoor, refused } from './door.ts';
import { customerGone } from './customers/save.ts';
import { addressesOf, tidyAddress } from './reminders/reach.ts';
import { customersOfAddresses } from './replies/match.ts';

const list = bookDoor.consents.list.handler(({ context: { db }, input: { customerId } }) => [
  ...db.read((tx) => consentRows(tx, customerId ?? null)),
]);

const record = bookDoor.consents.record.handler(({ context, input }) => {
  const { db, now, today, changed } = context;
  const { customerIds, day = today, ...words } = input;
  if (day > today) throw refused(dayAhead(day, today).refusal);
  const made = db.write((tx): Result<number> => {
    const write = consentWriter(tx);
    const ids = new Set(customerIds);
    for (const customerId of ids) {
      if (!customerById(tx, customerId)) return customerGone();
      write({ ...words, customerId, day, recordedAt: now() });
    }
    return ok(ids.size);
  });
  if (!made.ok) throw refused(made.refusal);
  changed('consents', 'reminders');
  return { recordedCount: made.value };
});

function dayAhead(day: string, today: string): ReturnType<typeof refuse> {
  const sentence = `Consent of ${day} cannot be recorded on ${today}: that day is still to come.`;
  return refuse('consent-day-ahead', sentence, { field: 'day', values: { day, today } });
}

const suppressions = bookDoor.consents.suppressions.handler(({ context: { db } }) =>
  db.read((tx) => {
    const rows = suppressionRows(tx);
    const nameOf = nameless(tx, rows);
    return rows.map(({ suppressionId, channel, address, customerName, reason, detail, createdAt }) => ({
      suppressionId,
      channel,
      address,
      customerName: customerName ?? nameOf(address),
      reason,
      detail,
      at: createdAt,
    }));
  }),
);

/** Whose the addresses are to which nothing was ever written. */
function nameless(tx: ReadTx, rows: readonly SuppressionRow[]): (address: string) => string | null {
  const unknown = rows.filter(({ customerName }) => customerName === null).map(({ address }) => address);
  const owners = customersOfAddresses(tx, new Set(unknown));
  return (address) => {
    const customerId = owners.get(address);
    return customerId === undefined ? null : (customerById(tx, customerId)?.name ?? null);
  };
}

const suppress = bookDoor.consents.suppress.handler(({ context, input: { channel, address, detail } }) => {
  const tidy = tidyAddress(channel, address);
  if (tidy === null) throw refused(addressNotValid(channel, address).refusal);
  const wish = { channel, address: tidy, reason: 'by-person', detail, createdAt: context.now() } as const;
  const suppressionId = context.db.write((tx) => putSuppression(tx, wish));
  context.changed('consents', 'reminders');
  return { suppressionId };
});

export function addressNotValid(channel: string, address: string): ReturnType<typeof refuse> {
  const sentence = `“${address}” cannot be reached by ${channel}.`;
  return refuse('address-not-valid', sentence, { field: 'address', values: { channel, address } });
}

/** Whoever said stop is left alone for so long, whatever we think he wants (docs/gateways.md 7). */
const STOP_DAYS = 90;

const unsuppress = bookDoor.consents.unsuppress.handler(({ context, input: { suppressionId, reason } }) => {
  const { db, book, dayAt, now, today, changed } = context;
  const made = db.write((tx): Result<null> => {
    const row = suppressionById(tx, suppressionId);
    if (!row || row.removedAt !== null) {
      return refuse('suppression-gone', 'This address is not on the list any more.');
    }
    const free = addDays(dayAt(row.createdAt, book.timeZone), STOP_DAYS);
    const saidStop = row.reason === 'stop' || row.reason === 'complaint';
    if (saidStop && today < free && !hasAgreedSince(tx, row)) {
      const sentence = `This customer asked to be left alone. He may be asked again from ${free} on.`;
      return refuse('stop-still-holds', sentence, { values: { until: free, days: STOP_DAYS } });
    }
    liftSuppression(tx, { suppressionId, removedAt: now(), reason });
    return ok(null);
  });
  if (!made.ok) throw refused(made.refusal);
  changed('consents', 'reminders');
  return {};
});

/** A customer who asks for it himself: his new word, written down after the stop, for whoever is reached there. */
function hasAgreedSince(tx: ReadTx, { channel, address, createdAt }: SuppressionRow): boolean {
  const agreed = consentRows(tx, null).filter(
    (one) => one.isGranted && one.isCurrent && one.channel === channel && one.recordedAt > createdAt,
  );
  return agreed.some(({ customerId }) => {
    const customer = customerById(tx, customerId);
    const known = customer ? addressesOf(customer, contactsAmong(tx, [customerId]))[channel] : undefined;
    return known?.some((one) => one.address === address) ?? false;
  });
}

const pauses = bookDoor.consents.pauses.handler(({ context: { db, today }, input: { customerId } }) =>
  db
    .read((tx) => pauseRows(tx, { customerId: customerId ?? null, from: today }))
    .map(({ untilDay, createdAt, replyId: _replyId, ...row }) => ({
      ...row,
      until: untilDay,
      at: createdAt,
    })),
);

const pause = bookDoor.consents.pause.handler(({ context, input: { until, ...wish } }) => {
  const { db, now, today, changed } = context;
  if (until !== null && until < today) {
    const sentence = `A pause until ${until} would have ended before today.`;
    throw refused(refuse('pause-over', sentence, { field: 'until', values: { until } }).refusal);
  }
  const made = db.write((tx): Result<number> => {
    if (!customerById(tx, wish.customerId)) return customerGone();
    if (wish.billId !== null && !isBillOf(tx, wish.billId, wish.customerId)) {
      return refuse('bill-gone', 'This bill is no longer in the book.', { field: 'billId' });
    }
    return ok(insertPause(tx, { ...wish, untilDay: until, replyId: null, createdAt: now() }));
  });
  if (!made.ok) throw refused(made.refusal);
  changed('consents', 'reminders');
  return { pauseId: made.value };
});

function isBillOf(tx: ReadTx, billId: number, customerId: number): boolean {
  return billById(tx, billId)?.customerId === customerId;
}

const end = bookDoor.consents.endPause.handler(({ context, input: { pauseId } }) => {
  const hasEnded = context.db.write((tx) => endPause(tx, pauseId, context.now()));
  if (hasEnded) context.changed('consents', 'reminders');
  return {};
});

export const consents = {
  list,
  record,
  suppressions,
  suppress,
  unsuppress,
  pauses,
  pause,
  endPause: end,
};
