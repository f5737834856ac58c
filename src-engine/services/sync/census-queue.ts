import { isDay, type Day } from '#domain/days.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { putSetting, settingRows } from '../../storage/settings.ts';

/** First days of months whose vouchers are yet to be held against Tally's: kept in the book, for it outlives us. */
export type CensusQueue = {
  /** Of vouchers that no longer explain a bill. */
  readonly suspects: readonly Day[];
  /** All others that may have lost one, newest first. */
  readonly others: readonly Day[];
};

const KEY = 'tallyCensus';

export function censusQueue(tx: ReadTx): CensusQueue {
  const stored = settingRows(tx).get(KEY);
  const read: unknown = stored === undefined ? [] : JSON.parse(stored);
  const [suspects, others] = Array.isArray(read) ? read.map(daysIn) : [];
  return { suspects: suspects ?? [], others: others ?? [] };
}

function daysIn(value: unknown): readonly Day[] {
  return Array.isArray(value) ? value.map(String).filter(isDay) : [];
}

export function addToCensus(tx: WriteTx, { suspects, others }: CensusQueue): void {
  if (suspects.length + others.length === 0) return;
  const before = censusQueue(tx);
  const first = new Set([...before.suspects, ...suspects]);
  const later = new Set([...others, ...before.others]);
  put(tx, { suspects: [...first], others: [...later].filter((month) => !first.has(month)) });
}

export function takeFromCensus(tx: WriteTx, month: Day): void {
  const { suspects, others } = censusQueue(tx);
  const isOther = (one: Day): boolean => one !== month;
  put(tx, { suspects: suspects.filter(isOther), others: others.filter(isOther) });
}

function put(tx: WriteTx, { suspects, others }: CensusQueue): void {
  putSetting(tx, KEY, JSON.stringify([suspects, others]));
}
