import type { ReadTx, WriteTx } from './database.ts';
import { putSetting } from './settings.ts';
import { oncePrepared } from './statements.ts';

// What the reminders keep in the book's settings, each under a key of its own.

const KEYS = {
  policy: 'reminders-policy',
  business: 'business',
  isKilled: 'reminders-killed',
  isDryRun: 'reminders-dry-run',
  roundAt: 'reminders-round-at',
  thanksFrom: 'reminders-thanks-from',
  holidaysUntil: 'reminders-holidays-until',
} as const;
export type ReminderSetting = keyof typeof KEYS;

const setting = oncePrepared((sqlite) =>
  sqlite
    .prepare<[string], string>('select value_json from settings where key = ? and json_valid(value_json)')
    .pluck(),
);

/** Its JSON text; null while it was never set. */
export function reminderSetting(tx: ReadTx, name: ReminderSetting): string | null {
  return setting(tx).get(KEYS[name]) ?? null;
}

export function putReminderSetting(
  tx: WriteTx,
  name: ReminderSetting,
  value: boolean | number | object,
): void {
  putSetting(tx, KEYS[name], JSON.stringify(value));
}

/** The red button: nothing leaves that has not begun to leave. */
export function isSendingKilled(tx: ReadTx): boolean {
  return reminderSetting(tx, 'isKilled') === 'true';
}

/** Everything is rendered and checked, and nothing leaves. */
export function isDryRun(tx: ReadTx): boolean {
  return reminderSetting(tx, 'isDryRun') === 'true';
}
