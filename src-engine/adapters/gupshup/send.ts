import type { ErrorClass } from '#domain/reminders/words.ts';
import { check, failedCheck, missingSetting, problem } from '../../transport/checks.ts';
import { callHttp, type HttpLimits } from '../../transport/http.ts';
import { isPlainSms } from '../../transport/news.ts';
import { badAnswer, brokenOff, byStatus, saidNo } from '../../transport/outcomes.ts';
import { digitsOf } from '../../transport/phones.ts';
import { redacted } from '../../transport/redact.ts';
import type { GatewayCheck, OutgoingMessage, Problem, SendOutcome } from '../message-ports.ts';

export type Gupshup = {
  readonly baseUrl: string;
  readonly userId: string;
  readonly password: string;
  readonly mask: string;
  readonly entityId: string;
  readonly limits: HttpLimits;
};

/** 100 says nothing of why, and so nothing of whether it was taken (docs/gateways.md 2.2). */
const classOf: Readonly<Record<string, ErrorClass>> = {
  '100': 'unknown',
  '101': 'account-config',
  '102': 'auth',
  '103': 'auth',
  '104': 'auth',
  '105': 'recipient-permanent',
  '106': 'account-config',
  '107': 'account-config',
  '108': 'account-config',
  '109': 'account-config',
};

export function preflight(account: Gupshup, message: OutgoingMessage): readonly Problem[] {
  const { ids } = message;
  const problems: Problem[] = [];
  if (account.userId === '') problems.push(missingSetting({ en: 'User id', hi: 'यूज़र आईडी' }));
  if (account.password === '') problems.push(missingSetting({ en: 'Password', hi: 'पासवर्ड' }));
  if ((ids.dltEntityId ?? account.entityId) === '')
    problems.push(missingSetting({ en: 'DLT entity id', hi: 'DLT एंटिटी आईडी' }));
  if ((ids.dltHeader ?? account.mask) === '')
    problems.push(missingSetting({ en: 'Mask (DLT header)', hi: 'मास्क (DLT हेडर)' }));
  if (ids.dltTemplateId === null)
    problems.push(
      problem('no-dlt-template', {
        en: 'This template has no DLT template id.',
        hi: 'इस टेम्पलेट का DLT टेम्पलेट आईडी नहीं है।',
      }),
    );
  if (digitsOf(message.to) === null)
    problems.push(
      problem('bad-number', {
        en: 'This is not a mobile number with country code.',
        hi: 'यह देश कोड वाला मोबाइल नंबर नहीं है।',
      }),
    );
  return problems;
}

export async function send(
  account: Gupshup,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  return ask(
    account,
    {
      send_to: digitsOf(message.to) ?? '',
      msg: message.text,
      msg_type: isPlainSms(message.text) ? 'Text' : 'Unicode_text',
      mask: message.ids.dltHeader ?? account.mask,
      principalEntityId: message.ids.dltEntityId ?? account.entityId,
      dltTemplateId: message.ids.dltTemplateId ?? '',
    },
    signal,
  );
}

/** Secrets stand in the body and never in the address: addresses are written into logs on the way. */
async function ask(
  account: Gupshup,
  wish: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const answer = await callHttp({
    ...account.limits,
    method: 'POST',
    url: account.baseUrl.trim(),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({
      method: 'sendMessage',
      v: '1.1',
      auth_scheme: 'plain',
      format: 'text',
      userid: account.userId,
      password: account.password,
      ...wish,
    }).toString(),
    signal,
  });
  if (!answer.ok) return brokenOff(answer);
  if (answer.status !== 200) return byStatus(answer);
  const parts = answer.text.trim().split(' | ');
  const [verdict = '', second = '', third = ''] = parts.map((part) => part.trim());
  if (parts.length < 3 || second === '' || third === '') return badAnswer();
  if (verdict === 'success')
    return { ok: true, providerId: third, state: 'accepted', parts: null, costMicros: null };
  if (verdict !== 'error') return badAnswer();
  const hidden = [account.password, account.userId, wish['msg'] ?? ''];
  return saidNo(classOf[second] ?? 'unknown', second, redacted(third, hidden));
}

/** There is no question that sends nothing but this: a message without recipient and text, which Gupshup must refuse. */
export async function checkAccount(account: Gupshup, signal: AbortSignal): Promise<readonly GatewayCheck[]> {
  if (account.userId === '' || account.password === '')
    return [
      check('settings', 'failed', {
        en: 'User id or password is missing.',
        hi: 'यूज़र आईडी या पासवर्ड नहीं है।',
      }),
    ];
  const outcome = await ask(account, {}, signal);
  // 101: a parameter is missing; 105: no such number. Either way the password was not what it minded.
  if (outcome.ok) return [failedCheck('connect', badAnswer())];
  if (outcome.code !== '101' && outcome.code !== '105') return [failedCheck('sign-in', outcome)];
  return [
    check('connect', 'ok', { en: 'Gupshup answers.', hi: 'Gupshup से उत्तर आ रहा है।' }),
    check('sign-in', 'warning', {
      en: 'Gupshup did not object to the password, but only a test message to your own phone proves it.',
      hi: 'Gupshup ने पासवर्ड पर आपत्ति नहीं की, पर पक्का तभी होगा जब जाँच संदेश आपके फ़ोन पर आए।',
    }),
  ];
}
