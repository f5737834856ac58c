import type { ErrorClass } from '#domain/reminders/words.ts';

// Meta's error codes (docs/gateways.md 3.3). Meta says to go by the code and the details, never by the title.

const CLASSES: Readonly<Record<number, ErrorClass>> = {
  0: 'auth',
  10: 'auth',
  190: 'auth',
  200: 'auth',
  4: 'throttled',
  80007: 'throttled',
  130429: 'throttled',
  131048: 'throttled',
  131056: 'throttled',
  100: 'policy',
  131005: 'auth',
  131008: 'policy',
  131009: 'policy',
  131021: 'recipient-permanent',
  131026: 'recipient-permanent',
  131030: 'recipient-permanent',
  131047: 'window',
  131049: 'recipient-temporary',
  131042: 'balance',
  131031: 'account-config',
  131051: 'policy',
  132000: 'template-config',
  132001: 'template-config',
  132005: 'template-config',
  132007: 'template-config',
  132012: 'template-config',
  132015: 'template-config',
  132016: 'template-config',
  133010: 'account-config',
  368: 'account-config',
};

/** 131000, 131016 and 2 are "something went wrong": after the request left nobody knows. */
export function classOf(code: number | null): ErrorClass {
  if (code === null) return 'unknown';
  return (
    CLASSES[code] ?? (code === 131_000 || code === 131_016 || code === 2 ? 'transient-after-send' : 'unknown')
  );
}

/** The same of a message of which Meta says that it failed: it is over, so "slow down" and "nobody knows" end there, too. */
export function classOfFailed(code: number): ErrorClass {
  const known = classOf(code);
  const isOver = known === 'transient-after-send' || known === 'throttled' || known === 'unknown';
  return isOver ? 'recipient-temporary' : known;
}
