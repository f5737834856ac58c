// Numbers in words, in the Indian system: lakh and crore.

export type SpokenLanguage = 'en' | 'hi';

const EN_SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const EN_TENS = '- - twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const HI_SMALL =
  'शून्य एक दो तीन चार पाँच छह सात आठ नौ दस ग्यारह बारह तेरह चौदह पंद्रह सोलह सत्रह अठारह उन्नीस बीस इक्कीस बाईस तेईस चौबीस पच्चीस छब्बीस सत्ताईस अट्ठाईस उनतीस तीस इकतीस बत्तीस तैंतीस चौंतीस पैंतीस छत्तीस सैंतीस अड़तीस उनतालीस चालीस इकतालीस बयालीस तैंतालीस चौवालीस पैंतालीस छियालीस सैंतालीस अड़तालीस उनचास पचास इक्यावन बावन तिरपन चौवन पचपन छप्पन सत्तावन अट्ठावन उनसठ साठ इकसठ बासठ तिरसठ चौंसठ पैंसठ छियासठ सड़सठ अड़सठ उनहत्तर सत्तर इकहत्तर बहत्तर तिहत्तर चौहत्तर पचहत्तर छिहत्तर सतहत्तर अठहत्तर उनासी अस्सी इक्यासी बयासी तिरासी चौरासी पचासी छियासी सत्तासी अट्ठासी नवासी नब्बे इक्यानवे बानवे तिरानवे चौरानवे पचानवे छियानवे सत्तानवे अट्ठानवे निन्यानवे'.split(
    ' ',
  );

const STEPS = {
  en: [
    [1_00_00_000, 'crore'],
    [1_00_000, 'lakh'],
    [1_000, 'thousand'],
    [100, 'hundred'],
  ],
  hi: [
    [1_00_00_000, 'करोड़'],
    [1_00_000, 'लाख'],
    [1_000, 'हज़ार'],
    [100, 'सौ'],
  ],
} as const satisfies Record<SpokenLanguage, readonly (readonly [number, string])[]>;

/** 1234567 → "twelve lakh thirty-four thousand five hundred sixty-seven". Whole, not negative. */
export function numberWords(value: number, language: SpokenLanguage): string {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`No number to say: ${value}`);
  const words: string[] = [];
  let left = value;
  for (const [unit, word] of STEPS[language]) {
    if (left < unit) continue;
    // Above 99 crore the crores themselves are said in lakh and thousands, as people do.
    words.push(numberWords(Math.trunc(left / unit), language), word);
    left %= unit;
  }
  if (left > 0 || words.length === 0) words.push(belowHundred(left, language));
  return words.join(' ');
}

function belowHundred(value: number, language: SpokenLanguage): string {
  if (language === 'hi') return HI_SMALL[value] ?? String(value);
  if (value < 20) return EN_SMALL[value] ?? String(value);
  const tens = EN_TENS[Math.trunc(value / 10)] ?? '';
  return value % 10 === 0 ? tens : `${tens}-${EN_SMALL[value % 10]}`;
}

const SPOKEN_PIECE = /\d|[A-Za-z]|[\p{L}\p{M}]+/gu;

/** "INV/12" → "I N V one two" (or "एक दो"): a number is heard digit by digit, never as a sum. */
export function digitsSpoken(text: string, language: SpokenLanguage): string {
  const pieces = text.match(SPOKEN_PIECE) ?? [];
  return pieces
    .map((piece) => (/^\d$/u.test(piece) ? belowHundred(Number(piece), language) : piece.toUpperCase()))
    .join(' ');
}
