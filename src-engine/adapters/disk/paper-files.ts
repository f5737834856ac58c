import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { PaperFiles } from '../paper-ports.ts';
import { writeWhole } from './write-whole.ts';

export const paperFiles: PaperFiles = {
  write: (target, bytes, signal) =>
    writeWhole(
      target,
      (sink) => {
        sink.end(bytes);
        return Promise.resolve();
      },
      signal,
    ),
  names: (folder) => readdir(folder).catch(() => []),
  pathIn: (folder, name) => path.join(folder, name),
};
