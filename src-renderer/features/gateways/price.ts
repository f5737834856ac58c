import { formatMoney } from '#domain/money.ts';
import { MICROS_A_RUPEE } from '#kit/micros.ts';

const DECIMALS = 6;
const BPS_WHOLE = 10_000;

/** '0.25', '₹ 0.115' → millionths of a rupee; null for an empty field, undefined for what is no price. */
export function readPrice(text: string): number | null | undefined {
  const rest = text
    .trim()
    .replace(/^(?:₹|rs\.?|inr)\s*/iu, '')
    .replaceAll(',', '');
  if (rest === '') return text.trim() === '' ? null : undefined;
  const match = /^(\d{0,6})(?:\.(\d*))?$/u.exec(rest);
  if (!match || rest === '.') return undefined;
  const fraction = (match[2] ?? '').replace(/0+$/u, '');
  if (fraction.length > DECIMALS) return undefined;
  return Number(match[1] ?? '') * MICROS_A_RUPEE + Number(fraction.padEnd(DECIMALS, '0'));
}

/** Millionths of a rupee as they are, with two decimals at least: 250000 → '0.25', 115000 → '0.115', in lakh groups. */
export function priceWords(micros: number): string {
  const whole = Math.trunc(micros / MICROS_A_RUPEE);
  const fraction = String(micros % MICROS_A_RUPEE).padStart(DECIMALS, '0');
  const rupees = formatMoney(whole * 100).replace(/\.00$/u, '');
  return `${rupees}.${fraction.replace(/0+$/u, '').padEnd(2, '0')}`;
}

/** With tax, half up to the millionth. */
export function withGst(micros: number, gstBps: number): number {
  return micros + Math.round((micros * gstBps) / BPS_WHOLE);
}
