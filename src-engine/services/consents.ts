import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const consents = {
  list: bookDoor.consents.list.handler(notBuilt),
  record: bookDoor.consents.record.handler(notBuilt),
  suppressions: bookDoor.consents.suppressions.handler(notBuilt),
  suppress: bookDoor.consents.suppress.handler(notBuilt),
  unsuppress: bookDoor.consents.unsuppress.handler(notBuilt),
  pauses: bookDoor.consents.pauses.handler(notBuilt),
  pause: bookDoor.consents.pause.handler(notBuilt),
  endPause: bookDoor.consents.endPause.handler(notBuilt),
};
