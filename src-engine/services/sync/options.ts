import { syncOptionsShape, type SyncOptions } from '#contract/engine/sync.ts';
import type { ConnectionRow } from '../../storage/tally-connection.ts';

export const DEFAULT_OPTIONS: SyncOptions = {
  scope: 'debtors',
  historyFrom: null,
  speed: 'normal',
  everyMinutes: 5,
};

/** What the user chose; a choice that its shape does not know (any more) counts as not made. */
export function optionsOf({ optionsJson }: Pick<ConnectionRow, 'optionsJson'>): SyncOptions {
  const read = syncOptionsShape.partial().safeParse(JSON.parse(optionsJson));
  return applied(DEFAULT_OPTIONS, read.success ? read.data : {});
}

/** What is left out of a wish stays as it is. */
export function applied(
  before: SyncOptions,
  wish: { [K in keyof SyncOptions]?: SyncOptions[K] | undefined },
): SyncOptions {
  const { scope, historyFrom, speed, everyMinutes } = wish;
  return {
    scope: scope ?? before.scope,
    historyFrom: historyFrom === undefined ? before.historyFrom : historyFrom,
    speed: speed ?? before.speed,
    everyMinutes: everyMinutes === undefined ? before.everyMinutes : everyMinutes,
  };
}
