import type { WhatsappStatus } from '#domain/reminders/words.ts';
import { furthest } from '../../transport/news.ts';
import { badAnswer, notPulled } from '../../transport/outcomes.ts';
import { pullEach } from '../../transport/pull-each.ts';
import { at, listAt, numberAt, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';
import type { ApprovedTemplate, Pulled, SentMark, StatusNews } from '../message-ports.ts';
import { classOfFailed } from './errors.ts';
import { askGraph, type Account } from './graph.ts';

// What became of messages, asked of Meta itself: message_history (docs/gateways.md 3.4). How long Meta keeps it is not
// documented.

const STATES: Readonly<Record<string, StatusNews['state']>> = {
  SENT: 'sent',
  DELIVERED: 'delivered',
  READ: 'read',
  FAILED: 'undelivered',
};
const STATUSES: Readonly<Record<string, WhatsappStatus>> = {
  APPROVED: 'approved',
  PENDING: 'pending',
  IN_APPEAL: 'pending',
  REJECTED: 'rejected',
  PAUSED: 'paused',
  DISABLED: 'disabled',
};
const PAGES_MOST = 20;

export async function pull(
  account: Account,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  return pullEach(sent, async (mark) => {
    const answer = await askGraph(
      account,
      {
        path: `/${account.phoneNumberId}/message_history`,
        query: {
          message_id: mark.providerId,
          fields: 'id,message_id,events{delivery_status,timestamp,error_description}',
        },
        hidden: [mark.to],
      },
      signal,
    );
    if (!answer.ok) return notPulled(answer);
    if (!Array.isArray(at(answer.json, 'data'))) return notPulled(badAnswer());
    const news = listAt(answer.json, 'data').flatMap((entry) => newsOf(entry, mark, account));
    return { ok: true, value: furthest(news)[0] ?? null };
  });
}

function newsOf(entry: Json, mark: SentMark, account: Account): readonly StatusNews[] {
  // An entry of another message proves nothing about this one.
  if (textAt(entry, 'message_id') !== mark.providerId) return [];
  return listAt(entry, 'events', 'data').flatMap((event) => {
    const state = STATES[textAt(event, 'delivery_status') ?? ''];
    if (!state) return [];
    const seconds = numberAt(event, 'timestamp');
    const said = textAt(event, 'error_description') ?? '';
    return [
      {
        uid: mark.uid,
        providerId: mark.providerId,
        state,
        at: seconds === null ? null : seconds * 1000,
        ...(state === 'undelivered' ? failedAs(event) : { errorClass: null, code: null }),
        detail: redacted(said, [account.token, mark.to]),
        parts: null,
        costMicros: null,
      },
    ];
  });
}

/** Meta's code of an event that failed, as a field or before the words: "(#131026) Message undeliverable". */
function failedAs(event: Json): Pick<StatusNews, 'errorClass' | 'code'> {
  const told = numberAt(event, 'error_code') ?? numberAt(listAt(event, 'errors')[0], 'code');
  const written = /^\W*(?:error )?\W*(\d{3,6})\b/iu.exec(textAt(event, 'error_description') ?? '')?.[1];
  const code = told ?? (written === undefined ? null : Number(written));
  if (code === null) return { errorClass: 'recipient-temporary', code: 'FAILED' };
  return { errorClass: classOfFailed(code), code: String(code) };
}

export async function pullTemplates(
  account: Account,
  signal: AbortSignal,
): Promise<Pulled<readonly ApprovedTemplate[]>> {
  const found: ApprovedTemplate[] = [];
  let after = '';
  for (let page = 0; page < PAGES_MOST; page += 1) {
    const answer = await askGraph(
      account,
      {
        path: `/${account.businessAccountId}/message_templates`,
        query: { fields: 'name,language,status,components', limit: '100', ...(after !== '' && { after }) },
      },
      signal,
    );
    if (!answer.ok) return notPulled(answer);
    if (!Array.isArray(at(answer.json, 'data'))) return notPulled(badAnswer());
    found.push(...listAt(answer.json, 'data').flatMap(templateOf));
    const next = textAt(answer.json, 'paging', 'next') && textAt(answer.json, 'paging', 'cursors', 'after');
    if (!next || next === after) break;
    after = next;
  }
  return { ok: true, value: found };
}

function templateOf(json: Json): readonly ApprovedTemplate[] {
  const name = textAt(json, 'name');
  const language = textAt(json, 'language');
  if (name === null || language === null) return [];
  const parts = listAt(json, 'components');
  const body =
    textAt(
      parts.find((part) => textAt(part, 'type') === 'BODY'),
      'text',
    ) ?? '';
  const parameters = new Set(Array.from(body.matchAll(/\{\{(\w+)\}\}/g), ([, inner]) => inner));
  return [
    {
      name,
      language,
      status: STATUSES[textAt(json, 'status') ?? ''] ?? 'unknown',
      body,
      parameterCount: parameters.size,
      hasDocument: parts.some(
        (part) => textAt(part, 'type') === 'HEADER' && textAt(part, 'format') === 'DOCUMENT',
      ),
    },
  ];
}
