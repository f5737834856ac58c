import { check, failedCheck } from '../../transport/checks.ts';
import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import {
  badAnswer,
  brokenOff,
  byStatus,
  notPulled,
  saidNo,
  type Answered,
  type Failed,
} from '../../transport/outcomes.ts';
import { pullEach } from '../../transport/pull-each.ts';
import { listAt, readJson, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';
import type {
  Gateway,
  GatewayConfig,
  GatewayWorld,
  InboundMessage,
  MessageChannel,
  OutgoingMessage,
  Pulled,
  SendOutcome,
  SentMark,
  StatusNews,
} from '../message-ports.ts';
import { describe } from './describe.ts';

// An Android phone with the open SMS gateway app (docs/gateways.md 2.12): the one SMS gateway that knows our id, so the
// same message may be handed over again and is taken once.

const STATES: Readonly<Record<string, StatusNews['state']>> = {
  sent: 'sent',
  delivered: 'delivered',
  failed: 'undelivered',
  cancelled: 'rejected',
};
const DAY_MS = 86_400_000;
const OVERLAP_MS = 10 * 60_000;
const PAGE = 500;
const PAGES_MOST = 20;

type Phone = {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly sim: string;
  readonly now: () => number;
  readonly limits: HttpLimits;
};
type Ask = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};

export const gateways: readonly Gateway[] = [{ describe, open: openPhone }];

/** `limits` is for tests. */
export function openPhone(
  { fields, secrets }: GatewayConfig,
  world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const phone: Phone = {
    baseUrl: fields['baseUrl'] ?? '',
    user: fields['user'] ?? '',
    password: secrets['password'] ?? '',
    sim: fields['sim'] ?? '',
    now: world.now,
    limits,
  };
  return {
    check: async (signal) => {
      const health = await ask(phone, { path: '/health' }, signal);
      if (!health.ok) return [failedCheck('connect', health)];
      const signIn = await ask(phone, { path: '/messages', query: { limit: '1' } }, signal);
      const found = check('connect', 'ok', { en: 'The phone answers.', hi: 'फ़ोन से उत्तर आ रहा है।' });
      if (!signIn.ok) return [found, failedCheck('sign-in', signIn)];
      return [
        found,
        check('sign-in', 'ok', {
          en: 'The phone accepts user and password.',
          hi: 'फ़ोन ने user और password माने।',
        }),
        check('sender', 'warning', {
          en: 'Messages leave from your own SIM. Operators stop numbers that send in bulk: only few, and only to customers who know you.',
          hi: 'संदेश आपके अपने SIM से जाते हैं। ज़्यादा भेजने पर कंपनी नंबर बंद कर देती है: कम भेजें, सिर्फ़ जान-पहचान के ग्राहकों को।',
        }),
      ];
    },
    preflight: () => [],
    send: (message, signal) => send(phone, message, signal),
    pull: (sent, signal) => pull(phone, sent, signal),
    pullInbound: (cursor, signal) => pullInbound(phone, cursor, signal),
    find: async (mark, signal) => {
      const state = await stateOf(phone, mark.uid, signal);
      if (!state.ok) return state;
      if (state.value === null) return { ok: true, value: null };
      return {
        ok: true,
        value: { providerId: mark.uid, state: STATES[state.value.toLowerCase()] ?? 'accepted' },
      };
    },
    close: () => Promise.resolve(),
  };
}

type PhoneAnswer =
  | { readonly ok: true; readonly json: Json; readonly answered: Answered }
  | (Failed & { readonly status?: number });

