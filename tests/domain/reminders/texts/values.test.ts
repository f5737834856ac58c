import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { billListText, shortenName } from '#domain/reminders/texts/lists.ts';
import { mergeValues } from '#domain/reminders/texts/values.ts';
import { smsShape } from '#domain/reminders/texts/sms.ts';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { textBill, textFacts } from './sample.ts';

const sms = { language: 'en', channel: 'sms' } as const;
const email = { language: 'en', channel: 'email' } as const;

describe('values of a message', () => {
  it('say rupees in lakhs: Rs. in an SMS, ₹ elsewhere', () => {
    const facts = textFacts({ totalPaise: paise(12_34_567_50) });
    expect(mergeValues(facts, sms).amount).toBe('Rs.12,34,567.50');
    expect(mergeValues(facts, email).amount).toBe('₹12,34,567.50');
    expect(smsShape(mergeValues(facts, sms).amount ?? '').encoding).toBe('GSM-7');
  });

  it('say days as dd-mm-yyyy and how late the oldest bill is', () => {
    const bills = [
      textBill({ number: 'B', dueDay: day('2026-11-10'), daysLate: 12 }),
      textBill({ number: 'A', billDay: day('2026-10-01') }),
    ];
    expect(mergeValues(textFacts({ bills }), email)).toMatchObject({
      bill_list: 'A, B',
      bill_number: 'A, B',
      bill_count: '2',
      bill_day: '01-10-2026',
      due_day: '05-11-2026',
      days_late: '17',
      today: '22-11-2026',
    });
  });

  it('leave out what there is nothing of', () => {
    const facts = textFacts({ bills: [textBill({ daysLate: 0 })], overduePaise: paise(0) });
    const values = mergeValues(facts, email);
    expect(Object.keys(values).toSorted()).toEqual(
      'amount balance_lines bill_count bill_day bill_list bill_number business_name business_phone customer_name due_day today'.split(
        ' ',
      ),
    );
  });

  it('name foreign currencies apart and never add them to rupees', () => {
    const foreign = { currency: 'USD', foreignMinor: 1_200_00, openPaise: paise(99_999_00) };
    const bills = [
      textBill(),
      textBill({ number: 'X-1', ...foreign }),
      textBill({ number: 'X-2', ...foreign, daysLate: 0 }),
    ];
    const values = mergeValues(textFacts({ bills }), email);
    expect(values.amount).toBe('₹12,500.00 and USD 2,400.00');
    expect(values.overdue_amount).toBe('₹12,500.00 and USD 1,200.00');
    expect(values.balance_lines).not.toContain('99,999');
    const only = textFacts({ bills: bills.slice(1), totalPaise: paise(0), overduePaise: paise(0) });
    expect(mergeValues(only, email).amount).toBe('USD 2,400.00');
  });

  it('list what is open of each bill, then the credit, and net nothing (RM13)', () => {
    const facts = textFacts({
      bills: [textBill({ openPaise: paise(4_000_00) }), textBill({ number: '13', daysLate: 0 })],
      creditPaise: paise(700_00),
      totalPaise: paise(16_500_00),
    });
    expect(mergeValues(facts, email).balance_lines).toBe(
      [
        'INV-12: ₹4,000.00 (due 05-11-2026, 17 days late)',
        '13: ₹12,500.00 (due 05-11-2026)',
        'Your credit with us: ₹700.00',
        'Total: ₹16,500.00',
      ].join('\n'),
    );
    expect(mergeValues(facts, email)).toMatchObject({ amount: '₹16,500.00', credit_amount: '₹700.00' });
    expect(mergeValues(facts, { language: 'hi', channel: 'whatsapp' }).balance_lines).not.toContain('\n');
  });

  it('say one day late in the singular, and make no lines for a text without them', () => {
    const facts = textFacts({ bills: [textBill({ daysLate: 1 })] });
    expect(mergeValues(facts, email).balance_lines).toContain('(due 05-11-2026, 1 day late)');
    expect(mergeValues(facts, { ...email, fields: ['amount'] })).not.toHaveProperty('balance_lines');
  });

  it('give a numeric DLT variable digits only', () => {
    const numeric = { amount: { tag: 'numeric', charsMost: 15 } } as const;
    expect(mergeValues(textFacts(), { ...sms, variables: numeric }).amount).toBe('12500');
    const odd = textFacts({ totalPaise: paise(1_05) });
    expect(mergeValues(odd, { ...sms, variables: numeric }).amount).toBe('1.05');
  });

  it('take out of an SMS what would make it Unicode', () => {
    const facts = textFacts({ customerName: 'Ravi’s\u00a0“Best”\tTraders' });
    expect(mergeValues(facts, sms).customer_name).toBe('Ravi\'s "Best" Traders');
  });

  it('speak in a call: amounts and days in words, numbers digit by digit', () => {
    expect(mergeValues(textFacts(), { language: 'en', channel: 'voice' })).toMatchObject({
      amount: 'twelve thousand five hundred rupees',
      due_day: 'five November',
      bill_number: 'I N V one two',
    });
    expect(mergeValues(textFacts(), { language: 'hi', channel: 'voice' })).toMatchObject({
      amount: 'बारह हज़ार पाँच सौ रुपये',
      due_day: 'पाँच नवंबर',
    });
  });

  it('tell of a receipt and a promise', () => {
    const receipt = { amountPaise: paise(5_000_00), receiptDay: day('2026-11-20') };
    expect(mergeValues(textFacts({ receipt, promiseDay: day('2026-12-01') }), email)).toMatchObject({
      receipt_amount: '₹5,000.00',
      receipt_day: '20-11-2026',
      promise_day: '01-12-2026',
    });
  });
});

