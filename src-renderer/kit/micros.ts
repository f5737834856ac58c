import { formatMoney } from '#domain/money.ts';

// What messages cost is kept in millionths of a rupee: an SMS costs a quarter of one, and some parts less than a paisa.

export const MICROS_A_RUPEE = 1_000_000;
export const MICROS_A_PAISA = 10_000;
const DECIMALS = 6;

/** Millionths of a rupee → whole paise, half up: a cost is shown, not booked. */
export function paiseOfMicros(micros: number): number {
  return Math.round(micros / MICROS_A_PAISA);
}

/**
 * Millionths of a rupee as people read them: to the paisa in lakh groups, but what is less than a rupee as it is, since
 * an SMS may cost 11.5 paise: 250000 → '0.25', 115000 → '0.115', 12345678900 → '12,345.68'.
 */
export function microsWords(micros: number): string {
  const isSmall = Math.abs(micros) < MICROS_A_RUPEE && micros % MICROS_A_PAISA !== 0;
  if (!isSmall) return formatMoney(paiseOfMicros(micros));
  const fraction = String(Math.abs(micros)).padStart(DECIMALS, '0').replace(/0+$/u, '');
  return `${micros < 0 ? '−' : ''}0.${fraction}`;
}
