import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const papers = {
  write: bookDoor.papers.write.handler(notBuilt),
  show: bookDoor.papers.show.handler(notBuilt),
  writeMany: bookDoor.papers.writeMany.handler(notBuilt),
};
