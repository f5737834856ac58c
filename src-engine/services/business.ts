import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const business = {
  get: bookDoor.business.get.handler(notBuilt),
  save: bookDoor.business.save.handler(notBuilt),
};
