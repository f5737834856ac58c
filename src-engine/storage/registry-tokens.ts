import type { Identifier } from '#domain/registry/subjects.ts';
import type { ReadTx, WriteTx } from './database.ts';
import { oncePrepared } from './statements.ts';

type Key = Identifier & { readonly keyVersion: string };

const one = oncePrepared((sqlite) =>
  sqlite
    .prepare<Key, string>(
      `select token from registry_tokens where kind = @kind and value = @value and key_version = @keyVersion`,
    )
    .pluck(),
);

/** Null: it was not blinded yet. Empty: the registry says that it is no identifier. */
export function tokenOf(tx: ReadTx, { kind, value }: Identifier, keyVersion: string): string | null {
  return one(tx).get({ kind, value, keyVersion }) ?? null;
}

const value = oncePrepared((sqlite) =>
  sqlite
    .prepare<[string, string], string>('select value from registry_tokens where kind = ? and token = ?')
    .pluck(),
);

/** Whom a token was made of; null where that is not known any more. */
export function valueOf(tx: ReadTx, kind: Identifier['kind'], token: string): string | null {
  return value(tx).get(kind, token) ?? null;
}

/** What the registry no longer knows is asked for anew. */
export function dropTokens(tx: WriteTx, tokens: readonly string[]): void {
  tx.sqlite
    .prepare('delete from registry_tokens where token in (select value from json_each(?))')
    .run(JSON.stringify(tokens));
}

export function putToken(tx: WriteTx, { kind, value, keyVersion }: Key, token: string): void {
  tx.sqlite
    .prepare<Key & { token: string }>(
      `insert into registry_tokens (kind, value, key_version, token) values (@kind, @value, @keyVersion, @token)
       on conflict (kind, value, key_version) do update set token = excluded.token`,
    )
    .run({ kind, value, keyVersion, token });
}
