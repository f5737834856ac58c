import { createHash } from 'node:crypto';

/** The same for the same day: a run that was cut off and started anew queues nothing twice. */
export function idOf(subjectKey: Uint8Array, what: string): string {
  const hex = createHash('sha256').update(subjectKey).update(what).digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
