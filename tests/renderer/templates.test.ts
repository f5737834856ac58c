// What the texts' screens decide by themselves: where a text stands, what is missing, what is put in where.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { mergeFields } from '#domain/reminders/template-facts.ts';
import { dltCategories, dltTags, whatsappStatuses } from '#domain/reminders/words.ts';
import {
  emptyDraft,
  fillKnown,
  freeKey,
  insertField,
  withVariables,
  registeredAs,
  wishOf,
  type TemplateDraft,
} from '#features/templates/draft.ts';
import { linkParts } from '#features/templates/link-parts.ts';
import { msg91Text } from '#features/templates/msg91-text.ts';
import {
  languageMarks,
  languagesOf,
  messageRows,
  stateCounts,
  stateOf,
  textStates,
  type ListedTemplate,
} from '#features/templates/template-grid.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { repository } from '../architecture/read-tree.ts';

const place = {
  key: 'on-due',
  name: 'On the due day',
  purpose: 'reminder',
  tone: 'friendly',
  channel: 'sms',
  language: 'en',
} as const;

function textOf(given: Partial<ListedTemplate>): ListedTemplate {
  return {
    ...emptyDraft(place, place),
    templateId: 1,
    version: 1,
    isUsed: false,
    isStarter: true,
    problems: [],
    ...given,
  };
}

const blocking = { code: 'text-empty', detail: { en: 'It is empty.', hi: 'ख़ाली है।' }, isBlocking: true };

describe('the table of messages', () => {
  const texts = [
    textOf({ key: 'thanks', purpose: 'thanks', name: 'Thanks' }),
    textOf({ language: 'hi', name: 'देय तिथि पर', isPaused: true, isUsed: true }),
    textOf({}),
    textOf({ channel: 'email', problems: [blocking], isPaused: true }),
  ];

  it('has a row for each message, reminders first, in the name of the window’s language', () => {
    expect(messageRows(texts, 'all', 'hi').map(({ key, name }) => [key, name])).toEqual([
      ['on-due', 'देय तिथि पर'],
      ['thanks', 'Thanks'],
    ]);
    expect(messageRows(texts, 'all', 'en')[0]?.name).toBe('On the due day');
  });

  it('has a mark for each language of the book on each channel, also for what is still to be written', () => {
    const [row] = messageRows(texts, 'all', 'en');
    const marks = (channel: 'sms' | 'email' | 'letter'): unknown =>
      row?.slots.get(channel)?.map(({ language, state }) => [language, state]);
    expect(marks('sms')).toEqual([
      ['en', 'present'],
      ['hi', 'paused'],
    ]);
    expect(marks('email')).toEqual([
      ['en', 'problem'],
      ['hi', 'missing'],
    ]);
    expect(marks('letter')).toEqual([
      ['en', 'missing'],
      ['hi', 'missing'],
    ]);
  });

  it('names the broken rule before the pause that came of it', () => {
    expect(stateOf(textOf({ isPaused: true, problems: [blocking] }))).toBe('problem');
    expect(stateOf(textOf({ isPaused: true, problems: [{ ...blocking, isBlocking: false }] }))).toBe(
      'paused',
    );
  });

  it('shows only the messages that have such a text, whole, and counts them', () => {
    expect(messageRows(texts, 'paused', 'en').map(({ key }) => key)).toEqual(['on-due']);
    expect(messageRows(texts, 'problem', 'en')[0]?.slots.get('sms')?.[0]?.state).toBe('present');
    expect(stateCounts(texts)).toEqual({ present: 2, problem: 1, paused: 1, missing: 0 });
  });

  it('calls a message used when a cadence sends it on any channel', () => {
    expect(messageRows(texts, 'all', 'en').map(({ isUsed }) => isUsed)).toEqual([true, false]);
  });

  it('asks for the languages that the book has, in one order', () => {
    expect(languagesOf([textOf({ language: 'ta' }), textOf({ language: 'en' })])).toEqual(['en', 'ta']);
  });
});

