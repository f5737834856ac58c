import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const cadences = {
  list: bookDoor.cadences.list.handler(notBuilt),
  save: bookDoor.cadences.save.handler(notBuilt),
  remove: bookDoor.cadences.remove.handler(notBuilt),
  restore: bookDoor.cadences.restore.handler(notBuilt),
  addPreset: bookDoor.cadences.addPreset.handler(notBuilt),
  assign: bookDoor.cadences.assign.handler(notBuilt),
  unassign: bookDoor.cadences.unassign.handler(notBuilt),
  stepDays: bookDoor.cadences.stepDays.handler(notBuilt),
};
