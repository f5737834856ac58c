import { ctaProblems, ctasOf } from '#domain/reminders/texts/cta.ts';
import { dltProblems } from '#domain/reminders/texts/dlt-checks.ts';
import {
  dltValues,
  fitsVariable,
  matchDlt,
  registrationText,
  variablesByField,
} from '#domain/reminders/texts/dlt.ts';
import { renderTemplate } from '#domain/reminders/texts/render.ts';
import { mergeValues } from '#domain/reminders/texts/values.ts';
import { describe, expect, it } from 'vitest';
import { brand, dlt, template, textFacts } from './sample.ts';

const sms = template({ dlt });
const good =
  'Dear customer, we have not yet received Rs.12,500.00 for bill INV-12. Kindly pay, or tell us if you already have. - Gupta Steel, +91 98765 43210';

describe('the match of a text against its DLT template', () => {
  it('answers the variables, the brand being fixed text', () => {
    expect(matchDlt(good, sms, brand)).toEqual({ ok: true, value: ['Rs.12,500.00', 'INV-12'] });
    expect(registrationText(sms, brand)).toBe(
      'Dear customer, we have not yet received {#alphanumeric#} for bill {#alphanumeric#}. Kindly pay, or tell us if you already have. - Gupta Steel, +91 98765 43210',
    );
  });

  it('holds for what is rendered from the same template', () => {
    const values = mergeValues(textFacts(), {
      language: 'en',
      channel: 'sms',
      variables: variablesByField(sms),
    });
    const made = renderTemplate(sms, values);
    expect(made.ok && matchDlt(made.value.text, sms, brand).ok).toBe(true);
    expect(made.ok && dltValues(made.value.values).map((one) => one.name)).toEqual(['amount', 'bill_number']);
  });

  it('counts any white space as one space', () => {
    expect(matchDlt(`  ${good.replaceAll(' ', '\n ')}  `, sms, brand).ok).toBe(true);
  });

  it.each([
    ['a word more', `${good} Thanks`],
    ['a value left out', good.replace('Rs.12,500.00 ', '')],
    ['a word less', good.replace('Kindly ', '')],
    ['another case', good.replace('Dear', 'DEAR')],
    ['another brand', good.replace('Gupta', 'Verma')],
    ['a full stop less', good.replace('INV-12.', 'INV-12')],
  ])('fails for %s', (_what, text) => {
    expect(matchDlt(text, sms, brand)).toMatchObject({ ok: false, refusal: { code: 'dlt-text-differs' } });
  });

  it.each([
    ['a value too long', 'INV-12', 'X'.repeat(31), 'bill_number'],
    ['a link in a text variable', 'INV-12', 'https://a.in/1', 'bill_number'],
  ])('names the field for %s', (_what, from, to, field) => {
    const found = matchDlt(good.replace(from, to), sms, brand);
    expect(found).toMatchObject({ ok: false, refusal: { code: 'dlt-value-unfit', values: { field } } });
  });

  it.each([
    ['numeric', '12500', '12,500'],
    ['numeric', '12500.50', 'Rs.12500'],
    ['date', '05-11-2026', '5 Nov'],
    ['time', '10:30', '10.30'],
    ['url', 'https://a.in/1', 'a.in/1'],
    ['callback', '9876543210', 'Gupta'],
  ] as const)('holds a %s variable to its kind', (tag, fits, unfit) => {
    const one = template({
      body: 'Dear customer, {{amount}} is due. - {{business_name}}',
      dlt: { ...dlt, variables: [{ tag, charsMost: 30 }] },
    });
    const text = (value: string): string => `Dear customer, ${value} is due. - Gupta Steel`;
    expect(matchDlt(text(fits), one, brand).ok).toBe(true);
    expect(matchDlt(text(unfit), one, brand).ok).toBe(false);
  });

  it('finds the right cut where a value holds words of the fixed text', () => {
    const text = good.replace('INV-12', 'A for bill B');
    expect(matchDlt(text, sms, brand)).toEqual({ ok: true, value: ['Rs.12,500.00', 'A for bill B'] });
  });

  it('fails where more variables are registered than the text has', () => {
    const variables = [...dlt.variables, { tag: 'date', charsMost: 10 } as const];
    const found = matchDlt(good, template({ dlt: { ...dlt, variables } }), brand);
    expect(found).toMatchObject({ ok: false, refusal: { code: 'dlt-text-differs' } });
  });

  it('is not confused when the brand of one template changes', () => {
    expect(matchDlt(good, sms, { ...brand, businessName: 'Verma Steel' }).ok).toBe(false);
    expect(matchDlt(good, sms, brand).ok).toBe(true);
  });

  it('is refused where nothing is registered', () => {
    expect(matchDlt(good, template(), brand)).toMatchObject({ ok: false, refusal: { code: 'dlt-missing' } });
  });
});

