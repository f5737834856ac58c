import { readFileSync } from 'node:fs';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { lintOverride, lintTemplateText, lintWording } from '#domain/reminders/texts/wording.ts';
import { hasBlocking } from '#domain/reminders/texts/problems.ts';
import { wordingKinds } from '#domain/reminders/texts/wording-kinds.ts';
import { describe, expect, it } from 'vitest';

type Line = { readonly language: string; readonly kind?: string; readonly text: string };
type Lines = { readonly violations: readonly Line[]; readonly clean: readonly Line[] };

const set = JSON.parse(readFileSync('tests/domain/reminders/texts/wording-set.json', 'utf8')) as Lines;
const CLEAN_BLOCKED_PERCENT_MOST = 3;

const isBlocked = ({ text }: Line): boolean => hasBlocking(lintWording(text));

describe('the set of wordings', () => {
  it('has 60 violations of every kind and 200 clean texts, in all eight languages', () => {
    expect(set.violations.length).toBeGreaterThanOrEqual(60);
    expect(set.clean.length).toBeGreaterThanOrEqual(200);
    const blocking = wordingKinds.filter((kind) => kind !== 'legal');
    expect(new Set(set.violations.map((one) => one.kind))).toEqual(new Set(blocking));
    for (const lines of [set.violations, set.clean]) {
      expect(new Set(lines.map((one) => one.language))).toEqual(new Set(messageLanguages));
      expect(new Set(lines.map((one) => one.text)).size).toBe(lines.length);
    }
  });

  it('is blocked wherever it violates', () => {
    expect(set.violations.filter((one) => !isBlocked(one))).toEqual([]);
  });

  it('is blocked for the reason that each line names', () => {
    const other = set.violations.filter(
      ({ text, kind }) => !lintWording(text).some((one) => one.code === `wording-${kind}`),
    );
    expect(other).toEqual([]);
  });

  it('passes where it is clean, but for three in a hundred at most', () => {
    const blocked = set.clean.filter(isBlocked);
    expect((blocked.length * 100) / set.clean.length, JSON.stringify(blocked)).toBeLessThanOrEqual(
      CLEAN_BLOCKED_PERCENT_MOST,
    );
  });
});

describe('wording', () => {
  it.each([
    'We may take legal action.',
    'Our lawyer will write to you.',
    'This is our final notice.',
    'हम कानूनी कार्रवाई करेंगे।',
    'અમે કાનૂની પગલાં લઈશું.',
    'आम्ही कायदेशीर कारवाई करू.',
    'சட்ட நடவடிக்கை எடுப்போம்.',
    'చట్టపరమైన చర్య తీసుకుంటాము.',
    'ಕಾನೂನು ಕ್ರಮ ಕೈಗೊಳ್ಳುತ್ತೇವೆ.',
    'আইনি ব্যবস্থা নেব।',
  ])('of legal steps needs a person and is not blocked: %s', (text) => {
    expect(lintWording(text).map((one) => [one.code, one.level])).toEqual([
      ['wording-legal', 'needs-person'],
    ]);
  });

  it.each(['Police Stores', 'Pandit & Sons', 'Family Mart', 'Hindu Hardware', 'Offer Bazaar'])(
    'never counts a party’s name in a field: %s',
    (name) => {
      const body = 'Dear {{customer_name}}, your bill {{bill_number}} is due. - {{business_name}}';
      expect(lintTemplateText(body, 'Payment due: {{customer_name}}')).toEqual([]);
      const override = `Dear ${name}, we spoke today. Please pay bill 12. - ${name}`;
      expect(lintOverride(override, { customer_name: name })).toEqual([]);
    },
  );

  it('reads what a person adds to a text, beside the names in it', () => {
    const text = 'Dear Police Stores, pay or we call the police.';
    const found = lintOverride(text, { customer_name: 'Police Stores' });
    expect(found.map((one) => one.code)).toEqual(['wording-police']);
  });

  it('reads subjects too', () => {
    expect(lintTemplateText('Please pay {{amount}}.', 'Arrest of {{customer_name}}')).toMatchObject([
      { code: 'wording-police', level: 'blocks', values: { words: 'arrest' } },
    ]);
  });

  it.each(['गिरफ़्तार', 'गिरफ्तार', 'गिरफ़्तार'.normalize('NFD')])(
    'knows a word in every way to write it: %s',
    (word) => {
      expect(lintWording(`आप ${word} होंगे`).map((one) => one.code)).toEqual(['wording-police']);
    },
  );

  it('tells FIR from the Hindi word for again', () => {
    expect(lintWording('An FIR is ready.')).toHaveLength(1);
    expect(lintWording('Fir se yaad dila rahe hain.')).toEqual([]);
  });
});
