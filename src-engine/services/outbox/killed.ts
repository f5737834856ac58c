import type { ReadTx } from '../../storage/database.ts';
import { isSendingKilled } from '../../storage/reminder-settings.ts';
import type { Context } from '../door.ts';

/**
 * Whether all sending is stopped: by the red button, or by a file in the data folder, which works also where the window
 * does not open (docs/gateways.md 8.9). Asked before every claim and once more before the first byte.
 */
export function isKilled(tx: ReadTx, { stopFile }: Pick<Context, 'stopFile'>): boolean {
  return isSendingKilled(tx) || stopFile() !== null;
}
