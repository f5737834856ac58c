import { readdirSync } from 'node:fs';

/** However a person spells it: STOP-SENDING, "stop sending", and with the ".txt" that editors add unseen. */
const NAME = /^stop[-_ ]?sending(?:\.txt)*$/iu;

/** The name of the file in a folder that stops all sending; null = there is none. What it says does not matter. */
export function stopFileIn(folder: string): string | null {
  try {
    return readdirSync(folder).find((name) => NAME.test(name)) ?? null;
  } catch {
    // A folder that is gone holds no file, and the books are gone with it.
    return null;
  }
}
