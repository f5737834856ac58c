import { createInterface } from 'node:readline/promises';

/** Results go to `out` and nothing else does; everything said to a person goes to `note`. */
export type Terminal = {
  readonly out: (text: string) => void;
  readonly note: (text: string) => void;
  /** A line that is overwritten by the next; drawn only for a person. */
  readonly progress: (text: string) => void;
  /** Whether a person is there to answer. */
  readonly isInteractive: boolean;
  /** Asks for a plain yes; anything else is no. */
  readonly confirm: (question: string) => Promise<boolean>;
  /** True once the reader of our output has gone away, e.g. “| head”. */
  readonly isClosed: () => boolean;
};

export function openTerminal(): Terminal {
  let isClosed = false;
  // A reader that has read enough is no error of ours. Any other fault of the output must be seen.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    isClosed = true;
  });
  const isInteractive = process.stdin.isTTY && process.stderr.isTTY;
  return {
    out: (text) => {
      if (!isClosed) process.stdout.write(`${text}\n`);
    },
    note: (text) => {
      process.stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
    },
    isInteractive,
    confirm: async (question) => {
      const asked = createInterface({ input: process.stdin, output: process.stderr });
      const answer = await asked.question(`${question} [y/N] `);
      asked.close();
      return /^y(es)?$/i.test(answer.trim());
    },
    isClosed: () => isClosed,
  };
}
