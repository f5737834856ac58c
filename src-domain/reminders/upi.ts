import type { Paise } from '../money.ts';
import { ok, refuse, type Result } from '../result.ts';
import { cutText } from './texts/cut-text.ts';

export type UpiWish = {
  /** The payee's address, name@bank. */
  readonly vpa: string;
  readonly name: string;
  /** Null: the payer types the amount. */
  readonly amountPaise: Paise | null;
  /** UPI knows rupees only. */
  readonly currency: string;
  /** What the payer's bank shows; `upiNote` makes it. */
  readonly note: string;
  /** Sent for merchants only: some apps refuse it to a personal address. */
  readonly reference: string | null;
  /** Four digits of the merchant category; null for a personal address. */
  readonly merchantCode: string | null;
};

const VPA = /^[a-z0-9][a-z0-9.\-_]{1,255}@[a-z][a-z0-9.-]{1,63}$/iu;
const NAME_CHARS_MOST = 99;
const NOTE_CHARS_MOST = 50;
const REFERENCE_CHARS_MOST = 35;

export function isVpa(text: string): boolean {
  return VPA.test(text) && text.length <= 255;
}

/**
 * upi://pay?… as the NPCI linking specification 1.6 has it; the QR holds the same string. Refuses 'upi-vpa',
 * 'upi-name', 'upi-amount', 'upi-currency' and 'upi-merchant-code'. Sources: docs/gateways.md 6.1.
 */
export function upiLink(wish: UpiWish): Result<string> {
  const refused = refusalOf(wish);
  if (refused !== null) return refused;
  const { amountPaise, merchantCode } = wish;
  const reference = (wish.reference ?? '').replace(/[^A-Za-z0-9]/gu, '').slice(0, REFERENCE_CHARS_MOST);
  const note = upiText(wish.note, NOTE_CHARS_MOST);
  const pairs: readonly (readonly [string, string | null])[] = [
    ['pn', upiText(wish.name, NAME_CHARS_MOST)],
    ['am', amountPaise === null ? null : rupees(amountPaise)],
    ['cu', 'INR'],
    ['tn', note === '' ? null : note],
    ['tr', merchantCode === null || reference === '' ? null : reference],
    ['mc', merchantCode],
  ];
  // The @ of the address stays as it is: some apps do not decode it.
  const rest = pairs.flatMap(([key, value]) =>
    value === null ? [] : [`${key}=${encodeURIComponent(value)}`],
  );
  return ok(`upi://pay?${[`pa=${wish.vpa}`, ...rest].join('&')}`);
}

function refusalOf({ vpa, name, amountPaise, currency, merchantCode }: UpiWish): Result<never> | null {
  if (currency !== 'INR') {
    const sentence = `UPI pays rupees only, not ${currency}.`;
    return refuse('upi-currency', sentence, { field: 'currency', values: { currency } });
  }
  if (!isVpa(vpa)) {
    const sentence = `“${vpa}” is no UPI address. It looks like name@bank.`;
    return refuse('upi-vpa', sentence, { field: 'vpa', values: { vpa } });
  }
  if (upiText(name, NAME_CHARS_MOST) === '') {
    return refuse('upi-name', 'A UPI link needs the name of the payee.', { field: 'name' });
  }
  if (amountPaise !== null && amountPaise <= 0) {
    return refuse('upi-amount', 'A UPI link needs an amount above ₹0.00.', { field: 'amountPaise' });
  }
  if (merchantCode !== null && !/^(?!0000)\d{4}$/u.test(merchantCode)) {
    const sentence = `“${merchantCode}” is no merchant category: it has four digits and is not 0000.`;
    return refuse('upi-merchant-code', sentence, { field: 'merchantCode', values: { merchantCode } });
  }
  return null;
}

/** "INV-12 INV-15 and so on": the bill's number first, because banks cut the rest. At most 50 characters. */
export function upiNote(billNumbers: readonly string[], businessName: string): string {
  let note = '';
  for (const number of billNumbers) {
    const longer =
      note === '' ? upiText(number, NOTE_CHARS_MOST) : `${note} ${upiText(number, NOTE_CHARS_MOST)}`;
    if (longer.length > NOTE_CHARS_MOST) break;
    note = longer;
  }
  if (note === '') return upiText(businessName, NOTE_CHARS_MOST);
  const named = `${note} ${upiText(businessName, NOTE_CHARS_MOST)}`;
  return named.length <= NOTE_CHARS_MOST ? named : note;
}

/** Some apps stop reading at & # or /, even where they are encoded; "INV/12" becomes "INV-12". */
function upiText(text: string, charsMost: number): string {
  const plain = text
    .replace(/&/gu, ' and ')
    .replace(/[#%?=\p{Cc}]/gu, ' ')
    .replace(/[/\\]/gu, '-');
  const tidy = plain.replace(/\s+/gu, ' ').trim();
  return cutText(tidy, charsMost).trim();
}

function rupees(amount: Paise): string {
  return `${Math.trunc(amount / 100)}.${String(amount % 100).padStart(2, '0')}`;
}
