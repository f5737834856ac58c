import type { ErrorClass } from '#domain/reminders/words.ts';
import { problem } from '../../transport/checks.ts';
import { indianInstant } from '../../transport/indian-time.ts';
import { isPlainSms } from '../../transport/news.ts';
import { badAnswer, notPulled } from '../../transport/outcomes.ts';
import { pullEach } from '../../transport/pull-each.ts';
import { at, numberAt, textAt, type Json } from '../../transport/read-json.ts';
import type {
  OutgoingMessage,
  Problem,
  Pulled,
  SendOutcome,
  SentMark,
  StatusNews,
} from '../message-ports.ts';
import { accountUrl, ask, type Account } from './account.ts';

const CHARS_MOST = 2000;

const STATES: Readonly<Record<string, StatusNews['state']>> = {
  sent: 'sent',
  submitted: 'sent',
  delivered: 'delivered',
  undelivered: 'undelivered',
  expired: 'undelivered',
  failed: 'undelivered',
  'failed-dnd': 'rejected',
};

export function preflight({ ids, text }: OutgoingMessage): readonly Problem[] {
  const problems: Problem[] = [];
  if (ids.dltEntityId === null) {
    problems.push(
      problem('dlt-ids-missing', {
        en: 'Exotel wants the DLT entity id with each SMS. Enter it at the text.',
        hi: 'Exotel को हर SMS के साथ DLT entity id चाहिए। इसे संदेश के टेम्पलेट में डालें।',
      }),
    );
  }
  if (text.length > CHARS_MOST) {
    problems.push(
      problem('too-long', {
        en: `The text has ${text.length} characters; Exotel takes ${CHARS_MOST}.`,
        hi: `संदेश में ${text.length} अक्षर हैं; Exotel ${CHARS_MOST} लेता है।`,
      }),
    );
  }
  return problems;
}

export async function send(
  account: Account,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const { dltEntityId, dltTemplateId, dltHeader, dltCategory } = message.ids;
  const form = {
    From: dltHeader ?? account.from,
    To: message.to,
    Body: message.text,
    EncodingType: isPlainSms(message.text) ? 'plain' : 'unicode',
    SmsType: dltCategory === 'service-explicit' ? 'transactional_opt_in' : 'transactional',
    CustomField: message.uid,
    ...(dltEntityId !== null && { DltEntityId: dltEntityId }),
    ...(dltTemplateId !== null && { DltTemplateId: dltTemplateId }),
  };
  const hidden = [message.text, message.to, message.toName, ...message.values.map(({ value }) => value)];
  const answer = await ask(account, { url: accountUrl(account, '/Sms/send.json'), form, hidden }, signal);
  if (!answer.ok) return answer;
  const providerId = textAt(answer.json, 'SMSMessage', 'Sid');
  if (providerId === null) return badAnswer('Exotel took the request and gave no id.');
  return {
    ok: true,
    providerId,
    state: 'accepted',
    parts: null,
    costMicros: priceOf(at(answer.json, 'SMSMessage')),
  };
}

export function pull(
  account: Account,
  sent: readonly SentMark[],
  signal: AbortSignal,
): Promise<Pulled<readonly StatusNews[]>> {
  return pullEach(sent, async (mark) => {
    const url = accountUrl(account, `/SMS/Messages/${encodeURIComponent(mark.providerId)}.json`);
    const answer = await ask(account, { url, hidden: [mark.to] }, signal);
    if (!answer.ok) return notPulled(answer);
    const message = at(answer.json, 'SMSMessage');
    const state = STATES[textAt(message, 'Status') ?? ''];
    const isOurs = textAt(message, 'Sid') === mark.providerId;
    return {
      ok: true,
      value: message !== undefined && state && isOurs ? newsOf(message, mark, state) : null,
    };
  });
}

function newsOf(message: Json, mark: SentMark, state: StatusNews['state']): StatusNews {
  const detailed = textAt(message, 'DetailedStatus') ?? '';
  const hasFailed = state === 'undelivered' || state === 'rejected';
  return {
    uid: mark.uid,
    providerId: mark.providerId,
    state,
    at: indianInstant(textAt(message, 'DateUpdated') ?? ''),
    errorClass: hasFailed ? classOf(detailed) : null,
    code: hasFailed ? detailed || 'FAILED' : null,
    detail: '',
    parts: numberAt(message, 'SmsUnits'),
    costMicros: priceOf(message),
  };
}

/** By the words: the numbers of Exotel's two pages disagree. */
function classOf(detailed: string): ErrorClass {
  if (/DLT|TEMPLATE|ENTITY|HEADER/i.test(detailed)) return 'template-config';
  if (/DND|NDNC|BLOCK/i.test(detailed)) return 'policy';
  if (/INVALID|ABSENT_SUBSCRIBER_PERMANENT|UNKNOWN_SUBSCRIBER|UNALLOCATED/i.test(detailed))
    return 'recipient-permanent';
  return 'recipient-temporary';
}

/** Rupees with decimals, GST not said. */
function priceOf(message: Json | undefined): number | null {
  const price = numberAt(message, 'Price');
  return price === null ? null : Math.round(Math.abs(price) * 1_000_000);
}