describe('a text that is being written', () => {
  it('takes a field in place of what is selected, and the cursor goes behind it', () => {
    expect(insertField('Pay XX now', 'amount', { from: 4, to: 6 })).toEqual({
      text: 'Pay {{amount}} now',
      cursor: 14,
    });
  });

  it('has a subject only where the channel has one', () => {
    const subjects = (['email', 'letter', 'sms', 'whatsapp', 'voice', 'call'] as const).map(
      (channel) => emptyDraft({ channel, language: 'en' }, place).subject,
    );
    expect(subjects).toEqual(['', '', null, null, null, null]);
  });

  it('is shown by its key while its name is empty: the engine takes no nameless text', () => {
    expect(wishOf({ ...emptyDraft(place, place), name: ' ' }).name).toBe('on-due');
  });

  it('gets a key of its own, whatever it is called', () => {
    expect(freeKey('Diwali greetings!', [])).toBe('diwali-greetings');
    expect(freeKey('On due', [{ key: 'on-due' }, { key: 'on-due-2' }])).toBe('on-due-3');
    expect(freeKey('दिवाली', [])).toBe('message');
  });

  it('shows what is known of a customer, and leaves what is not', () => {
    const values = [
      { field: 'amount', value: '₹5' },
      { field: 'upi_link', value: null },
    ];
    expect(fillKnown('{{amount}} by {{ amount }} or {{upi_link}} {{x}}', values)).toBe(
      '₹5 by ₹5 or {{upi_link}} {{x}}',
    );
  });
});

describe('the registration of an SMS', () => {
  const dlt = {
    entityId: '',
    header: '',
    templateId: '',
    category: 'service-implicit',
    variables: [],
  } as const;
  const draft = (body: string, variables: { tag: 'numeric'; charsMost: number }[] = []): TemplateDraft => ({
    ...emptyDraft(place, place),
    body,
    dlt: { ...dlt, variables },
  });

  it('has a variable of the right kind for each field that differs from message to message', () => {
    const body = '{{business_name}}: {{amount}} since {{due_day}}, {{days_late}} days, {{pay_link}}';
    expect(withVariables(draft(body)).dlt?.variables.map(({ tag }) => tag)).toEqual([
      'alphanumeric',
      'date',
      'numeric',
      'url',
    ]);
  });

  it('keeps what the owner registered, and drops what the text no longer has', () => {
    const kept = { tag: 'numeric', charsMost: 12 } as const;
    expect(withVariables(draft('{{amount}} is due', [kept, kept])).dlt?.variables).toEqual([kept]);
    expect(withVariables({ ...draft('{{amount}}'), dlt: null }).dlt).toBeNull();
  });

  it('names the variables as MSG91 wants them, with the business as fixed text', () => {
    const brand = { businessName: 'Demo Traders', businessPhone: null };
    expect(msg91Text('{{amount}} for {{bill_number}} - {{business_name}}', brand)).toBe(
      '##amount## for ##bill_number## - Demo Traders',
    );
  });
});

describe('links in a mail', () => {
  it('are found without the full stop behind them', () => {
    expect(
      linkParts('Pay at https://pay.in/a?b=1. Thanks').map(({ text, isLink }) => [text, isLink]),
    ).toEqual([
      ['Pay at ', false],
      ['https://pay.in/a?b=1', true],
      ['. Thanks', false],
    ]);
  });

  it('lose nothing of the text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.stringMatching(/^[a-z0-9/.,?=]{1,12}$/), (text, rest) => {
        const all = `${text} https://${rest} ${text}`;
        expect(
          linkParts(all)
            .map((part) => part.text)
            .join(''),
        ).toBe(all);
      }),
    );
  });
});

const saying = z.string().min(1);

it.each(['en', 'hi'])('has words for every field, state, tag, category and status in %s', (language) => {
  const file = path.join(repository, 'src-renderer/words', language, 'templates.json');
  const keysOf = (list: readonly string[]): z.ZodType =>
    z.strictObject(Object.fromEntries(list.map((one) => [one, saying])));
  const words = z
    .looseObject({
      fields: keysOf(['about', 'nothing', ...mergeFields]),
      state: keysOf(textStates),
      dlt: z.looseObject({ tags: keysOf(dltTags), categories: keysOf(dltCategories) }),
      whatsapp: z.looseObject({ statuses: keysOf(whatsappStatuses) }),
    })
    .safeParse(JSON.parse(readFileSync(file, 'utf8')));
  expect(words.error?.issues ?? []).toEqual([]);
});

it('marks each language with letters of its own', () => {
  expect(new Set(Object.values(languageMarks)).size).toBe(messageLanguages.length);
});

describe('what the business has registered', () => {
  const dlt = {
    entityId: '1101234567890123456',
    header: 'DUKAAN',
    templateId: '1107',
    category: 'service-implicit' as const,
    variables: [],
  };

  it('is taken from a text that has it, but never the id of that text', () => {
    expect(registeredAs([{ dlt: null }, { dlt: { ...dlt, entityId: '' } }, { dlt }])).toEqual({
      entityId: '1101234567890123456',
      header: 'DUKAAN',
    });
    expect(registeredAs([{ dlt: null }])).toEqual({ entityId: '', header: '' });
  });
});
