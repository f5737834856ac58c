import { checkTemplate } from '#domain/reminders/texts/check.ts';
import { fieldProblems } from '#domain/reminders/texts/fields.ts';
import { escapeHtml, renderTemplate } from '#domain/reminders/texts/render.ts';
import { describe, expect, it } from 'vitest';
import { brand, template } from './sample.ts';

const email = template({
  channel: 'email',
  subject: '{{business_name}}: {{amount}}',
  body: 'Dear {{customer_name}},\n\nPlease pay {{amount}} at {{pay_link}}.\n{{amount}} is due.',
});
const values = {
  customer_name: 'A & B <Traders>',
  business_name: 'Gupta\r\nBcc: x@y.z',
  amount: '₹1,000.00',
  pay_link: 'https://pay.test/l?a=1&b="2',
};

describe('a rendered text', () => {
  it('lists the fields of the body in order, as often as they stand there', () => {
    const made = renderTemplate(email, values);
    expect(made.ok && made.value.values.map((one) => one.name)).toEqual([
      'customer_name',
      'amount',
      'pay_link',
      'amount',
    ]);
  });

  it('escapes everything in the mail and links only https', () => {
    const made = renderTemplate(email, values);
    expect(made.ok && made.value.html).toBe(
      '<!doctype html><html><body><p>Dear A &amp; B &lt;Traders&gt;,</p><p>Please pay ₹1,000.00 at <a href="https://pay.test/l?a=1&amp;b=">https://pay.test/l?a=1&amp;b=</a>&quot;2.<br>₹1,000.00 is due.</p></body></html>',
    );
    expect(escapeHtml(`<a href='x'>"&`)).toBe('&lt;a href=&#39;x&#39;&gt;&quot;&amp;');
  });

  it('never lets a value start another header of a mail', () => {
    const made = renderTemplate(email, values);
    expect(made.ok && made.value.subject).toBe('Gupta Bcc: x@y.z: ₹1,000.00');
  });

  it('has neither subject nor html on other channels', () => {
    const made = renderTemplate(template({ body: 'Hello', subject: 'Left over' }), {});
    expect(made).toMatchObject({ ok: true, value: { text: 'Hello', subject: null, html: null } });
  });

  it('puts a value in once: a customer called {{amount}} keeps that name', () => {
    const made = renderTemplate(template({ body: 'Dear {{customer_name}}: {{amount}}' }), {
      customer_name: '{{amount}} $& $1',
      amount: 'Rs.5.00',
    });
    expect(made.ok && made.value.text).toBe('Dear {{amount}} $& $1: Rs.5.00');
  });

  it.each([
    [{ amount: 'Rs.5.00' }, 'customer_name'],
    [{ amount: ' ', customer_name: 'A' }, 'amount'],
  ])('is refused where a field has nothing to say', (given, field) => {
    expect(renderTemplate(template({ body: '{{amount}} {{ customer_name }}' }), given)).toMatchObject({
      ok: false,
      refusal: { code: 'merge-value-missing', field },
    });
  });

  it('is refused for a field that does not exist', () => {
    expect(renderTemplate(template({ body: '{{amont}}' }), {})).toMatchObject({
      ok: false,
      refusal: { code: 'merge-field-unknown', values: { field: 'amont' } },
    });
  });
});

describe('the check of a template', () => {
  it('names unknown fields once and braces that are not closed', () => {
    expect(fieldProblems('{{amont}} {{amont}} {{amount}').map((one) => one.code)).toEqual([
      'merge-field-unknown',
      'merge-field-open',
    ]);
  });

  it.each([
    ['an empty text', template({ channel: 'whatsapp', body: ' ' }), ['text-empty']],
    ['a mail without a subject', { ...email, subject: ' ' }, ['subject-empty']],
    ['a mail with a long subject', { ...email, subject: 'a'.repeat(151) }, ['subject-long']],
    ['a long call', template({ channel: 'voice', body: 'a'.repeat(1001) }), ['voice-long']],
    ['a last notice', template({ channel: 'call', tone: 'final' }), ['wording-final']],
    ['an offer', template({ channel: 'call', body: 'Get 5% off.' }), ['wording-offer']],
    ['a good mail', email, []],
  ])('finds what is wrong with %s', (_what, given, codes) => {
    expect(checkTemplate(given, { brand }).map((one) => one.code)).toEqual(codes);
  });

  it('warns of letters that make an SMS Unicode, and blocks one that is a letter', () => {
    const body = `${template().body} “thanks”`;
    expect(checkTemplate(template({ body }), { brand, whitelisted: ['9876543210'] })).toMatchObject([
      { code: 'sms-letters', level: 'warns', values: { letter: '“' } },
    ]);
    const long = template({ body: `${template().body} ${'word '.repeat(200)}` });
    expect(checkTemplate(long, { brand }).map((one) => one.code)).toContain('sms-parts');
  });
});
