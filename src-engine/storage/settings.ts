import type { ReadTx, WriteTx } from './database.ts';

/** The values of this book's settings as JSON texts, by key. */
export function settingRows(tx: ReadTx): ReadonlyMap<string, string> {
  const rows = tx.sqlite
    .prepare<[], { key: string; valueJson: string }>(
      'select key, value_json as valueJson from settings where json_valid(value_json)',
    )
    .all();
  return new Map(rows.map((row) => [row.key, row.valueJson]));
}

export function putSetting(tx: WriteTx, key: string, valueJson: string): void {
  tx.sqlite
    .prepare(
      `insert into settings (key, value_json) values (@key, @valueJson)
         on conflict (key) do update set value_json = excluded.value_json`,
    )
    .run({ key, valueJson });
}
