import type { ReadTx, WriteTx } from './database.ts';

/** How the user read a list with these headings the last time, as he left it; undefined when he never did. */
export function savedMapJson(tx: ReadTx, fingerprint: string): string | undefined {
  return tx.sqlite
    .prepare<[string], string>('select map_json from import_maps where fingerprint = ?')
    .pluck()
    .get(fingerprint);
}

export function saveMapJson(
  tx: WriteTx,
  saved: { readonly fingerprint: string; readonly mapJson: string; readonly savedAt: number },
): void {
  tx.sqlite
    .prepare<typeof saved>(
      `insert into import_maps (fingerprint, map_json, saved_at) values (@fingerprint, @mapJson, @savedAt)
       on conflict (fingerprint) do update set map_json = excluded.map_json, saved_at = excluded.saved_at`,
    )
    .run(saved);
}