describe('an alphanumeric variable', () => {
  const variable = { tag: 'alphanumeric', charsMost: 40 } as const;

  it.each([
    'https://pay.example.com/x',
    'www.gupta.example',
    'bit.ly/x',
    'evil.com',
    'Pay at EVIL.COM/now',
    'pay.gupta.co.in',
    'upi://pay?pa=a@b',
    '(rzp.io/rzp/AbC)',
  ])('takes no link, with or without its scheme: %s', (value) => {
    expect(fitsVariable(value, variable)).toBe(false);
  });

  it.each([
    'A.K.Co',
    'S.K.Traders',
    'M/s. Ram & Co.',
    'INV/2026-27/0031',
    'Rs.1,250.00',
    'K.M.In',
    'Sharma Pvt. Ltd.',
    'गुप्ता ट्रेडर्स',
  ])('takes a name, a number and an amount: %s', (value) => {
    expect(fitsVariable(value, variable)).toBe(true);
  });
});

describe('the check of a DLT template', () => {
  const codes = (over: Parameters<typeof template>[0]): readonly string[] =>
    dltProblems(template({ dlt, ...over }), brand, ['9876543210']).map((one) => `${one.level} ${one.code}`);
  const variable = { tag: 'alphanumeric', charsMost: 30 } as const;
  const filler = 'we have looked at our books and this is what we found, so please pay soon ';

  it('finds nothing wrong with a good one', () => {
    expect(codes({})).toEqual([]);
  });

  it.each([
    ['promotional', { category: 'promotional' as const }, 'blocks dlt-category'],
    ['a header with a prefix', { header: 'VM-GUPSTL' }, 'blocks dlt-header'],
    ['a header of five letters', { header: 'GUPST' }, 'blocks dlt-header'],
    ['a short id', { templateId: '1107' }, 'warns dlt-id'],
    ['a variable less', { variables: [variable] }, 'blocks dlt-variable-count'],
    [
      'a variable of 60',
      { variables: [variable, { ...variable, charsMost: 60 }] },
      'warns dlt-variable-length',
    ],
  ])('finds %s', (_what, over, code) => {
    expect(codes({ dlt: { ...dlt, ...over } })).toContain(code);
  });

  it('takes two variables, warns of a third and blocks a fourth', () => {
    const body = (fields: number): string =>
      `${Array.from({ length: fields }, () => `${filler}{{amount}} `).join('')}- {{business_name}}`;
    const own = (count: number): readonly string[] =>
      codes({ body: body(count), dlt: { ...dlt, variables: Array.from({ length: count }, () => variable) } });
    expect(own(2)).toEqual([]);
    expect(own(3)).toEqual(['warns dlt-variables-three']);
    expect(own(4)).toEqual(['blocks dlt-variables-many']);
  });

  it.each([
    ['{{amount}}{{due_day}}', true],
    ['{{amount}} {{due_day}}', true],
    ['{{amount}}, {{due_day}}', true],
    ['{{amount}} / ({{due_day}}', true],
    ['{{amount}} on {{due_day}}', false],
    ['{{amount}} {{business_name}} {{due_day}}', false],
  ])('calls the variables of %j neighbours: %s', (pair, isBlocked) => {
    const found = codes({ body: `${filler}${filler}${pair} is due. - {{business_name}}` });
    expect(found.includes('blocks dlt-variables-adjacent')).toBe(isBlocked);
  });

  it('warns below 60 % of fixed text and blocks below 30 %', () => {
    expect(codes({ body: 'Due {{amount}} for {{due_day}} at {{business_name}}, pay now soon' })).toEqual([
      'warns dlt-fixed-share',
    ]);
    expect(codes({ body: '{{amount}} on {{due_day}} {{business_name}}' })).toEqual([
      'blocks dlt-fixed-share',
    ]);
  });

  it('wants the business named, by its field or in words', () => {
    const body = `${filler}{{amount}} for bill {{bill_number}}`;
    expect(codes({ body: body + filler })).toContain('blocks dlt-brand');
    expect(codes({ body: `${body} ${filler} gupta steel` })).toEqual([]);
  });
});

describe('links and numbers that need the whitelist', () => {
  it.each([
    ['Call +91 98765 43210 today', 'mobile', '9876543210'],
    ['Call 09876543210.', 'mobile', '9876543210'],
    ['Call 022 2345 6789', 'landline', '2223456789'],
    ['Call 1800 123 4567', 'toll-free', '18001234567'],
    ['Call 1600123456', 'series', '1600123456'],
    ['See https://pay.gupta.in/x?y=1.', 'url', 'pay.gupta.in'],
    ['See gupta.in/pay', 'url', 'gupta.in'],
    ['See https://wa.me/919876543210?text=hi', 'wa-me', 'https://wa.me/919876543210'],
    ['Open upi://pay?pa=a@b', 'url', 'upi://pay'],
  ])('are found in %j', (text, kind, whitelistAs) => {
    expect(ctasOf(text).map((one) => [one.kind, one.whitelistAs])).toEqual([[kind, whitelistAs]]);
  });

  it.each(['due on 05-11-2026', 'Rs.12,34,567.00', 'bill INV/2026-27/0031', 'bill 204512', 'Rs.1250000.50'])(
    'are not seen in %j',
    (text) => {
      expect(ctasOf(text)).toEqual([]);
    },
  );

  it('warn until the owner has them whitelisted', () => {
    const text = 'Call 9876543210 or see pay.gupta.in';
    expect(ctaProblems(text).map((one) => one.values['whitelistAs'])).toEqual(['pay.gupta.in', '9876543210']);
    expect(ctaProblems(text, ['9876543210', 'PAY.gupta.in'])).toEqual([]);
  });
});
