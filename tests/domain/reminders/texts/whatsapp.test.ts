import {
  approvalText,
  matchWhatsapp,
  whatsappParameters,
  whatsappProblems,
  windowOf,
} from '#domain/reminders/texts/whatsapp.ts';
import { renderTemplate } from '#domain/reminders/texts/render.ts';
import { describe, expect, it } from 'vitest';
import { template } from './sample.ts';

const body = 'Dear {{customer_name}}, {{amount}} is due. Pay {{amount}} now.';
const approved = {
  name: 'after_due_1',
  language: 'en',
  status: 'approved',
  parameters: ['customer_name', 'amount'],
  hasDocument: false,
} as const;
const whatsapp = template({ channel: 'whatsapp', body, whatsapp: approved });
const values = { customer_name: 'Ravi', amount: '₹5.00' };

function match(given = whatsapp, over: Readonly<Record<string, string>> = {}) {
  const made = renderTemplate(given, { ...values, ...over });
  if (!made.ok) throw new Error(made.refusal.sentence);
  return matchWhatsapp(given, made.value);
}

describe('a WhatsApp template', () => {
  it('has its fields as {{1}}, {{2}}, each once', () => {
    expect(whatsappParameters(body)).toEqual(['customer_name', 'amount']);
    expect(approvalText(body)).toBe('Dear {{1}}, {{2}} is due. Pay {{2}} now.');
    expect(match()).toEqual({ ok: true, value: ['Ravi', '₹5.00'] });
  });

  it.each([
    ['status', { status: 'pending' as const }, 'whatsapp-not-approved'],
    ['a parameter less', { parameters: ['customer_name'] }, 'whatsapp-parameters'],
    ['another order', { parameters: ['amount', 'customer_name'] }, 'whatsapp-parameters'],
    ['a name in capitals', { name: 'After Due' }, 'whatsapp-name'],
  ])('is not sent for its %s', (_what, over, code) => {
    const given = { ...whatsapp, whatsapp: { ...approved, ...over } };
    expect(whatsappProblems(given).map((one) => one.code)).toEqual([code]);
    expect(match(given)).toMatchObject({ ok: false, refusal: { code } });
  });

  it.each(['a\nb', 'a\tb', 'a    b'])('is not sent with %j in a parameter', (name) => {
    expect(match(whatsapp, { customer_name: name })).toMatchObject({
      ok: false,
      refusal: { code: 'whatsapp-parameter-shape', field: 'customer_name' },
    });
  });

  it('is not sent when it grew too long, and not saved when its body is', () => {
    expect(match(whatsapp, { customer_name: 'a'.repeat(1024) })).toMatchObject({
      refusal: { code: 'whatsapp-text-long' },
    });
    const long = template({ channel: 'whatsapp', body: 'a'.repeat(1025) });
    expect(whatsappProblems(long)).toMatchObject([{ code: 'whatsapp-body-long', values: { length: 1025 } }]);
  });

  it('warns of a field at its edge and is refused without an approval', () => {
    const edge = template({ channel: 'whatsapp', body: 'Dear {{customer_name}}' });
    expect(whatsappProblems(edge)).toMatchObject([{ level: 'warns', code: 'whatsapp-edge-field' }]);
    expect(match(edge)).toMatchObject({ refusal: { code: 'whatsapp-missing' } });
  });
});

describe('the window for free text', () => {
  const hour = 3_600_000;
  const now = 1_800_000_000_000;

  it.each([
    [null, false, null],
    [now, true, now + 24 * hour],
    [now - 24 * hour + 1, true, now + 1],
    [now - 24 * hour, false, now],
    [now + hour, false, now + 25 * hour],
  ])('after a message at %s is open: %s', (lastInboundAt, isOpen, closesAt) => {
    expect(windowOf(lastInboundAt, now)).toEqual({ isOpen, closesAt });
  });
});
