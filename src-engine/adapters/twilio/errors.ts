import type { ErrorClass } from '#domain/reminders/words.ts';

/** Twilio's error codes, of requests and of messages that failed later (its own error dictionary). */
const CLASSES: Readonly<Record<number, ErrorClass>> = {
  20003: 'auth',
  20005: 'account-config',
  20404: 'account-config',
  20429: 'throttled',
  21211: 'recipient-permanent',
  21217: 'recipient-permanent',
  21214: 'recipient-permanent',
  21408: 'account-config',
  21606: 'account-config',
  21607: 'account-config',
  21608: 'account-config',
  21610: 'recipient-permanent',
  21611: 'throttled',
  21612: 'account-config',
  21614: 'recipient-permanent',
  21617: 'policy',
  21656: 'template-config',
  21901: 'template-config',
  30001: 'throttled',
  30002: 'account-config',
  30003: 'recipient-temporary',
  30004: 'recipient-permanent',
  30005: 'recipient-permanent',
  30006: 'recipient-permanent',
  30007: 'policy',
  30008: 'recipient-temporary',
  30036: 'recipient-temporary',
  63003: 'recipient-permanent',
  63007: 'account-config',
  63016: 'window',
  63018: 'throttled',
  63024: 'recipient-permanent',
  63027: 'template-config',
  63028: 'template-config',
  63032: 'recipient-permanent',
  63038: 'throttled',
};

export function classOf(code: number | null): ErrorClass {
  return code === null ? 'unknown' : (CLASSES[code] ?? 'unknown');
}
