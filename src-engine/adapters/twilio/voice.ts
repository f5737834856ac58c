import { problem } from '../../transport/checks.ts';
import { badAnswer, notPulled } from '../../transport/outcomes.ts';
import { pullEach, type KnownMark } from '../../transport/pull-each.ts';
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

// A call. Without a Studio flow the text is spoken twice and keys cannot be heard: Twilio tells keys only to a public
// address. With a flow (docs/gateways.md 5.2) it gets the text as a parameter, and its context is asked for the digits.

const TWIML_CHARS_MOST = 4000;
const RING_SECONDS = '30';
const CALL_SECONDS_MOST = '180';
const DAY_MS = 86_400_000;
const VOICES: Readonly<Record<string, string>> = { hi: 'hi-IN', en: 'en-IN' };

const STATES: Readonly<Record<string, StatusNews['state']>> = {
  completed: 'delivered',
  busy: 'undelivered',
  'no-answer': 'undelivered',
  canceled: 'rejected',
  failed: 'rejected',
};

function twimlOf({ text, language }: OutgoingMessage): string {
  const voice = VOICES[language] ?? 'en-IN';
  const spoken = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
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
  const parameters = JSON.stringify({ text: message.text, language: message.language, uid: message.uid });
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
    const state = await stateOf(account, mark.providerId, signal);
    if (!state.ok) return state;
    return { ok: true, value: state.value === null ? null : callNews(mark, state.value) };
  });
}

function callNews({ uid, providerId }: KnownMark, state: StatusNews['state']): StatusNews {
  const hasFailed = state !== 'delivered';
  return {
    uid,
    providerId,
    state,
    at: null,
    errorClass: hasFailed ? 'recipient-temporary' : null,
    code: hasFailed ? state.toUpperCase() : null,
    detail: '',
    parts: null,
    costMicros: null,
  };
}

async function stateOf(
  account: Account,
  providerId: string,
  signal: AbortSignal,
): Promise<Pulled<StatusNews['state'] | null>> {
  const id = encodeURIComponent(providerId);
  const isFlow = providerId.startsWith('FN');
  const url = isFlow ? flowUrl(account, `/${id}/Context`) : accountUrl(account, `/Calls/${id}.json`);
  const answer = await ask(account, { url }, signal);
  if (!answer.ok) return notPulled(answer);
  const status = isFlow ? callStatusOf(answer.json) : textAt(answer.json, 'status');
  return { ok: true, value: STATES[status ?? ''] ?? null };
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
  const digits = valuesOf(at(context, 'context', 'widgets'))
    .map((widget) => textAt(widget, 'Digits'))
    .findLast((pressed) => pressed !== null);
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

function isoSecond(instant: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'UTC',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return parts.format(instant).replace(' ', 'T');
}
