import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const gateways = {
  kinds: bookDoor.gateways.kinds.handler(notBuilt),
  list: bookDoor.gateways.list.handler(notBuilt),
  save: bookDoor.gateways.save.handler(notBuilt),
  remove: bookDoor.gateways.remove.handler(notBuilt),
  resume: bookDoor.gateways.resume.handler(notBuilt),
  test: bookDoor.gateways.test.handler(notBuilt),
  confirmOwner: bookDoor.gateways.confirmOwner.handler(notBuilt),
  signIn: bookDoor.gateways.signIn.handler(notBuilt),
};
