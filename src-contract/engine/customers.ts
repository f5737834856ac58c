import { transferKinds } from '#domain/statements.ts';
import { z } from 'zod';
import { bulk, call, dayField, idField, paiseField, refusalField } from '../fields.ts';
import { agingFigures, agingWish, bucketShape } from './aging.ts';
import { billKinds, creditKinds, openItemShape } from './bills.ts';
import { contactShape } from './contacts.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { onLimits, timelineKinds } from './customer-words.ts';

export const customerShape = z.object({
  customerId: idField,
  name: z.string(),
  code: z.string().nullable(),
  phone: z.string().nullable(),
  email: z.string().nullable(),
  gstin: z.string().nullable(),
  salesperson: z.string().nullable(),
  groupPath: z.string().nullable(),
  creditDays: z.int().nullable(),
  creditLimitPaise: paiseField.nullable(),
  insuredLimitPaise: paiseField.nullable(),
  onLimit: z.enum(onLimits).nullable(),
  pan: z.string().nullable(),
  address: z.string().nullable(),
  territory: z.string().nullable(),
  language: z.string().nullable(),
  /** Who pays for him: a head office or an owner of several ledgers. */
  parentId: idField.nullable(),
  doNotChaseReason: z.string().nullable(),
});
export type Customer = z.infer<typeof customerShape>;

export const customerRowShape = customerShape.extend({
  ...agingFigures.shape,
  lastReceiptDay: dayField.nullable(),
  parentName: z.string().nullable(),
  tags: z.array(z.string()),
  /** Days late of the money that settled his bills in the year before, weighted by amount; tenths; null when none did. */
  averageDaysLateTenths: z.int().nullable(),
});
export type CustomerRow = z.infer<typeof customerRowShape>;

/** A receipt or credit that lowers a bill, as seen under it. */
export const settlementShape = z.object({
  allocationId: idField,
  kind: z.enum(['receipt', ...creditKinds]),
  documentId: idField,
  number: z.string().nullable(),
  /** The instalment it was applied to by name; null where it fills the oldest. */
  instalmentId: idField.nullable(),
  allocationDay: dayField,
  amountPaise: paiseField,
});

export const billRowShape = z.object({
  billId: idField,
  kind: z.enum(billKinds),
  number: z.string().nullable(),
  billDay: dayField,
  /** Of its oldest open instalment; of a closed bill the last one's. */
  dueDay: dayField,
  amountPaise: paiseField,
  openPaise: paiseField,
  daysLate: z.int(),
  /** Of its oldest open instalment; null when closed. */
  bucket: z.int().nullable(),
  currency: z.string().nullable(),
  foreignMinor: z.int().nullable(),
  doNotChaseReason: z.string().nullable(),
  /** Two or more parts with their own due days; empty for a bill due in one sum. */
  instalments: z.array(
    z.object({
      instalmentId: idField,
      position: z.int(),
      dueDay: dayField,
      amountPaise: paiseField,
      openPaise: paiseField,
      daysLate: z.int(),
      bucket: z.int().nullable(),
    }),
  ),
  settlements: z.array(settlementShape),
});
export type BillRow = z.infer<typeof billRowShape>;

export const moneyInShape = z.object({
  kind: z.enum(['receipt', ...creditKinds]),
  documentId: idField,
  number: z.string().nullable(),
  day: dayField,
  amountPaise: paiseField,
  unallocatedPaise: paiseField,
  currency: z.string().nullable(),
  foreignMinor: z.int().nullable(),
  /** A post-dated cheque counts from this day on. */
  chequeDay: dayField.nullable(),
});
export type MoneyIn = z.infer<typeof moneyInShape>;

export const customerPageShape = z.object({
  asOf: dayField,
  customer: customerShape,
  parentName: z.string().nullable(),
  /** Those whom this customer pays for. */
  children: z.array(z.object({ customerId: idField, name: z.string(), outstandingPaise: paiseField })),
  tags: z.array(z.string()),
  contacts: z.array(contactShape),
  /** Own limit plus insured limit, what is used of it, and whether it is broken; null without a limit. */
  limit: z.object({ usablePaise: paiseField, usedPaise: paiseField, isOver: z.boolean() }).nullable(),
  averageDaysLateTenths: z.int().nullable(),
  buckets: z.array(bucketShape),
  /** GSTIN or PAN that do not hold, a number that cannot be dialled: kept, and said. */
  warnings: z.array(refusalField),
  figures: agingFigures,
  bills: z.array(billRowShape),
  moneyIn: z.array(moneyInShape),
  openItems: z.array(openItemShape),
});
export type CustomerPage = z.infer<typeof customerPageShape>;

/**
 * One thing that happened. What `documentId`, `number` and `subject` are of:
 * - bill, receipt, credit, cheque: the document itself; `subject` is its kind ('invoice', 'credit-note', 'receipt').
 *   A cheque is one taken before its day: `text` is that day, and on that day a receipt follows.
 * - allocation, allocation-undone: the bill; `subject` is the kind of the money and `text` its number.
 * - note: the note (`notes.remove` takes this id) and the bill it is about, if any; `text` is what was noted.
 * - edit: the row; `subject` is 'customer', 'contact', 'bill', 'receipt' or 'credit'; `text` is the file name of the
 *   import that changed it, null when it was a person. A contact who came or went is the field 'contact'.
 * - message, reply: the message or the reply; `subject` is its channel and `text` the beginning of what it says. A message
 *   stands there once it has left or was handed over; machines' answers do not.
 * - void, restored: the document; `text` is the reason. import: the batch; `text` is the file name.
 */
