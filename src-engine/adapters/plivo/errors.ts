import type { ErrorClass } from '#domain/reminders/words.ts';

/** Codes of a message that failed after it was taken (Plivo's list of message error codes). */
const CLASSES: Readonly<Record<string, ErrorClass>> = {
  '10': 'policy',
  '20': 'recipient-temporary',
  '30': 'recipient-permanent',
  '40': 'recipient-permanent',
  '50': 'recipient-permanent',
  '60': 'recipient-permanent',
  '70': 'recipient-temporary',
  '80': 'recipient-temporary',
  '90': 'account-config',
  '100': 'account-config',
  '110': 'policy',
  '200': 'recipient-permanent',
  '300': 'recipient-temporary',
  '450': 'recipient-permanent',
  '900': 'balance',
  '950': 'throttled',
};

export function classOf(code: string | null): ErrorClass {
  return code === null ? 'unknown' : (CLASSES[code] ?? 'recipient-temporary');
}
