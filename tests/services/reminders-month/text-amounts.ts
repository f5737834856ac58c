// Amounts in a text, as a customer in any of the languages would read them.

export type Stated = { readonly currency: string; readonly minor: number };

/** First digits of the scripts in which an amount may be written. */
const ZEROS = ['०', '૦', '௦', '౦', '೦', '০'];
const AMOUNT = /(Rs\.|₹|[A-Z]{3} )\s*(\d[\d,]*)\.(\d{2})/gu;

export function amountsIn(text: string): readonly Stated[] {
  const plain = text.replace(/\p{Nd}/gu, asciiDigit);
  return [...plain.matchAll(AMOUNT)].map(([, sign = '', whole = '', rest = '']) => ({
    currency: sign === 'Rs.' || sign === '₹' ? 'INR' : sign.trim(),
    minor: Number(whole.replaceAll(',', '')) * 100 + Number(rest),
  }));
}

function asciiDigit(letter: string): string {
  const code = letter.codePointAt(0) ?? 0;
  for (const zero of ZEROS) {
    const from = zero.codePointAt(0) ?? 0;
    if (code >= from && code <= from + 9) return String(code - from);
  }
  return letter;
}
