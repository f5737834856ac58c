import { missingSetting, problem } from '../../transport/checks.ts';
import { isPlainSms } from '../../transport/news.ts';
import { badAnswer } from '../../transport/outcomes.ts';
import { digitsOf } from '../../transport/phones.ts';
import { numberAt, textAt } from '../../transport/read-json.ts';
import type { OutgoingMessage, Problem, SendOutcome } from '../message-ports.ts';
import { ask, type Textlocal } from './account.ts';

/** docs/gateways.md 1.6. */
export const TEXT_CHARS_MOST = 766;
/** Not told; a week is what one history page safely covers. */
export const LOOK_BACK_DAYS = 7;

export function preflight(account: Textlocal, message: OutgoingMessage): readonly Problem[] {
  const problems: Problem[] = [];
  if (account.apiKey === '') problems.push(missingSetting({ en: 'API key', hi: 'API की' }));
  if ((message.ids.dltHeader ?? account.sender) === '')
    problems.push(missingSetting({ en: 'Sender (DLT header)', hi: 'भेजने वाला (DLT हेडर)' }));
  if (digitsOf(message.to) === null)
    problems.push(
      problem('bad-number', {
        en: 'This is not a mobile number with country code.',
        hi: 'यह देश कोड वाला मोबाइल नंबर नहीं है।',
      }),
    );
  if (message.text.length > TEXT_CHARS_MOST)
    problems.push(
      problem('too-long', {
        en: `The text has ${message.text.length} characters; Textlocal takes ${TEXT_CHARS_MOST}.`,
        hi: `संदेश में ${message.text.length} अक्षर हैं; Textlocal ${TEXT_CHARS_MOST} तक लेता है।`,
      }),
    );
  return problems;
}

/** `custom` carries our own id; Textlocal only gives it back to a web hook, so it does not make sending repeatable. */
export async function send(
  account: Textlocal,
  message: OutgoingMessage,
  signal: AbortSignal,
): Promise<SendOutcome> {
  const wish = {
    numbers: digitsOf(message.to) ?? '',
    sender: message.ids.dltHeader ?? account.sender,
    message: message.text,
    custom: message.uid,
    ...(isPlainSms(message.text) ? {} : { unicode: '1' }),
  };
  const told = await ask(account, '/send/', wish, signal);
  if (!told.ok) return told.failed;
  const providerId = textAt(told.json, 'messages', 0, 'id');
  if (providerId === null) return badAnswer();
  // One credit is one part; what a credit costs is the owner's own rate.
  const credits = numberAt(told.json, 'cost');
  return { ok: true, providerId, state: 'accepted', parts: credits, costMicros: null };
}
