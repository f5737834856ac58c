import type { SyncStatus } from '#contract/engine/sync.ts';
import { bookDoor, door } from './door.ts';

const NOT_CONNECTED: SyncStatus = {
  connection: null,
  light: 'off',
  failure: null,
  isReading: false,
  progress: null,
  asOf: null,
  syncedAt: null,
  inStepAt: null,
  nextAt: null,
  history: null,
  tieOut: null,
  offerCount: 0,
};

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const sync = {
  status: bookDoor.sync.status.handler(() => NOT_CONNECTED),
  watch: bookDoor.sync.watch.handler(notBuilt),
  find: door.sync.find.handler(notBuilt),
  look: door.sync.look.handler(notBuilt),
  connect: bookDoor.sync.connect.handler(notBuilt),
  disconnect: bookDoor.sync.disconnect.handler(notBuilt),
  moveTo: bookDoor.sync.moveTo.handler(notBuilt),
  saveOptions: bookDoor.sync.saveOptions.handler(notBuilt),
  run: bookDoor.sync.run.handler(notBuilt),
  check: bookDoor.sync.check.handler(() => NOT_CONNECTED),
  pause: bookDoor.sync.pause.handler(notBuilt),
  resume: bookDoor.sync.resume.handler(notBuilt),
  runs: bookDoor.sync.runs.handler(() => []),
  tieOut: bookDoor.sync.tieOut.handler(() => null),
  party: bookDoor.sync.party.handler(() => null),
  refreshParty: bookDoor.sync.refreshParty.handler(notBuilt),
  offers: bookDoor.sync.offers.handler(() => []),
  takeOffer: bookDoor.sync.takeOffer.handler(notBuilt),
  declineOffer: bookDoor.sync.declineOffer.handler(notBuilt),
  importFiles: bookDoor.sync.importFiles.handler(notBuilt),
};
