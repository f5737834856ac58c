import { callNews } from '../../transport/call-news.ts';
import { urlOf } from '../../transport/http.ts';
import { badAnswer, notPulled } from '../../transport/outcomes.ts';
import { pullEach } from '../../transport/pull-each.ts';
import { at, listAt, numberAt, textAt, type Json } from '../../transport/read-json.ts';
import type {
  InboundMessage,
  OutgoingMessage,
  Pulled,
  SendOutcome,
  SentMark,
  StatusNews,
} from '../message-ports.ts';
import { accountUrl, ask, type Account } from './account.ts';

// A call that plays a flow of the owner's own at Exotel (docs/gateways.md 5.1). Without a public address a flow cannot
// be told the amount: it says the business's name and asks, and the amount comes by SMS.

const RING_SECONDS = '30';
const CALL_SECONDS_MOST = '180';

export async function send(
  account: Account,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const form = {
    From: message.to,
    CallerId: account.from,
    Url: `http://my.exotel.com/${account.sid}/exoml/start_voice/${account.flowId}`,
    CallType: 'trans',
    TimeLimit: CALL_SECONDS_MOST,
    TimeOut: RING_SECONDS,
    CustomField: message.uid,
  };
  const url = accountUrl(account, '/Calls/connect.json');
  const answer = await ask(account, { url, form, hidden: [message.to, message.toName] }, signal);
  if (!answer.ok) return answer;
  const providerId = textAt(answer.json, 'Call', 'Sid');
  if (providerId === null) return badAnswer('Exotel took the request and gave no id.');
  return { ok: true, providerId, state: 'accepted', parts: null, costMicros: null };
}

export function pull(
  account: Account,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  return pullEach(sent, async (mark) => {
    const url = accountUrl(account, `/Calls/${encodeURIComponent(mark.providerId)}.json`);
    const answer = await ask(account, { url, hidden: [mark.to] }, signal);
    if (!answer.ok) return notPulled(answer);
    const call = at(answer.json, 'Call');
    const isIt = textAt(call, 'Sid') === mark.providerId;
    return { ok: true, value: isIt ? callNews(mark, textAt(call, 'Status'), priceOf(call)) : null };
  });
}

function priceOf(call: Json | undefined): number | null {
  const price = numberAt(call, 'Price');
  return price === null ? null : Math.round(Math.abs(price) * 1_000_000);
}

/**
 * Keys pressed in calls that have ended since. The list of the third version tells the digits; the cursor is the newest
 * end seen.
 */
export async function pullInbound(
  account: Account,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Pulled<{ readonly messages: readonly InboundMessage[]; readonly cursor: string }>> {
  const since = cursor === null ? account.now() - 86_400_000 : Number(cursor);
  const path = `/v3/accounts/${encodeURIComponent(account.sid)}/calls`;
  const query = { 'start_time[gte]': String(Math.floor((since - 3_600_000) / 1000)), limit: '500' };
  const answer = await ask(account, { url: urlOf(account.callUrl, path, query) }, signal);
  if (!answer.ok) return notPulled(answer);
  if (!Array.isArray(at(answer.json, 'response'))) return notPulled(badAnswer());
  const messages = listAt(answer.json, 'response').flatMap((one) => keysOf(at(one, 'call_details') ?? null));
  return { ok: true, value: { messages, cursor: String(Math.max(since, ...messages.map((one) => one.at))) } };
}

function keysOf(call: Json): readonly InboundMessage[] {
  const sid = textAt(call, 'sid');
  const digits = textAt(call, 'digits') ?? textAt(call, 'flow', 'digits');
  const ended = Date.parse(textAt(call, 'end_time') ?? '');
  if (sid === null || digits === null || Number.isNaN(ended)) return [];
  return [
    {
      externalId: `${sid}:${digits}`,
      kind: 'key-press',
      from: textAt(call, 'to') ?? '',
      at: ended,
      subject: null,
      text: digits.replaceAll('"', ''),
      about: { uid: textAt(call, 'custom_field'), providerId: sid, messageIds: [] },
      attachments: [],
      news: null,
    },
  ];
}
