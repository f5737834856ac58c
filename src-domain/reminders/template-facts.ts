import type { MessageLanguage } from './languages.ts';
import type { Channel, DltCategory, DltTag, Purpose, Tone, WhatsappStatus } from './words.ts';

/** A variable of a DLT content template, in the order of the text. */
export type DltVariable = {
  readonly tag: DltTag;
  /** Usual limit 30; some operators allow 40 (docs/gateways.md 1.2). */
  readonly charsMost: number;
};

/** What the operator's DLT portal knows of a template. Its text is the body with each merge field as a variable. */
export type DltTemplate = {
  readonly entityId: string;
  readonly header: string;
  readonly templateId: string;
  readonly category: DltCategory;
  readonly variables: readonly DltVariable[];
};

/** What Meta knows of a template. */
export type WhatsappTemplate = {
  readonly name: string;
  readonly language: string;
  readonly status: WhatsappStatus;
  /** Merge fields in the order of {{1}}, {{2}}, … of the approved body. */
  readonly parameters: readonly string[];
  readonly hasDocument: boolean;
};

/**
 * A text for one channel in one language. `body` has merge fields as {{customer_name}}; `key` is what a cadence's step
 * names, and stands for the same message in every channel and language.
 */
export type MessageTemplate = {
  readonly templateId: number;
  readonly key: string;
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly language: MessageLanguage;
  readonly tone: Tone;
  readonly name: string;
  /** Only of email and letters. */
  readonly subject: string | null;
  readonly body: string;
  readonly dlt: DltTemplate | null;
  /** The vendor's own id of it: MSG91 flow, Fast2SMS message id, Twilio ContentSid. */
  readonly vendorTemplateId: string | null;
  readonly whatsapp: WhatsappTemplate | null;
  readonly isPaused: boolean;
  /** Counted up with every change: a message says which text it was made of. */
  readonly version: number;
};

/** The closed list of what a text may name. */
export const mergeFields = [
  'customer_name',
  'business_name',
  'business_phone',
  'bill_number',
  'bill_count',
  'bill_list',
  'bill_day',
  'due_day',
  'days_late',
  'amount',
  'overdue_amount',
  'credit_amount',
  'balance_lines',
  'upi_link',
  'pay_link',
  'receipt_amount',
  'receipt_day',
  'promise_day',
  'today',
] as const;
export type MergeField = (typeof mergeFields)[number];

/** What the fields say for one message, already in words of the message's language. A field that has nothing is absent. */
export type MergeValues = Readonly<Partial<Record<MergeField, string>>>;
