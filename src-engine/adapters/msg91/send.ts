import type { ErrorClass } from '#domain/reminders/words.ts';
import type { OutgoingMessage, Problem, SendOutcome } from '../message-ports.ts';
import { missingSetting, problem } from '../../transport/checks.ts';
import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, saidNo } from '../../transport/outcomes.ts';
import { digitsOf } from '../../transport/phones.ts';
import { readJson, textAt } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';
import { fields } from './describe.ts';

export type Msg91 = {
  readonly baseUrl: string;
  readonly authKey: string;
  readonly sender: string;
  readonly now: () => number;
  readonly limits: HttpLimits;
};

/** MSG91 allows 40 characters in a variable, the operators mostly 30 (docs/gateways.md 1.2). */
const VALUE_CHARS_MOST = 40;

/**
 * MSG91's own numbers; the flow endpoint mostly tells none. Not recorded in docs/gateways.md beyond `type: "error"`.
 */
const classOf: Readonly<Record<string, ErrorClass>> = {
  '201': 'auth',
  '207': 'auth',
  '301': 'balance',
  '302': 'balance',
  '418': 'account-config',
};

export function preflight(account: Msg91, message: OutgoingMessage): readonly Problem[] {
  const problems: Problem[] = [];
  if (account.authKey === '') problems.push(missingSetting(fields.authKey.label));
  if (message.ids.vendorTemplateId === null)
    problems.push(
      problem('no-vendor-template', {
        en: 'This template has no MSG91 template id. Add it in the template, from the MSG91 panel.',
        hi: 'इस टेम्पलेट का MSG91 टेम्पलेट आईडी नहीं है। उसे MSG91 पैनल से लेकर टेम्पलेट में लिखें।',
      }),
    );
  if (digitsOf(message.to) === null)
    problems.push(
      problem('bad-number', {
        en: 'This is not a mobile number with country code.',
        hi: 'यह देश कोड वाला मोबाइल नंबर नहीं है।',
      }),
    );
  // Each value stands beside the number in one object, under the name of its variable.
  if (message.values.some(({ name }) => name === 'mobiles' || !/^\w+$/.test(name)))
    problems.push(
      problem('bad-variable', {
        en: 'A variable of this template has a name MSG91 cannot take.',
        hi: 'इस टेम्पलेट के एक वेरिएबल का नाम MSG91 नहीं ले सकता।',
      }),
    );
  if (message.values.some(({ value }) => value.length > VALUE_CHARS_MOST))
    problems.push(
      problem(
        'long-value',
        {
          en: `A value is longer than ${VALUE_CHARS_MOST} characters; the operator may refuse the message.`,
          hi: `एक मान ${VALUE_CHARS_MOST} अक्षरों से लंबा है; ऑपरेटर संदेश रोक सकता है।`,
        },
        false,
      ),
    );
  return problems;
}

/** MSG91 makes the text itself from its template: it is sent the values, under the names inside ##…##. */
export async function send(
  account: Msg91,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const values = Object.fromEntries(message.values.map(({ name, value }) => [name, value]));
  const answer = await callHttp({
    ...account.limits,
    method: 'POST',
    url: urlOf(account.baseUrl, '/api/v5/flow'),
    headers: { authkey: account.authKey, 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({
      template_id: message.ids.vendorTemplateId ?? '',
      short_url: '0',
      ...(account.sender === '' ? {} : { sender: account.sender }),
      recipients: [{ ...values, mobiles: digitsOf(message.to) ?? '' }],
    }),
    signal,
  });
  if (!answer.ok) return brokenOff(answer);
  const json = readJson(answer.text);
  const type = textAt(json, 'type');
  if (type === 'error' && answer.status < 500) {
    const code = textAt(json, 'code') ?? `HTTP ${answer.status}`;
    const plain = answer.status === 200 ? null : byStatus(answer).errorClass;
    const errorClass = classOf[code] ?? plain ?? 'unknown';
    const hidden = [account.authKey, message.text, ...message.values.map(({ value }) => value)];
    return saidNo(errorClass, code, redacted(textAt(json, 'message') ?? 'MSG91 refused.', hidden));
  }
  if (answer.status !== 200) return byStatus(answer);
  const requestId = textAt(json, 'message');
  if (type !== 'success' || requestId === null) return badAnswer();
  return { ok: true, providerId: requestId, state: 'accepted', parts: null, costMicros: null };
}
