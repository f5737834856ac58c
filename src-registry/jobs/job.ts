import type { Registry } from '../registry.ts';

/** Work that nobody asks for. It may run on several servers at once and be cut off anywhere. */
export type Job = {
  readonly name: string;
  readonly everySeconds: number;
  readonly run: (registry: Registry) => Promise<void>;
};
