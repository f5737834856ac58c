import { createHash } from 'node:crypto';

/** What two texts share only when they are the same: for keys that are kept and compared. */
export function sha256Of(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
