import { missingSetting, problem } from '../../transport/checks.ts';
import { badAnswer } from '../../transport/outcomes.ts';
import { indianMobile } from '../../transport/phones.ts';
import { numberAt, textAt } from '../../transport/read-json.ts';
import type { OutgoingMessage, Problem, SendOutcome } from '../message-ports.ts';
import { ask, type Fast2sms } from './account.ts';

const MICROS = 1_000_000;

export function preflight(account: Fast2sms, message: OutgoingMessage): readonly Problem[] {
  const problems: Problem[] = [];
  if (account.apiKey === '') problems.push(missingSetting({ en: 'API key', hi: 'API की' }));
  if ((message.ids.dltHeader ?? account.senderId) === '')
    problems.push(missingSetting({ en: 'Sender (DLT header)', hi: 'भेजने वाला (DLT हेडर)' }));
  if (indianMobile(message.to) === null)
    problems.push(
      problem('bad-number', {
        en: 'Fast2SMS takes only Indian mobile numbers.',
        hi: 'Fast2SMS केवल भारतीय मोबाइल नंबर लेता है।',
      }),
    );
  return [...problems, ...(account.route === 'dlt' ? byMessageId(message) : byFullText(account, message))];
}

function byMessageId(message: OutgoingMessage): readonly Problem[] {
  const problems: Problem[] = [];
  if (message.ids.vendorTemplateId === null)
    problems.push(
      problem('no-vendor-template', {
        en: 'This template has no Fast2SMS message id. Add it in the template, from DLT Manager.',
        hi: 'इस टेम्पलेट का Fast2SMS मैसेज आईडी नहीं है। उसे DLT Manager से लेकर टेम्पलेट में लिखें।',
      }),
    );
  return problems;
}

function byFullText(account: Fast2sms, message: OutgoingMessage): readonly Problem[] {
  const problems: Problem[] = [];
  if (message.ids.dltTemplateId === null)
    problems.push(
      problem('no-dlt-template', {
        en: 'This template has no DLT template id.',
        hi: 'इस टेम्पलेट का DLT टेम्पलेट आईडी नहीं है।',
      }),
    );
  if ((message.ids.dltEntityId ?? account.entityId) === '')
    problems.push(missingSetting({ en: 'DLT entity id', hi: 'DLT एंटिटी आईडी' }));
  return problems;
}

export async function send(
  account: Fast2sms,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const told = await ask(account, {
    method: 'POST',
    path: '/dev/bulkV2',
    json: {
      route: account.route,
      sender_id: message.ids.dltHeader ?? account.senderId,
      numbers: indianMobile(message.to) ?? '',
      sms_details: '1',
      udf1: message.uid,
      ...textOf(account, message),
    },
    hidden: [message.text, ...message.values.map(({ value }) => value)],
    signal,
  });
  if (!told.ok) return told.failed;
  const requestId = textAt(told.json, 'request_id');
  if (requestId === null) return badAnswer();
  const rupees = numberAt(told.json, 'sms_details', 'amount_debited');
  const rate = numberAt(told.json, 'sms_details', 'per_sms_rate');
  return {
    ok: true,
    providerId: requestId,
    state: 'accepted',
    parts: rupees !== null && rate !== null && rate > 0 ? Math.round(rupees / rate) : null,
    costMicros: rupees === null ? null : Math.round(rupees * MICROS),
  };
}

function textOf(account: Fast2sms, message: OutgoingMessage): Readonly<Record<string, string>> {
  if (account.route === 'dlt')
    return {
      message: message.ids.vendorTemplateId ?? '',
      // One more | would move every later value to the wrong place.
      variables_values: message.values.map(({ value }) => value.replaceAll('|', '-')).join('|'),
    };
  return {
    message: message.text,
    template_id: message.ids.dltTemplateId ?? '',
    entity_id: message.ids.dltEntityId ?? account.entityId,
  };
}