async function ask(phone: Phone, { path, query = {}, body }: Ask, signal: AbortSignal): Promise<PhoneAnswer> {
  const answer = await callHttp({
    ...phone.limits,
    method: body === undefined ? 'GET' : 'POST',
    url: urlOf(phone.baseUrl, path, query),
    headers: {
      authorization: `Basic ${Buffer.from(`${phone.user}:${phone.password}`).toString('base64')}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal,
  });
  if (!answer.ok) return brokenOff(answer);
  if (answer.status < 200 || answer.status >= 300)
    return { ...refusalOf(phone, answer), status: answer.status };
  const json = readJson(answer.text);
  return json === undefined || typeof json !== 'object' ? badAnswer() : { ok: true, json, answered: answer };
}

function refusalOf(phone: Phone, answer: Answered): Failed {
  const said = textAt(readJson(answer.text), 'message') ?? '';
  if (answer.status !== 400 && answer.status !== 409) return byStatus(answer);
  return saidNo('policy', `HTTP ${answer.status}`, redacted(said, [phone.password]));
}

async function send(phone: Phone, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
  const body = {
    id: message.uid,
    textMessage: { text: message.text },
    phoneNumbers: [message.to],
    withDeliveryReport: true,
    ...(phone.sim !== '' && { simNumber: Number(phone.sim) }),
  };
  const answer = await ask(phone, { path: '/messages', body }, signal);
  // Handed over before: the answer to that was lost, the message was not.
  if (answer.ok || answer.status === 409) {
    if (answer.ok && textAt(answer.json, 'id') !== message.uid)
      return badAnswer('The phone took another id.');
    return { ok: true, providerId: message.uid, state: 'accepted', parts: null, costMicros: null };
  }
  return answer;
}

/** Null: the phone does not know this id. */
async function stateOf(phone: Phone, uid: string, signal: AbortSignal): Promise<Pulled<string | null>> {
  const answer = await ask(phone, { path: `/messages/${encodeURIComponent(uid)}` }, signal);
  if (!answer.ok) return answer.status === 404 ? { ok: true, value: null } : notPulled(answer);
  const state = textAt(answer.json, 'state');
  return state === null || textAt(answer.json, 'id') !== uid
    ? notPulled(badAnswer())
    : { ok: true, value: state };
}

/** The phone knows our own id, whatever it answered when it took the message. */
function pull(
  phone: Phone,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  const known = sent.map((mark) => ({ ...mark, providerId: mark.uid }));
  return pullEach(known, async (mark) => {
    const answer = await ask(phone, { path: `/messages/${encodeURIComponent(mark.uid)}` }, signal);
    if (!answer.ok) return answer.status === 404 ? { ok: true, value: null } : notPulled(answer);
    const state = STATES[(textAt(answer.json, 'state') ?? '').toLowerCase()];
    const isOurs = textAt(answer.json, 'id') === mark.uid;
    return { ok: true, value: state && isOurs ? newsOf(phone, answer.json, { mark, state }) : null };
  });
}

function newsOf(
  phone: Phone,
  json: Json,
  { mark, state }: { readonly mark: SentMark; readonly state: StatusNews['state'] },
): StatusNews {
  const error = listAt(json, 'recipients')
    .map((one) => textAt(one, 'error'))
    .find((text) => text !== null);
  const hasFailed = state === 'undelivered' || state === 'rejected';
  return {
    uid: mark.uid,
    providerId: mark.uid,
    state,
    at: null,
    errorClass: hasFailed ? classOf(error ?? '') : null,
    code: hasFailed ? (error?.match(/RESULT_[A-Z_]+/)?.[0] ?? 'FAILED') : null,
    detail: redacted(error ?? '', [phone.password, mark.to]),
    parts: null,
    costMicros: null,
  };
}

/** Android's codes: no service or a radio that is off pass, a limit is the operator's or the phone's. */
function classOf(error: string): StatusNews['errorClass'] {
  if (error.includes('LIMIT_EXCEEDED')) return 'throttled';
  if (/NO_SERVICE|RADIO_OFF|NETWORK/.test(error)) return 'recipient-temporary';
  return /INVALID|BLOCKED/.test(error) ? 'recipient-permanent' : 'recipient-temporary';
}

async function pullInbound(
  phone: Phone,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Pulled<{ readonly messages: readonly InboundMessage[]; readonly cursor: string }>> {
  const since = cursor === null ? phone.now() - DAY_MS : Number(cursor);
  const messages: InboundMessage[] = [];
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const query = { from: isoOf(since - OVERLAP_MS), limit: String(PAGE), offset: String(page * PAGE) };
    const answer = await ask(phone, { path: '/inbox', query }, signal);
    if (!answer.ok) return notPulled(answer);
    if (!Array.isArray(answer.json)) return notPulled(badAnswer());
    messages.push(...listAt(answer.json).flatMap(inboundOf));
    if (listAt(answer.json).length < PAGE) break;
  }
  return { ok: true, value: { messages, cursor: String(Math.max(since, ...messages.map((one) => one.at))) } };
}

function inboundOf(json: Json): readonly InboundMessage[] {
  const externalId = textAt(json, 'id');
  const from = textAt(json, 'sender') ?? textAt(json, 'phoneNumber');
  const instant = Date.parse(textAt(json, 'createdAt') ?? textAt(json, 'receivedAt') ?? '');
  const text = textAt(json, 'contentPreview') ?? textAt(json, 'message') ?? '';
  if (externalId === null || from === null || Number.isNaN(instant)) return [];
  const about = { uid: null, providerId: null, messageIds: [] };
  return [
    { externalId, kind: 'reply', from, at: instant, subject: null, text, about, attachments: [], news: null },
  ];
}

function isoOf(instant: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'UTC',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return `${parts.format(instant).replace(' ', 'T')}Z`;
}
