import { indianInstant } from '../../transport/indian-time.ts';
import { notPulled } from '../../transport/outcomes.ts';
import { e164Of } from '../../transport/phones.ts';
import { listAt, textAt } from '../../transport/read-json.ts';
import type { InboundMessage, MessageChannel, Pulled } from '../message-ports.ts';
import { ask, type Textlocal } from './account.ts';

const DAY_MS = 86_400_000;
/** Replies come out of order by minutes; each has an id of its own, so that seeing one twice does no harm. */
const OVERLAP_MS = 10 * 60_000;

type Inbound = Awaited<ReturnType<NonNullable<MessageChannel['pullInbound']>>>;

/** The whole inbox is read each time and the old left out: nobody documents a filter that can be relied on. */
export async function pullInbound(
  account: Textlocal,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Inbound> {
  const since = cursor === null ? account.now() - DAY_MS : Number(cursor);
  if (account.inboxId === '') return { ok: true, value: { messages: [], cursor: String(since) } };
  const told = await ask(account, '/get_messages/', { inbox_id: account.inboxId }, signal);
  if (!told.ok) {
    // An empty inbox is told as an error, and its number is told nowhere.
    if (told.failed.detail === 'No messages found') return emptyAt(since);
    return notPulled(told.failed);
  }
  const messages = listAt(told.json, 'messages').flatMap((row): InboundMessage[] => {
    const id = textAt(row, 'id');
    const at = indianInstant(textAt(row, 'date') ?? '');
    if (id === null || at === null || at < since - OVERLAP_MS) return [];
    return [
      {
        externalId: id,
        kind: 'reply',
        from: e164Of(textAt(row, 'number') ?? ''),
        at,
        subject: null,
        text: textAt(row, 'message') ?? '',
        about: { uid: null, providerId: null, messageIds: [] },
        attachments: [],
        news: null,
      },
    ];
  });
  const latest = Math.max(since, ...messages.map(({ at }) => at));
  return { ok: true, value: { messages, cursor: String(latest) } };
}

function emptyAt(
  since: number,
): Pulled<{ readonly messages: readonly InboundMessage[]; readonly cursor: string }> {
  return { ok: true, value: { messages: [], cursor: String(since) } };
}
