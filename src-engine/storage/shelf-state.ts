import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const STATE_FILE = 'state.json';

/** Whether the user has closed the book and wants none taken up at the next start. A file that cannot be read says no. */
export function isPutAway(dataFolder: string): boolean {
  try {
    const state: unknown = JSON.parse(readFileSync(path.join(dataFolder, STATE_FILE), 'utf8'));
    return typeof state === 'object' && state !== null && 'isPutAway' in state && state.isPutAway === true;
  } catch {
    return false;
  }
}

/** Written under another name first, so that a kill leaves the old state or the new one. */
export function setPutAway(dataFolder: string, isAway: boolean): void {
  const file = path.join(dataFolder, STATE_FILE);
  if (!isAway) {
    rmSync(file, { force: true });
    return;
  }
  const partial = `${file}.partial`;
  writeFileSync(partial, JSON.stringify({ isPutAway: true }));
  renameSync(partial, file);
}
