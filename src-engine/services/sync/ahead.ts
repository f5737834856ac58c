import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { putSetting, settingRows } from '../../storage/settings.ts';

// A party that is read on its own may be newer than the counters of the book. A backup that is restored to just these
// counters would not be seen by them, so the book remembers that something of it is ahead until all is read again.

const KEY = 'tallyAhead';

export function isAhead(tx: ReadTx): boolean {
  return settingRows(tx).get(KEY) === 'true';
}

export function setAhead(tx: WriteTx, value: boolean): void {
  if (isAhead(tx) !== value) putSetting(tx, KEY, JSON.stringify(value));
}
