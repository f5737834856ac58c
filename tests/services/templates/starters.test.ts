import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { messageLanguages, type MessageLanguage } from '#domain/reminders/languages.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { checkTemplate } from '#domain/reminders/texts/check.ts';
import { matchDlt, variablesByField } from '#domain/reminders/texts/dlt.ts';
import { renderTemplate } from '#domain/reminders/texts/render.ts';
import { smsShape } from '#domain/reminders/texts/sms.ts';
import { mergeValues } from '#domain/reminders/texts/values.ts';
import { channels, purposes, stepAnchors, tones } from '#domain/reminders/words.ts';
import { presetOf } from '#engine/services/cadences/presets.ts';
import { startersOf, type Starter } from '#engine/services/templates/starters.ts';
import { brand, dlt, textBill, textFacts } from '#tests/domain/reminders/texts/sample.ts';
import { describe, expect, it } from 'vitest';

/** What a person answers with a press; it can be changed before it leaves. */
const ANSWERS = ['reply-paid', 'reply-reference', 'reply-statement', 'reply-checking', 'reply-which-day'];
const KEYS = [
  'before-due',
  'on-due',
  'after-due-1',
  'after-due-2',
  'after-due-3',
  'final',
  'statement',
  'thanks',
  'notice',
  'reply-received',
  ...ANSWERS,
];
const PARTS_MOST = 3;

const unregistered = { dlt: null, vendorTemplateId: null, whatsapp: null, isPaused: false, version: 1 };

function templateFrom(starter: Starter, language: MessageLanguage): MessageTemplate {
  const { variables: _variables, ...words } = starter;
  return { templateId: 1, language, ...words, ...unregistered };
}

/** As it is once the owner has registered it: that is what the checks are about. */
function registered(starter: Starter, language: MessageLanguage): MessageTemplate {
  const template = templateFrom(starter, language);
  return starter.channel === 'sms'
    ? { ...template, dlt: { ...dlt, variables: starter.variables ?? [] } }
    : template;
}

const facts = textFacts({
  bills: [
    textBill(),
    textBill({ number: 'INV/2026-27/0031', dueDay: day('2026-11-10') }),
    textBill({ number: '45', dueDay: day('2026-11-12') }),
  ],
  totalPaise: paise(12_34_567_00),
  overduePaise: paise(12_34_567_00),
  creditPaise: paise(500_00),
  receipt: { amountPaise: paise(5_000_00), receiptDay: day('2026-11-20') },
});

