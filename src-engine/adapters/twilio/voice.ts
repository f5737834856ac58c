import { callNews } from '../../transport/call-news.ts';
import { problem } from '../../transport/checks.ts';
import { badAnswer, notPulled } from '../../transport/outcomes.ts';
import { pullEach } from '../../transport/pull-each.ts';
import { at, listAt, textAt, type Json } from '../../transport/read-json.ts';
import { urlOf } from '../../transport/http.ts';
import type {
  InboundMessage,
  OutgoingMessage,
  Problem,
  Pulled,
  SendOutcome,
  SentMark,
  StatusNews,
} from '../message-ports.ts';
import { accountUrl, ask, type Account } from './account.ts';

// A call. Without a Studio flow keys cannot be heard: Twilio tells them only to a public address. Then it says twice who
// calls, and no amount (docs/gateways.md 5.7). A flow (5.2) gets all that is to be said as parameters, and its context is
// asked for the digits.

const TWIML_CHARS_MOST = 4000;
const RING_SECONDS = '30';
const CALL_SECONDS_MOST = '180';
const DAY_MS = 86_400_000;
const VOICES: Readonly<Record<string, string>> = { hi: 'hi-IN', en: 'en-IN' };

function twimlOf({ text, language, call }: OutgoingMessage): string {
  const voice = VOICES[language] ?? 'en-IN';
  const spoken = (call?.alone ?? text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
  const say = `<Say language="${voice}">${spoken}</Say>`;
  return `<Response><Pause length="1"/>${say}<Pause length="2"/>${say}</Response>`;
}

export function preflight(account: Account, message: OutgoingMessage): readonly Problem[] {
  const { length } = twimlOf(message);
  if (account.flowSid !== '' || length <= TWIML_CHARS_MOST) return [];
  return [
    problem('too-long', {
      en: `The text is too long to be spoken (${length} of ${TWIML_CHARS_MOST} characters).`,
      hi: `संदेश बोलने के लिए बहुत लंबा है (${TWIML_CHARS_MOST} में से ${length} अक्षर)।`,
    }),
  ];
}

export async function send(
  account: Account,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const hidden = [message.text, message.to, message.toName, ...message.values.map(({ value }) => value)];
  const base = { To: message.to, From: account.from };
  const { text, language, uid, call } = message;
  const parameters = JSON.stringify({ text, language, uid, ...spokenParts(call) });
  const answer =
    account.flowSid === ''
      ? await ask(
          account,
          {
            url: accountUrl(account, '/Calls.json'),
            form: { ...base, Twiml: twimlOf(message), Timeout: RING_SECONDS, TimeLimit: CALL_SECONDS_MOST },
            hidden,
          },
          signal,
        )
      : await ask(
          account,
          { url: flowUrl(account, ''), form: { ...base, Parameters: parameters }, hidden },
          signal,
        );
  if (!answer.ok) return answer;
  const providerId = textAt(answer.json, 'sid');
  if (providerId === null) return badAnswer('Twilio took the request and gave no id.');
  return { ok: true, providerId, state: 'accepted', parts: null, costMicros: null };
}

/** One name for each sentence, flat: a flow reads them as {{flow.data.opening}}. */
function spokenParts(call: OutgoingMessage['call']): Readonly<Record<string, string>> {
  if (!call) return {};
  const { opening, details, answers, wrongKey, noKey } = call;
  return { opening, details, wrong_key: wrongKey, no_key: noKey, ...answers };
}

function flowUrl(account: Account, path: string, query: Readonly<Record<string, string>> = {}): string {
  return urlOf(
    account.studioUrl,
    `/v2/Flows/${encodeURIComponent(account.flowSid)}/Executions${path}`,
    query,
  );
}

export function pull(
  account: Account,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  return pullEach(sent, async (mark) => {
    const status = await statusOf(account, mark.providerId, signal);
    return status.ok ? { ok: true, value: callNews(mark, status.value) } : status;
  });
}

async function statusOf(
  account: Account,
  providerId: string,
  signal: AbortSignal,
): Promise<Pulled<string | null>> {
  const id = encodeURIComponent(providerId);
  const isFlow = providerId.startsWith('FN');
  const url = isFlow ? flowUrl(account, `/${id}/Context`) : accountUrl(account, `/Calls/${id}.json`);
  const answer = await ask(account, { url }, signal);
  if (!answer.ok) return notPulled(answer);
  return { ok: true, value: isFlow ? callStatusOf(answer.json) : textAt(answer.json, 'status') };
}

/** A flow's context holds what each widget saw: the call of its first widget, digits of those that gather. */
function callStatusOf(json: Json): string | null {
  const widgets = at(json, 'context', 'widgets');
  return (
    valuesOf(widgets)
      .map((widget) => textAt(widget, 'CallStatus'))
      .findLast((status) => status !== null) ?? null
  );
}

const valuesOf = (json: Json | undefined): readonly Json[] =>
  typeof json === 'object' && json !== null && !Array.isArray(json) ? Object.values(json) : [];

/** Keys that were pressed in flows that have ended. The cursor is the newest execution looked at. */
export async function pullInbound(
  account: Account,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Pulled<{ readonly messages: readonly InboundMessage[]; readonly cursor: string }>> {
  const since = cursor === null ? account.now() - DAY_MS : Number(cursor);
  const from = `${isoSecond(since - DAY_MS)}Z`;
  const answer = await ask(
    account,
    { url: flowUrl(account, '', { DateCreatedFrom: from, PageSize: '1000' }) },
    signal,
  );
  if (!answer.ok) return notPulled(answer);
  if (!Array.isArray(at(answer.json, 'executions'))) return notPulled(badAnswer());
  const messages: InboundMessage[] = [];
  for (const execution of listAt(answer.json, 'executions')) {
    const sid = textAt(execution, 'sid');
    if (sid === null || textAt(execution, 'status') !== 'ended') continue;
    const context = await ask(
      account,
      { url: flowUrl(account, `/${encodeURIComponent(sid)}/Context`) },
      signal,
    );
    if (!context.ok) return notPulled(context);
    messages.push(...keysOf(execution, context.json, sid));
  }
  return { ok: true, value: { messages, cursor: String(Math.max(since, ...messages.map((one) => one.at))) } };
}

function keysOf(execution: Json, context: Json, sid: string): readonly InboundMessage[] {
  const digits = pressedIn(at(context, 'context', 'widgets'));
  const ended = Date.parse(textAt(execution, 'date_updated') ?? '');
  if (!digits || Number.isNaN(ended)) return [];
  return [
    {
      externalId: `${sid}:${digits}`,
      kind: 'key-press',
      from: textAt(execution, 'contact_channel_address') ?? '',
      at: ended,
      subject: null,
      text: digits,
      about: { uid: textAt(context, 'context', 'flow', 'data', 'uid'), providerId: sid, messageIds: [] },
      attachments: [],
      news: null,
    },
  ];
}

/** The widget that asks whether the right one listens: its 1 promises nothing. */
const LISTEN_WIDGET = 'listen';

function pressedIn(widgets: Json | undefined): string | undefined {
  const isAsked = typeof widgets === 'object' && widgets !== null && !Array.isArray(widgets);
  const pressed = Object.entries(isAsked ? widgets : {}).flatMap(([name, widget]) => {
    const digits = textAt(widget, 'Digits');
    return digits === null || (name === LISTEN_WIDGET && !digits.includes('9')) ? [] : [digits];
  });
  return pressed.find((digits) => digits.includes('9')) ?? pressed.at(-1);
}

function isoSecond(instant: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'UTC',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return parts.format(instant).replace(' ', 'T');
}
