import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPO = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const DATA = resolve(REPO, '../shared/data');

/** The real files are no part of the repository; tests of them are skipped where the folder is absent. */
export const HAS_DATA = existsSync(DATA);

export function dataFile(path: string): string {
  return resolve(DATA, path);
}
