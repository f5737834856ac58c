import type { SyncOptions } from '#contract/engine/sync.ts';
import { connectionRow, patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { forgetBefore } from '../../storage/tally-vouchers.ts';
import { windowRows } from '../../storage/tally-windows.ts';
import type { BookContext } from '../door.ts';
import { deriveInto } from './derive.ts';
import { putWindows, wantedFrom, windowsFrom } from './history-state.ts';
import { applied, optionsOf } from './options.ts';
import { keepTieOut } from './keep-tie-out.ts';

type Wish = { readonly [K in keyof SyncOptions]?: SyncOptions[K] | undefined };

/** Keeps what the user chose. Another choice of customers calls for all masters; less history is forgotten at once. */
export function saveOptions(context: BookContext, before: ConnectionRow, wish: Wish): 'all' | 'nothing' {
  const { db, now, today } = context;
  const chosen = applied(optionsOf(before), wish);
  db.write((tx) => {
    patchConnection(tx, { optionsJson: JSON.stringify(chosen) });
    const connection = connectionRow(tx) ?? before;
    const from = wantedFrom(connection);
    const { historyFrom } = connection;
    if (from === null || historyFrom === null || from <= historyFrom) return;
    forgetBefore(tx, from);
    putWindows(tx, windowsFrom(windowRows(tx), from));
    patchConnection(tx, { historyFrom: from });
    const shorter = { ...connection, historyFrom: from };
    deriveInto(tx, { connection: shorter, today, now: now(), parties: 'all', keepsOldValues: false });
    keepTieOut(tx, shorter, 'all');
  });
  context.changed('sync', 'customers', 'bills', 'receipts', 'credits', 'aging');
  return chosen.scope === optionsOf(before).scope ? 'nothing' : 'all';
}