describe.each(messageLanguages)('starter texts in %s', (language) => {
  const texts = startersOf(language);

  it('have every message for SMS, WhatsApp and mail, each once', () => {
    const ids = texts.map((one) => `${one.channel} ${one.key}`);
    expect(new Set(ids).size).toBe(ids.length);
    for (const channel of ['sms', 'whatsapp', 'email'] as const) {
      const keys = texts.filter((one) => one.channel === channel).map((one) => one.key);
      expect(keys).toEqual(KEYS);
    }
    for (const one of texts) {
      expect(channels).toContain(one.channel);
      expect(purposes).toContain(one.purpose);
      expect(tones).toContain(one.tone);
    }
  });

  it('pass every check without a warning, but for the owner’s own number and last notices', () => {
    for (const starter of texts) {
      const problems = checkTemplate(registered(starter, language), {
        brand,
        whitelisted: ['9876543210'],
      });
      const codes = problems.map((one) => one.code);
      expect([starter.channel, starter.key, codes]).toEqual([
        starter.channel,
        starter.key,
        starter.tone === 'final' ? ['wording-final'] : [],
      ]);
    }
  });

  it('are filled in for several bills, match their DLT template and take three SMS parts at most', () => {
    for (const starter of texts) {
      const template = registered(starter, language);
      const variables = variablesByField(template);
      const values = mergeValues(facts, { language, channel: template.channel, variables });
      const made = renderTemplate(template, values);
      if (!made.ok) throw new Error(`${starter.channel} ${starter.key}: ${made.refusal.sentence}`);
      expect(made.value.text).not.toMatch(/\{\{|undefined|NaN/u);
      if (starter.channel !== 'sms') continue;
      expect(matchDlt(made.value.text, template, brand)).toMatchObject({ ok: true });
      const shape = smsShape(made.value.text);
      expect(shape.encoding).toBe(language === 'en' ? 'GSM-7' : 'UCS-2');
      expect([starter.key, shape.parts <= PARTS_MOST]).toEqual([starter.key, true]);
    }
  });
});

describe('starter texts', () => {
  it('have in every language each message that English has, on every channel', () => {
    const idsOf = (language: MessageLanguage): readonly string[] =>
      startersOf(language).map(({ channel, key, purpose, tone }) => `${channel} ${key} ${purpose} ${tone}`);
    for (const language of messageLanguages)
      expect([language, idsOf(language).toSorted()]).toEqual([language, idsOf('en').toSorted()]);
  });

  it('have words for a person’s own calls in English and Hindi: who calls, how much, and on which day it comes', () => {
    for (const language of ['en', 'hi'] as const) {
      const calls = startersOf(language).filter((one) => one.channel === 'call');
      expect(calls.map((one) => one.key)).toEqual(['after-due-1', 'after-due-2', 'after-due-3']);
      for (const call of calls) {
        const template = templateFrom(call, language);
        const made = renderTemplate(template, mergeValues(facts, { language, channel: 'call' }));
        if (!made.ok) throw new Error(`${call.key}: ${made.refusal.sentence}`);
        const [opening = '', , asking = ''] = made.value.text.split('\n\n');
        expect(opening.slice(0, 40)).toContain(facts.businessName);
        expect(opening).toContain('12,34,567');
        expect(asking).toMatch(language === 'en' ? /on which day .*\?/u : /किस दिन .*\?/u);
      }
    }
  });

  it('have calls by a machine and three letters in English and Hindi', () => {
    for (const language of ['en', 'hi'] as const) {
      const templates = startersOf(language);
      const of = (channel: string): readonly string[] =>
        templates.filter((one) => one.channel === channel).map((one) => one.key);
      expect(of('letter')).toEqual(['letter-1', 'letter-2', 'letter-3']);
      expect(of('voice')).toEqual(
        KEYS.filter((key) => !['statement', 'notice', 'reply-received', ...ANSWERS].includes(key)),
      );
    }
  });

  it('name the same fields in every language', () => {
    const fieldsOf = (language: MessageLanguage): Readonly<Record<string, readonly string[]>> =>
      Object.fromEntries(
        startersOf(language)
          .filter((one) => ['sms', 'whatsapp', 'email'].includes(one.channel))
          .map((one) => [`${one.channel} ${one.key}`, (one.body.match(/\{\{\w+\}\}/gu) ?? []).toSorted()]),
      );
    for (const language of messageLanguages) expect(fieldsOf(language)).toEqual(fieldsOf('en'));
  });
});

describe('cadences to begin with', () => {
  const cadences = (['gentle', 'standard', 'firm'] as const).map(presetOf);
  const templates = startersOf('en');
  // A step sends reminders only.
  const texts = new Set(
    templates.filter((one) => one.purpose === 'reminder').map((one) => `${one.channel} ${one.key}`),
  );

  it.each(cadences.map((one) => [one.key, one] as const))(
    '%s has steps that can be sent',
    (_key, cadence) => {
      const ids = cadence.steps.map((step) => step.stepId);
      expect(new Set(ids).size).toBe(ids.length);
      for (const step of cadence.steps) {
        expect(tones).toContain(step.tone);
        expect(stepAnchors).toContain(step.anchor);
        expect(step.channels.length).toBeGreaterThan(0);
        for (const channel of step.channels) {
          expect(channels).toContain(channel);
          expect(texts).toContain(`${channel} ${step.templateKey}`);
        }
        expect(step.days >= 0 || step.anchor === 'due').toBe(true);
        // A last notice is never sent by a machine alone.
        expect(step.tone !== 'final' || step.needsPerson).toBe(true);
      }
    },
  );

  it.each(cadences.map((one) => [one.key, one] as const))(
    '%s never gives a bill two steps within its gap',
    (_key, cadence) => {
      const days = cadence.steps.map((step) => step.days);
      for (const [at, own] of days.entries()) {
        if (at > 0) expect(own - (days[at - 1] ?? 0)).toBeGreaterThanOrEqual(cadence.gapDays);
      }
    },
  );
});
