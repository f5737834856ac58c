import type { Notice } from './notifier.ts';

/** One way to reach somebody: by mail, or by SMS. */
export type Channel = {
  /** False where the other side refused. Throws where it could not be reached. */
  readonly send: (to: string, notice: Notice) => Promise<boolean>;
  readonly close: () => void;
};
