import type { TallyFiles } from '../ports.ts';

export const tallyFiles: TallyFiles = {
  read: () => {
    throw new Error('Not built yet.');
  },
};