describe('a list of bills', () => {
  const style = { language: 'en', channel: 'sms', baseCurrency: 'INR' } as const;

  it.each([
    [['1', '2'], 30, '1, 2'],
    [['INV-0001', 'INV-0002', 'INV-0003', 'INV-0004'], 20, 'INV-0001 and 3 more'],
    [['INV-0001', 'INV-0002', 'INV-0003'], 30, 'INV-0001, INV-0002, INV-0003'],
    [['GST/2026-27/BLR/000123456789', 'B'], 30, '27/BLR/000123456789 and 1 more'],
  ])('names %j within %i characters', (numbers, most, text) => {
    expect(billListText(numbers, style, most)).toBe(text);
  });

  it('says "and more" in each language', () => {
    const text = (language: 'hi' | 'bn'): string =>
      billListText(['INV-00001', 'INV-00002'], { ...style, language }, 19);
    expect(text('hi')).toBe('INV-00001 और 1 अन्य');
    expect(text('bn')).toBe('INV-00001 ও আরও 1টি');
  });

  it('never gets longer than its variable', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ minLength: 1, maxLength: 40 }), { minLength: 1, maxLength: 30 }),
        (numbers) => {
          expect(billListText(numbers, style, 30).length).toBeLessThanOrEqual(30);
        },
      ),
    );
  });
});

describe('a shortened name', () => {
  it.each([
    ['Ravi Traders', 30, 'Ravi Traders'],
    ['Sri Lakshmi Venkateswara Hardware & Paints', 30, 'Sri Lakshmi Venkateswara'],
    ['Gupta Steel & Sons Private Limited', 14, 'Gupta Steel'],
    ['Abcdefghijklmnopqrstuvwxyz Traders', 10, 'Abcdefghij'],
    ['A Verylongnameofonewordonly Co', 20, 'A Verylongnameofonew'],
    ['  Ravi   Traders ', null, 'Ravi Traders'],
  ])('of %j within %s is cut at a word', (name, most, short) => {
    expect(shortenName(name, most)).toBe(short);
  });

  it('never splits a conjunct of an Indian script', () => {
    expect(shortenName('कृष्णमूर्तिवस्त्रालय', 4)).toBe('कृ');
  });
});
