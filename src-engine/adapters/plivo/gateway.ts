import type { MessageState } from '#domain/reminders/words.ts';
import { check, failedCheck, problem } from '../../transport/checks.ts';
import { findIn, type Found, type LogRow } from '../../transport/finding.ts';
import type { HttpLimits } from '../../transport/http.ts';
import { badAnswer, notPulled } from '../../transport/outcomes.ts';
import { e164Of } from '../../transport/phones.ts';
import { pullEach } from '../../transport/pull-each.ts';
import { at, listAt, numberAt, textAt, type Json } from '../../transport/read-json.ts';
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
import { ask, type Account } from './account.ts';
import { describe } from './describe.ts';
import { classOf } from './errors.ts';

// Plivo (docs/gateways.md 2.6): DLT ids go with the request; status and replies by asking.

const CATEGORIES = {
  'service-implicit': 'service_implicit',
  'service-explicit': 'service_explicit',
} as const;
const PAGE = '20';
const PAGES_MOST = 25;
const DAY_MS = 86_400_000;
const OVERLAP_MS = 10 * 60_000;
const LOOK_BACK_DAYS = 90;

const STATES: Readonly<Record<string, StatusNews['state']>> = {
  sent: 'sent',
  delivered: 'delivered',
  read: 'read',
  undelivered: 'undelivered',
  failed: 'rejected',
  rejected: 'rejected',
};

export const gateways: readonly Gateway[] = [{ describe, open: openPlivo }];

/** `limits` is for tests. */
export function openPlivo(
  { fields, secrets }: GatewayConfig,
  world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const account: Account = {
    baseUrl: fields['baseUrl'] ?? '',
    id: fields['authId'] ?? '',
    token: secrets['authToken'] ?? '',
    from: fields['from'] ?? '',
    now: world.now,
    limits,
  };
  return {
    check: async (signal) => {
      const answer = await ask(account, { path: '/' }, signal);
      if (!answer.ok) return [failedCheck('account', answer)];
      return [
        check('sign-in', 'ok', { en: 'Plivo accepts the account.', hi: 'Plivo ने खाता स्वीकार किया।' }),
        check('balance', 'ok', {
          en: `Balance: ${textAt(answer.json, 'cash_credits') ?? 'not told'}.`,
          hi: `बैलेंस: ${textAt(answer.json, 'cash_credits') ?? 'नहीं बताया'}।`,
        }),
      ];
    },
    preflight: ({ ids }) =>
      ids.dltEntityId !== null && ids.dltTemplateId !== null
        ? []
        : [
            problem('dlt-ids-missing', {
              en: 'Plivo wants the DLT entity and template id with each SMS to India. Enter them at the text.',
              hi: 'Plivo को भारत के हर SMS के साथ DLT entity और template id चाहिए। इन्हें संदेश के टेम्पलेट में डालें।',
            }),
          ],
    send: (message, signal) => send(account, message, signal),
    pull: (sent, signal) => pull(account, sent, signal),
    pullInbound: (cursor, signal) => pullInbound(account, cursor, signal),
    find: (mark, signal) => find(account, mark, signal),
    close: () => Promise.resolve(),
  };
}

async function send(account: Account, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
  const { dltEntityId, dltTemplateId, dltCategory, dltHeader } = message.ids;
  const category =
    dltCategory === 'service-explicit' ? CATEGORIES[dltCategory] : CATEGORIES['service-implicit'];
  const body = {
    src: dltHeader ?? account.from,
    dst: message.to.replace(/^\+/, ''),
    text: message.text,
    type: 'sms',
    dlt_entity_id: dltEntityId,
    dlt_template_id: dltTemplateId,
    dlt_template_category: category,
  };
  const hidden = [message.text, message.to, message.toName, ...message.values.map(({ value }) => value)];
  const answer = await ask(account, { path: '/Message/', body, hidden }, signal);
  if (!answer.ok) return answer;
  const providerId = textAt(answer.json, 'message_uuid', 0);
  if (providerId === null) return badAnswer('Plivo took the request and gave no id.');
  return { ok: true, providerId, state: 'accepted', parts: null, costMicros: null };
}

function pull(
  account: Account,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  return pullEach(sent, async (mark) => {
    const path = `/Message/${encodeURIComponent(mark.providerId)}/`;
    const answer = await ask(account, { path, hidden: [mark.to] }, signal);
    if (!answer.ok) return notPulled(answer);
    const state = STATES[textAt(answer.json, 'message_state') ?? ''];
    const isOurs = textAt(answer.json, 'message_uuid') === mark.providerId;
    return { ok: true, value: state && isOurs ? newsOf(answer.json, mark, state) : null };
  });
}

