import { door } from './door.ts';

const info = door.system.info.handler(({ context: { version, startedAt, shelf, runtime } }) => ({
  version,
  startedAt,
  booksFolder: shelf.folder,
  ...runtime,
}));

export const system = { info };
