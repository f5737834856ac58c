import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import type { TextBill, TextFacts } from '#domain/reminders/texts/text-facts.ts';

export const brand = { businessName: 'Gupta Steel', businessPhone: '+91 98765 43210' };

export function textBill(over: Partial<TextBill> = {}): TextBill {
  return {
    number: 'INV-12',
    billDay: day('2026-10-06'),
    dueDay: day('2026-11-05'),
    openPaise: paise(12_500_00),
    daysLate: 17,
    currency: null,
    foreignMinor: null,
    ...over,
  };
}

export function textFacts(over: Partial<TextFacts> = {}): TextFacts {
  return {
    ...brand,
    customerName: 'Ravi Traders',
    bills: [textBill()],
    creditPaise: paise(0),
    baseCurrency: 'INR',
    overduePaise: paise(12_500_00),
    totalPaise: paise(12_500_00),
    upiLink: null,
    payLink: null,
    receipt: null,
    today: day('2026-11-22'),
    ...over,
  };
}

export function template(over: Partial<MessageTemplate> = {}): MessageTemplate {
  return {
    templateId: 1,
    key: 'after-due-1',
    purpose: 'reminder',
    channel: 'sms',
    language: 'en',
    tone: 'plain',
    name: 'First reminder',
    subject: null,
    body: 'Dear customer, we have not yet received {{amount}} for bill {{bill_number}}. Kindly pay, or tell us if you already have. - {{business_name}}, {{business_phone}}',
    dlt: null,
    vendorTemplateId: null,
    whatsapp: null,
    isPaused: false,
    version: 1,
    ...over,
  };
}

export const dlt = {
  entityId: '1101234567890123456',
  header: 'GUPSTL',
  templateId: '1107123456789012345',
  category: 'service-implicit',
  variables: [
    { tag: 'alphanumeric', charsMost: 25 },
    { tag: 'alphanumeric', charsMost: 30 },
  ],
} as const satisfies MessageTemplate['dlt'];
