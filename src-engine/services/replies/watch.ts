import type { MessageChannel } from '../../adapters/message-ports.ts';
import type { BookFile } from '../../storage/database.ts';
import { gatewayRows } from '../../storage/gateways.ts';
import type { BookContext } from '../door.ts';
import { channelOf } from '../outbox/channels.ts';
import { outboxOf } from '../outbox/runner.ts';
import { contextOf } from '../sync/keeper.ts';
import { pause } from '../sync/runner.ts';
import { canPull, pullFrom } from './pull.ts';

// Gateways that say by themselves when something came in, as an inbox does by IMAP IDLE. They only hurry the look that is
// made on a schedule anyway: whatever becomes of such a connection, nothing is lost.

/** Several mails that come together are one look. */
const TOLD_TOGETHER_MS = 300;
/** Before it is tried again: the first after a connection that was up, the last for as long as it takes. */
const AGAIN_AFTER_MS = [5000, 30_000, 2 * 60_000, 10 * 60_000] as const;
const AGAIN_MOST_MS = 10 * 60_000;

type Watching = NonNullable<MessageChannel['watchInbound']>;
type Watch = {
  readonly db: BookFile;
  readonly channel: MessageChannel;
  readonly stop: AbortController;
  readonly done: Promise<void>;
};

export type Watches = {
  /** Begins with gateways that are new or have other settings, and leaves those that are gone. */
  readonly tend: (context: BookContext) => Promise<void>;
  /** Connections that slept with the machine are dead without knowing it: the next tending opens them anew. */
  readonly drop: () => Promise<void>;
};

export function openWatches(): Watches {
  const watches = new Map<number, Watch>();
  const end = async (gatewayId: number, { stop, done }: Watch): Promise<void> => {
    watches.delete(gatewayId);
    stop.abort();
    await done;
  };
  return {
    tend: async (context) => {
      const wanted = await channelsToWatch(context);
      for (const [gatewayId, watch] of watches) {
        const isSame = watch.db === context.db && watch.channel === wanted.get(gatewayId);
        if (!isSame) await end(gatewayId, watch);
      }
      for (const [gatewayId, channel] of wanted) {
        if (watches.has(gatewayId) || channel.watchInbound === undefined || !context.db.isOpen()) continue;
        const stop = new AbortController();
        const of = { gatewayId, watchInbound: channel.watchInbound, signal: stop.signal };
        const done = keepWatching(context, of).catch((error: unknown) => void context.logBug(error));
        watches.set(gatewayId, { db: context.db, channel, stop, done });
      }
    },
    drop: async () => {
      await Promise.all([...watches].map(([gatewayId, watch]) => end(gatewayId, watch)));
    },
  };
}

async function channelsToWatch(context: BookContext): Promise<ReadonlyMap<number, MessageChannel>> {
  const found = new Map<number, MessageChannel>();
  if (!context.vault.isOpen()) return found;
  for (const gateway of context.db.read(gatewayRows)) {
    if (!canPull(context, gateway)) continue;
    const opened = await channelOf(context, outboxOf(context), gateway);
    if (opened.ok && opened.channel.watchInbound) found.set(gateway.id, opened.channel);
    if (!context.db.isOpen()) return new Map();
  }
  return found;
}

type Of = { readonly gatewayId: number; readonly watchInbound: Watching; readonly signal: AbortSignal };

async function keepWatching(context: BookContext, { gatewayId, watchInbound, signal }: Of): Promise<void> {
  const looks = looksOf(context, gatewayId, signal);
  let failuresInARow = 0;
  while (!signal.aborted) {
    let wasUp = false;
    const told = (): void => {
      wasUp = true;
      looks.ask();
    };
    const ended = await watchInbound(told, signal);
    // It is looked at on the schedule, as one that never could.
    if (ended === 'never' || signal.aborted) break;
    failuresInARow = wasUp ? 0 : failuresInARow + 1;
    await pause(AGAIN_AFTER_MS[failuresInARow] ?? AGAIN_MOST_MS, signal);
  }
  await looks.underWay();
}

/** One look after another, and one more for all that was told during it. */
function looksOf(
  context: BookContext,
  gatewayId: number,
  signal: AbortSignal,
): { readonly ask: () => void; readonly underWay: () => Promise<void> } {
  let isAsked = false;
  let running: Promise<void> | null = null;
  const look = async (): Promise<void> => {
    while (isAsked && !signal.aborted) {
      await pause(TOLD_TOGETHER_MS, signal);
      isAsked = false;
      const now = contextOf(context, context.db);
      if (!now || signal.aborted) return;
      await pullFrom(now, gatewayId, signal);
    }
  };
  return {
    ask: () => {
      isAsked = true;
      running ??= look()
        .catch((error: unknown) => void context.logBug(error))
        .finally(() => {
          running = null;
        });
    },
    underWay: async () => {
      await running;
    },
  };
}
