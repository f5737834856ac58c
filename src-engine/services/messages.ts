import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const messages = {
  list: bookDoor.messages.list.handler(notBuilt),
  get: bookDoor.messages.get.handler(notBuilt),
  cancel: bookDoor.messages.cancel.handler(notBuilt),
  settle: bookDoor.messages.settle.handler(notBuilt),
  link: bookDoor.messages.link.handler(notBuilt),
  confirm: bookDoor.messages.confirm.handler(notBuilt),
  printQueue: bookDoor.messages.printQueue.handler(notBuilt),
  costs: bookDoor.messages.costs.handler(notBuilt),
};
