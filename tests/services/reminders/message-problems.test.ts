import { describe, expect, it } from 'vitest';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { messageProblems, type MessageText } from '#engine/services/templates/check.ts';

const brand = { businessName: 'Gupta Traders', businessPhone: '9820000000' };

const registered: MessageTemplate = {
  templateId: 1,
  key: 'due',
  purpose: 'reminder',
  channel: 'sms',
  language: 'en',
  tone: 'plain',
  name: 'Due',
  subject: null,
  body: 'Dear customer, {{amount}} is due for bill {{bill_number}}. - {{business_name}}',
  dlt: {
    entityId: '1'.repeat(19),
    header: 'GUPTAT',
    templateId: '2'.repeat(19),
    category: 'service-implicit',
    variables: [
      { tag: 'alphanumeric', charsMost: 30 },
      { tag: 'alphanumeric', charsMost: 30 },
    ],
  },
  vendorTemplateId: null,
  whatsapp: null,
  isPaused: false,
  version: 1,
};

const text = (wish: Partial<MessageText> = {}): MessageText => ({
  template: registered,
  text: 'Dear customer, Rs.500.00 is due for bill G/7. - Gupta Traders',
  subject: null,
  values: [
    { name: 'amount', value: 'Rs.500.00' },
    { name: 'bill_number', value: 'G/7' },
  ],
  needsDlt: true,
  needsWhatsappTemplate: false,
  isEdited: false,
  ...wish,
});

const codes = (wish: Partial<MessageText>): readonly string[] =>
  messageProblems(text(wish), brand).map((one) => `${one.code} ${one.isBlocking}`);

describe('a message before it leaves', () => {
  it('is what the operator knows, word for word', () => {
    expect(codes({})).toEqual([]);
    expect(codes({ text: 'Dear Sir, Rs.500.00 is due for bill G/7. - Gupta Traders' })).toEqual([
      'dlt-text-differs true',
    ]);
    expect(
      codes({ text: `Dear customer, Rs.500.00 is due for bill ${'7'.repeat(31)}. - Gupta Traders` }),
    ).toEqual(['dlt-value-unfit true']);
    // A phone on the desk asks no operator.
    expect(codes({ text: 'Anything.', needsDlt: false })).toEqual([]);
  });

  it('needs an approved template for WhatsApp', () => {
    expect(codes({ needsDlt: false, needsWhatsappTemplate: true })).toEqual(['whatsapp-missing true']);
  });

  it('changed by hand may not threaten, but may hold a name that sounds like it', () => {
    const named = [{ name: 'customer_name', value: 'Police Canteen' }];
    const wish = { needsDlt: false, isEdited: true, values: named } as const;
    expect(codes({ ...wish, text: 'Dear Police Canteen, please pay.' })).toEqual([]);
    expect(codes({ ...wish, text: 'Dear Ravi, pay or we call the police.' })).toEqual([
      'wording-police true',
    ]);
    expect(codes({ ...wish, text: ' ' })).toEqual(['text-empty true']);
  });
});
