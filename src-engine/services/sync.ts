import { connectionRow, patchConnection, type ConnectionRow } from '../storage/tally-connection.ts';
import { runRows } from '../storage/sync-runs.ts';
import { accepted } from './documents.ts';
import { bookDoor, door, type BookContext } from './door.ts';
import { tie } from './sync/connect.ts';
import { readFiles } from './sync/files.ts';
import { checkNow, goOn, readAnew, rest, setPaused } from './sync/keeper.ts';
import { findTallies, lookAt } from './sync/look.ts';
import { moveTo as moveConnection } from './sync/move.ts';
import { answer, offersNow } from './sync/offers.ts';
import { saveOptions as keepOptions } from './sync/save-options.ts';
import { partyNow, refreshParty as readParty } from './sync/party.ts';
import { probeTally } from './sync/probe.ts';
import { showRun } from './sync/runs.ts';
import { statusNow } from './sync/status.ts';
import { certificateOf } from './sync/tie-out.ts';
import { watchStatus } from './sync/watch.ts';
import { refuse } from '#domain/result.ts';

const status = bookDoor.sync.status.handler(({ context }) => statusNow(context));

const watch = bookDoor.sync.watch.handler(async function* ({ context, signal }) {
  yield* watchStatus(context, signal);
});

const find = door.sync.find.handler(({ context, signal }) => findTallies(context, signal));

const look = door.sync.look.handler(({ context, input, signal }) => lookAt(context, input, signal));

const connect = bookDoor.sync.connect.handler(async ({ context, input, signal }) => {
  const { host, port, company, options } = input;
  await tie(context, { address: { host, port }, company, options }, signal);
  context.changed('sync');
  inBackground(context, checkNow(context));
  return statusNow(context);
});

function inBackground({ logBug }: BookContext, work: Promise<unknown>): void {
  work.catch((error: unknown) => logBug(error));
}

const disconnect = bookDoor.sync.disconnect.handler(({ context }) => {
  const { db } = context;
  connected(context);
  db.write((tx) => patchConnection(tx, { isConnected: false, failureJson: null }));
  rest(db);
  context.changed('sync');
  return statusNow(context);
});

function connected({ db }: BookContext): ConnectionRow {
  const connection = db.read(connectionRow);
  if (connection?.isConnected) return connection;
  return accepted(refuse('not-connected', 'This book is not connected to a Tally.'));
}

const moveTo = bookDoor.sync.moveTo.handler(async ({ context, input, signal }) => {
  await moveConnection(context, connected(context), { address: input, signal });
  context.changed('sync');
  inBackground(context, checkNow(context));
  return statusNow(context);
});

const saveOptions = bookDoor.sync.saveOptions.handler(({ context, input }) => {
  const again = keepOptions(context, connected(context), input);
  context.changed('sync');
  if (again === 'all') inBackground(context, readAnew(context));
  else goOn(context);
  return statusNow(context);
});

const run = bookDoor.sync.run.handler(async ({ context, input }) => {
  connected(context);
  await (input.isFull ? readAnew(context) : checkNow(context, true));
  return statusNow(context);
});

const check = bookDoor.sync.check.handler(async ({ context }) => {
  const connection = context.db.read(connectionRow);
  // Also asked when the window comes to the front: a first sync that was stopped stays so until it is asked for.
  const isStopped = connection?.isPaused === true && connection.syncedAt === null;
  if (connection?.isConnected && connection.origin === 'live' && !isStopped) await checkNow(context);
  return statusNow(context);
});

const pause = bookDoor.sync.pause.handler(({ context }) => {
  connected(context);
  setPaused(context, true);
  context.changed('sync');
  return statusNow(context);
});

const resume = bookDoor.sync.resume.handler(({ context }) => {
  connected(context);
  setPaused(context, false);
  context.changed('sync');
  inBackground(context, checkNow(context));
  return statusNow(context);
});

const runs = bookDoor.sync.runs.handler(({ context: { db }, input }) =>
  db.read((tx) => runRows(tx, input.most)).map(showRun),
);

const tieOut = bookDoor.sync.tieOut.handler(({ context: { db } }) =>
  db.read((tx) => {
    const connection = connectionRow(tx);
    return connection && certificateOf(tx, connection);
  }),
);

const party = bookDoor.sync.party.handler(({ context, input }) => partyNow(context, input.customerId));

const refreshParty = bookDoor.sync.refreshParty.handler(({ context, input, signal }) =>
  readParty(context, input.customerId, signal),
);

const offers = bookDoor.sync.offers.handler(({ context }) => offersNow(context));

const takeOffer = bookDoor.sync.takeOffer.handler(({ context, input }) => {
  answer(context, input.offerId, true);
  return {};
});

const declineOffer = bookDoor.sync.declineOffer.handler(({ context, input }) => {
  answer(context, input.offerId, false);
  return {};
});

const probe = door.sync.probe.handler(({ context, input, signal }) => probeTally(context, input, signal));

const importFiles = bookDoor.sync.importFiles.handler(async function* ({ context, input, signal }) {
  yield* readFiles(context, input.paths, signal);
});

export const sync = {
  status,
  watch,
  find,
  look,
  connect,
  disconnect,
  moveTo,
  saveOptions,
  run,
  check,
  pause,
  resume,
  runs,
  tieOut,
  party,
  refreshParty,
  offers,
  takeOffer,
  declineOffer,
  probe,
  importFiles,
};