export const timelineEventShape = z.object({
  key: z.string(),
  kind: z.enum(timelineKinds),
  /** The day it happened on in the books. */
  day: dayField,
  /** When Baaki learned of it: UTC milliseconds. */
  at: z.int(),
  documentId: idField.nullable(),
  number: z.string().nullable(),
  subject: z.string().nullable(),
  /** Never negative: an undone allocation bears what it gave back. */
  amountPaise: paiseField.nullable(),
  /** Of an edit: the field, and the values before and after as text. */
  field: z.string().nullable(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  text: z.string().nullable(),
});
export type TimelineEvent = z.infer<typeof timelineEventShape>;

/** The account of a customer up to a day, oldest line first. */
export const statementShape = z.object({
  asOf: dayField,
  lines: z.array(
    z.object({
      day: dayField,
      kind: z.enum([...billKinds, 'receipt', ...creditKinds, ...transferKinds]),
      number: z.string().nullable(),
      dueDay: dayField.nullable(),
      /** A line is a debit or a credit, never both; neither is negative. */
      debitPaise: paiseField,
      creditPaise: paiseField,
      /** What he owes after this line; negative when he is in credit. */
      balancePaise: paiseField,
    }),
  ),
  /** The last balance: open bills less unallocated money, as of the day. */
  closingPaise: paiseField,
  /** Post-dated cheques at hand: in no line until their day. */
  postDatedPaise: paiseField,
});
export type CustomerStatement = z.infer<typeof statementShape>;

/** A field that is emptied is a field without a value. */
const textOf = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .transform((text) => (text === '' ? null : text))
    .nullable();
const limitField = paiseField.refine((amount) => amount >= 0, 'an amount of nought or more').nullable();

/** A customer entered or changed by hand. What is left out stays as it is; null takes the value away. */
export const customerWish = z.object({
  customerId: idField.optional(),
  name: z.string().trim().min(1).max(200).optional(),
  code: textOf(60).optional(),
  phone: textOf(200).optional(),
  email: textOf(200).optional(),
  gstin: textOf(40).optional(),
  pan: textOf(40).optional(),
  address: textOf(1000).optional(),
  groupPath: textOf(400).optional(),
  salesperson: textOf(120).optional(),
  territory: textOf(120).optional(),
  language: z.enum(messageLanguages).nullable().optional(),
  creditDays: z.int().min(0).max(3650).nullable().optional(),
  creditLimitPaise: limitField.optional(),
  insuredLimitPaise: limitField.optional(),
  onLimit: z.enum(onLimits).nullable().optional(),
  parentId: idField.nullable().optional(),
  doNotChaseReason: textOf(200).optional(),
});
export type CustomerWish = z.input<typeof customerWish>;

export const customers = {
  /** Every customer with his figures as of a day; the window sorts, filters and groups what it shows. */
  list: call.input(agingWish.extend({ search: z.string().max(200).default('') })).output(
    bulk(
      z.object({
        asOf: dayField,
        buckets: z.array(bucketShape),
        rows: z.array(customerRowShape),
        totals: agingFigures,
      }),
    ),
  ),
  /** One customer with bills (open first), receipts and credits. Refused when there is no such customer. */
  get: call.input(agingWish.extend({ customerId: idField })).output(bulk(customerPageShape)),
  /** Everything that happened with a customer, newest first. */
  timeline: call
    .input(z.object({ customerId: idField, most: z.int().min(1).max(5000).default(500) }))
    .output(bulk(z.object({ events: z.array(timelineEventShape), isWhole: z.boolean() }))),
  /** At most 20 by part of name, code, phone, e-mail, contact or GSTIN, for the palette. */
  search: call
    .input(z.object({ text: z.string().max(200) }))
    .output(z.array(customerShape.pick({ customerId: true, name: true, code: true }))),
  /** Enters or changes a customer. GSTIN and PAN that do not hold are kept, with a warning. */
  save: call.input(customerWish).output(z.object({ customerId: idField, warnings: z.array(refusalField) })),
  /** Takes out a customer of whom nothing else is in the book; refused with the number of what hangs on him. */
  remove: call.input(z.object({ customerId: idField })).output(z.object({})),
  /** His account: bills, money and running balance. Refused when there is no such customer. */
  statement: call
    .input(z.object({ customerId: idField, asOf: dayField.optional() }))
    .output(bulk(statementShape)),
  /** Puts tags on customers and takes tags off. */
  tag: call
    .input(
      z.object({
        customerIds: z.array(idField).min(1).max(50_000),
        add: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
        remove: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
      }),
    )
    .output(z.object({ changedCount: z.int() })),
  /** What salespersons, territories, groups and tags the book knows, for filters and forms. */
  words: call.output(
    z.object({
      salespersons: z.array(z.string()),
      territories: z.array(z.string()),
      groups: z.array(z.string()),
      tags: z.array(z.string()),
    }),
  ),
};
