import { bookDoor } from './door.ts';

const notBuilt = (): never => {
  throw new Error('Not built yet.');
};

export const templates = {
  list: bookDoor.templates.list.handler(notBuilt),
  save: bookDoor.templates.save.handler(notBuilt),
  remove: bookDoor.templates.remove.handler(notBuilt),
  restore: bookDoor.templates.restore.handler(notBuilt),
  addStarters: bookDoor.templates.addStarters.handler(notBuilt),
  preview: bookDoor.templates.preview.handler(notBuilt),
  fields: bookDoor.templates.fields.handler(notBuilt),
};