function newsOf(json: Json, mark: SentMark, state: StatusNews['state']): StatusNews {
  const code = textAt(json, 'error_code');
  const hasFailed = state === 'undelivered' || state === 'rejected';
  return {
    uid: mark.uid,
    providerId: mark.providerId,
    state,
    at: instantAt(json, 'message_updated_time') ?? instantAt(json, 'message_sent_time'),
    errorClass: hasFailed ? classOf(code) : null,
    code: hasFailed ? code : null,
    detail: '',
    parts: numberAt(json, 'units'),
    // Plivo bills in dollars; what that is in rupees is not ours to guess.
    costMicros: null,
  };
}

/** '2026-11-22 11:30:00.123456+00:00' or without a zone, then UTC. */
function instantAt(json: Json, key: string): number | null {
  const text = textAt(json, key);
  if (text === null) return null;
  const iso = text.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1');
  const instant = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(iso) ? iso : `${iso}Z`);
  return Number.isNaN(instant) ? null : instant;
}

type Rows = { readonly rows: readonly Json[]; readonly isWhole: boolean };

/** Rows of the list since an instant, page by page. */
async function list(
  account: Account,
  wish: { readonly direction: 'inbound' | 'outbound'; readonly since: number; readonly to: string | null },
  signal: AbortSignal,
): Promise<Pulled<Rows>> {
  const rows: Json[] = [];
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const query: Record<string, string> = {
      limit: PAGE,
      offset: String(page * Number(PAGE)),
      message_direction: wish.direction,
      message_time__gte: timeOf(wish.since),
    };
    if (wish.to !== null) query['to_number'] = wish.to.replace(/^\+/, '');
    const answer = await ask(account, { path: '/Message/', query }, signal);
    if (!answer.ok) return notPulled(answer);
    if (!Array.isArray(at(answer.json, 'objects'))) return notPulled(badAnswer());
    const objects = listAt(answer.json, 'objects');
    rows.push(...objects);
    if (objects.length < Number(PAGE)) return { ok: true, value: { rows, isWhole: true } };
  }
  return { ok: true, value: { rows, isWhole: false } };
}

function timeOf(instant: number): string {
  return new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'UTC',
    dateStyle: 'short',
    timeStyle: 'medium',
  }).format(instant);
}

async function pullInbound(
  account: Account,
  cursor: string | null,
  signal: AbortSignal,
): Promise<Pulled<{ readonly messages: readonly InboundMessage[]; readonly cursor: string }>> {
  const since = cursor === null ? account.now() - DAY_MS : Number(cursor);
  const found = await list(account, { direction: 'inbound', since: since - OVERLAP_MS, to: null }, signal);
  if (!found.ok) return found;
  const messages = found.value.rows.flatMap((row): readonly InboundMessage[] => {
    const externalId = textAt(row, 'message_uuid');
    const from = textAt(row, 'from_number');
    const instant = instantAt(row, 'message_time');
    if (textAt(row, 'message_direction') !== 'inbound' || !externalId || !from || instant === null) return [];
    const text = textAt(row, 'text') ?? '';
    const about = { uid: null, providerId: null, messageIds: [] };
    return [
      {
        externalId,
        kind: 'reply',
        from: e164Of(from),
        at: instant,
        subject: null,
        text,
        about,
        attachments: [],
        news: null,
      },
    ];
  });
  const newest = Math.max(since, ...messages.map((one) => one.at));
  return { ok: true, value: { messages, cursor: String(newest) } };
}

async function find(
  account: Account,
  mark: SentMark & { readonly text: string },
  signal: AbortSignal,
): Promise<Found> {
  const wish = { direction: 'outbound', since: mark.sentAt - OVERLAP_MS, to: mark.to } as const;
  const found = await list(account, wish, signal);
  if (!found.ok) return found;
  return findIn(found.value.rows.map(rowOf), mark, {
    now: account.now(),
    lookBackDays: LOOK_BACK_DAYS,
    isWhole: found.value.isWhole,
  });
}

function rowOf(row: Json): LogRow {
  const state: MessageState = STATES[textAt(row, 'message_state') ?? ''] ?? 'accepted';
  return {
    providerId: textAt(row, 'message_uuid'),
    to: textAt(row, 'to_number') ?? '',
    at: instantAt(row, 'message_time'),
    text: textAt(row, 'text'),
    state,
  };
}
