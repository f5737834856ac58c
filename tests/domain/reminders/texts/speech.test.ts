import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { digitsSpoken, numberWords } from '#domain/reminders/texts/number-words.ts';
import { keyMeaning, voiceScript } from '#domain/reminders/texts/speech.ts';
import { amountSpoken, daySpoken } from '#domain/reminders/texts/spoken.ts';
import { describe, expect, it } from 'vitest';

describe('spoken numbers', () => {
  it.each([
    [0, 'zero', 'शून्य'],
    [19, 'nineteen', 'उन्नीस'],
    [40, 'forty', 'चालीस'],
    [89, 'eighty-nine', 'नवासी'],
    [99, 'ninety-nine', 'निन्यानवे'],
    [100, 'one hundred', 'एक सौ'],
    [12_500, 'twelve thousand five hundred', 'बारह हज़ार पाँच सौ'],
    [1_00_000, 'one lakh', 'एक लाख'],
    [
      12_34_567,
      'twelve lakh thirty-four thousand five hundred sixty-seven',
      'बारह लाख चौंतीस हज़ार पाँच सौ सड़सठ',
    ],
    [5_00_00_000, 'five crore', 'पाँच करोड़'],
    [1_25_00_00_000, 'one hundred twenty-five crore', 'एक सौ पच्चीस करोड़'],
  ])('%i in lakh and crore', (value, en, hi) => {
    expect([numberWords(value, 'en'), numberWords(value, 'hi')]).toEqual([en, hi]);
  });

  it('have a word of their own for each number below a hundred in Hindi', () => {
    const words = Array.from({ length: 100 }, (_, at) => numberWords(at, 'hi'));
    expect(new Set(words).size).toBe(100);
    expect(words.every((word) => /^\p{Script=Devanagari}+$/u.test(word))).toBe(true);
  });

  it.each([
    [1_00, 'one rupee', 'एक रुपया'],
    [12_500_50, 'twelve thousand five hundred rupees and fifty paise', 'बारह हज़ार पाँच सौ रुपये और पचास पैसे'],
    [1, 'one paisa', 'एक पैसा'],
    [0, 'zero rupees', 'शून्य रुपये'],
  ])('of %i paise', (amount, en, hi) => {
    expect([amountSpoken(paise(amount), 'en'), amountSpoken(paise(amount), 'hi')]).toEqual([en, hi]);
  });

  it('say a bill’s number digit by digit and a day without its year', () => {
    expect(digitsSpoken('INV/2026-045', 'en')).toBe('I N V two zero two six zero four five');
    expect(digitsSpoken('बिल-12', 'hi')).toBe('बिल एक दो');
    expect([daySpoken(day('2026-11-05'), 'en'), daySpoken(day('2026-02-28'), 'hi')]).toEqual([
      'five November',
      'अट्ठाईस फ़रवरी',
    ]);
  });
});

describe('the script of a call', () => {
  const facts = {
    businessName: 'Gupta Steel',
    businessPhone: '022 2345',
    customerName: 'Ravi Traders',
    text: 'twelve thousand rupees are due.',
    promiseDay: day('2026-11-29'),
  };

  it.each(['en', 'hi'] as const)(
    'in %s names the business first and no amount before a key is pressed',
    (language) => {
      const script = voiceScript(facts, language);
      expect(script.opening.indexOf('Gupta Steel')).toBeGreaterThan(0);
      expect(script.opening.indexOf('Gupta Steel')).toBeLessThan(script.opening.indexOf('Ravi Traders'));
      expect(script.opening).not.toContain(facts.text);
      expect(script.opening).not.toMatch(/rupee|रुपय|bill|बिल|due|बाकी|देय/u);
      expect(script.details.startsWith(facts.text)).toBe(true);
      for (const key of ['1', '2', '3', '9']) expect(script.details).toContain(key);
      expect(script.opening).toContain('9');
      expect(script.answers.promise).toContain(language === 'en' ? 'twenty-nine November' : 'उनतीस नवंबर');
      expect(script).toMatchObject({ waitSeconds: 5, repeatMost: 1 });
    },
  );

  it.each(['en', 'hi'] as const)('in %s says no amount at all where no key can be heard', (language) => {
    const { alone } = voiceScript(facts, language);
    expect(alone).toContain('Gupta Steel');
    expect(alone).not.toContain(facts.text);
    expect(alone).not.toMatch(/rupee|रुपय|bill|बिल|due|बाकी|देय|दबाएँ|press/u);
  });

  it.each(['en', 'hi'] as const)('in %s offers no promise where nothing is asked for', (language) => {
    const { details } = voiceScript({ ...facts, promiseDay: null }, language);
    expect(details).toContain(facts.text);
    expect(details).not.toMatch(/[12]/u);
    for (const key of ['3', '9']) expect(details).toContain(key);
  });

  it.each([
    ['1', 'promise'],
    ['2', 'paid'],
    ['3', 'talk'],
    ['9', 'stop'],
    ['4', null],
    ['12', 'paid'],
    ['13', 'talk'],
    ['931', 'stop'],
    ['', null],
    ['toString', null],
  ])('takes key %j as %s', (key, meaning) => {
    expect(keyMeaning(key)).toBe(meaning);
  });
});
