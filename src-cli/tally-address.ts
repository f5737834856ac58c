import { hostField } from '#contract/engine/sync.ts';
import { TALLY_HOST, TALLY_PORT } from '#contract/engine/sync-words.ts';
import type { Options } from './command.ts';
import { usage, type Ending } from './ending.ts';

export type Address = { readonly host: string; readonly port: number };

const PORT_MOST = 65_535;

/** --host and --port as the calls take them; Tally's usual address where they are left out. */
export function readAddress({ host = TALLY_HOST, port = String(TALLY_PORT) }: Options): Address | Ending {
  const name = hostField.safeParse(host);
  if (!name.success) return usage(`--host “${host}” is no name or address of a computer.`);
  if (!/^\d{1,5}$/.test(port) || Number(port) < 1 || Number(port) > PORT_MOST) {
    return usage(`--port “${port}” is not a number from 1 to ${PORT_MOST}.`);
  }
  return { host: name.data, port: Number(port) };
}
