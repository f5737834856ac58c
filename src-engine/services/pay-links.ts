import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const payLinks = {
  list: bookDoor.payLinks.list.handler(notBuilt),
  create: bookDoor.payLinks.create.handler(notBuilt),
  look: bookDoor.payLinks.look.handler(notBuilt),
  cancel: bookDoor.payLinks.cancel.handler(notBuilt),
  upi: bookDoor.payLinks.upi.handler(notBuilt),
};
