import type { TallyAddress } from '../../adapters/ports.ts';
import { patchConnection, type ConnectionRow } from '../../storage/tally-connection.ts';
import { failed, type BookContext } from '../door.ts';
import { identityOf, ourCompany } from './company.ts';
import { TallyStopped } from './failures.ts';
import { stopReading, runnerOf } from './runner.ts';
import { talkWith } from './talk.ts';

/** The same company at another address: it must be open there, for another one would be read into this book. */
export async function moveTo(
  context: BookContext,
  connection: ConnectionRow,
  { address, signal }: { readonly address: TallyAddress; readonly signal: AbortSignal | undefined },
): Promise<void> {
  const { db, tally } = context;
  const talk = talkWith(tally, address, signal ?? new AbortController().signal);
  try {
    await ourCompany(talk, identityOf(connection));
  } catch (error) {
    if (error instanceof TallyStopped) throw failed(error.failure);
    throw error;
  }
  stopReading(runnerOf(db));
  db.write((tx) => patchConnection(tx, { ...address, failureJson: null }));
}
