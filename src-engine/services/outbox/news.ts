import { afterNews, waitsForNews } from '#domain/reminders/outbox-states.ts';
import { LOOK_BACK_DAYS, nextPollAt } from '#domain/reminders/retry.ts';
import type { StatusNews } from '../../adapters/message-ports.ts';
import type { ReadTx, WriteTx } from '../../storage/database.ts';
import { gatewayById, patchGateway, type GatewayRow } from '../../storage/gateways.ts';
import { messageById, messageByProviderId, messageByUid, type MessageRow } from '../../storage/messages.ts';
import { moveMessage } from '../../storage/outbox.ts';
import type { BookContext } from '../door.ts';
import { channelOf } from './channels.ts';
import { pauseGateway } from './holds.ts';
import { move } from './move.ts';
import { applyTrouble, capabilitiesOf } from './outcome.ts';
import { markOf } from './outgoing.ts';
import type { Runner } from './runner.ts';

/** Messages asked about in one request. */
const ASKED_MOST = 100;

/**
 * Takes news of a message that left, however they came: pulled, in a bounce, through a relay. News only go forward; what
 * comes late or twice changes nothing. Answers whether it changed something.
 */
export function applyNews(tx: WriteTx, message: MessageRow, news: StatusNews, now: number): boolean {
  if (news.costMicros !== null || news.parts !== null) {
    moveMessage(tx, message.id, {
      costMicros: news.costMicros ?? message.costMicros,
      parts: news.parts ?? message.parts,
    });
  }
  const to = afterNews(message.state, news.state);
  if (to === null) return false;
  const detail = [news.code, news.detail].filter((part) => part !== null && part !== '').join(': ');
  const stays = waitsForNews.has(to);
  move(tx, message, {
    to,
    // A clock of theirs that is ahead of ours must not bring the timeline out of order.
    at: now,
    kind: to,
    ...(detail === '' ? {} : { detail }),
    ...(news.at === null ? {} : { values: { at: news.at } }),
    eventKey: [message.id, news.state].join(':'),
    fields: {
      ...(news.providerId === null ? {} : { providerId: news.providerId }),
      ...(stays ? { nextAt: message.nextAt } : {}),
      sentAt: message.sentAt ?? now,
    },
  });
  applyTrouble(tx, message, { errorClass: news.errorClass, code: news.code, detail: news.detail, at: now });
  return true;
}

/** The message that news are about, by our own key or by the gateway's. */
export function messageOfNews(
  tx: ReadTx,
  gatewayId: number,
  news: Pick<StatusNews, 'uid' | 'providerId'>,
): MessageRow | undefined {
  const byUid = news.uid === null ? undefined : messageByUid(tx, news.uid);
  if (byUid) return byUid;
  return news.providerId === null ? undefined : messageByProviderId(tx, gatewayId, news.providerId);
}

/** Asks each gateway about its messages whose time to ask has come. */
export async function pullNews(
  context: BookContext,
  runner: Runner,
  asked: readonly MessageRow[],
): Promise<void> {
  const byGateway = Map.groupBy(asked, (message) => message.gatewayId);
  await Promise.all(
    [...byGateway].map(async ([gatewayId, messages]) => {
      const gateway = gatewayId === null ? undefined : context.db.read((tx) => gatewayById(tx, gatewayId));
      for (let from = 0; from < messages.length; from += ASKED_MOST) {
        if (runner.isStopped || !context.db.isOpen()) return;
        await pullBatch(context, runner, { gateway, messages: messages.slice(from, from + ASKED_MOST) });
      }
    }),
  );
}

type Batch = { readonly gateway: GatewayRow | undefined; readonly messages: readonly MessageRow[] };

async function pullBatch(context: BookContext, runner: Runner, { gateway, messages }: Batch): Promise<void> {
  const opened = gateway && gateway.removedAt === null ? await channelOf(context, runner, gateway) : null;
  const pull = opened?.ok ? opened.channel.pull : undefined;
  const answer = pull ? await pull(messages.map(markOf), runner.stop.signal) : null;
  if (!context.db.isOpen()) return;
  const at = context.now();
  context.db.write((tx) => {
    for (const news of answer?.ok && gateway ? answer.value : []) {
      const message = messageOfNews(tx, gateway?.id ?? 0, news);
      if (message) applyNews(tx, message, news, at);
    }
    if (answer?.ok === false && answer.errorClass === 'auth' && gateway) {
      pauseGateway(tx, gateway.id, { errorClass: 'auth', code: answer.code, detail: answer.detail, at });
    }
    if (answer?.ok && gateway) patchGateway(tx, gateway.id, { pulledAt: at });
    for (const { id } of messages) askLater(tx, context, { messageId: id, gateway, at });
  });
  context.changed('messages', 'reminders');
}

/** Asked about again later, or given up: then nothing is known of its arrival. */
function askLater(
  tx: WriteTx,
  context: BookContext,
  { messageId, gateway, at }: { messageId: number; gateway: GatewayRow | undefined; at: number },
): void {
  const message = messageById(tx, messageId);
  if (!message || !waitsForNews.has(message.state)) return;
  const can = gateway ? capabilitiesOf(context, gateway) : null;
  const canPull = can !== null && can.pullsStatus !== 'no';
  const sentAt = message.sentAt ?? message.createdAt;
  const lookBackDays = can?.lookBackDays ?? LOOK_BACK_DAYS;
  let pollCount = message.pollCount + 1;
  let nextAt = canPull ? nextPollAt({ sentAt, pollCount, lookBackDays }) : null;
  // Looks that were missed while Baaki was closed are made up for by the one that was just made.
  while (nextAt !== null && nextAt <= at) {
    pollCount += 1;
    nextAt = nextPollAt({ sentAt, pollCount, lookBackDays });
  }
  if (nextAt === null) move(tx, message, { to: 'no-report', at, kind: 'no-report' });
  else moveMessage(tx, messageId, { pollCount, nextAt });
}
