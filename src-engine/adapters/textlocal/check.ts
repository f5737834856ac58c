import { check, failedCheck } from '../../transport/checks.ts';
import { numberAt } from '../../transport/read-json.ts';
import type { GatewayCheck } from '../message-ports.ts';
import { ask, type Textlocal } from './account.ts';

/** Asks for the balance: it needs the key and sends nothing. */
export async function checkAccount(
  account: Textlocal,
  signal: AbortSignal,
): Promise<readonly GatewayCheck[]> {
  if (account.apiKey === '' || account.sender === '')
    return [
      check('settings', 'failed', {
        en: 'API key or sender is missing.',
        hi: 'API की या भेजने वाला नहीं लिखा है।',
      }),
    ];
  const told = await ask(account, '/balance/', {}, signal);
  if (!told.ok) return [failedCheck('sign-in', told.failed)];
  const credits = numberAt(told.json, 'balance', 'sms');
  return [
    check('connect', 'ok', { en: 'Textlocal answers.', hi: 'Textlocal से उत्तर आ रहा है।' }),
    check('sign-in', 'ok', { en: 'Textlocal knows the API key.', hi: 'Textlocal ने API की मान ली।' }),
    balanceCheck(credits),
    check('sender', 'left-out', {
      en: 'Whether sender and templates are approved shows only in the Textlocal panel, or when a test message arrives.',
      hi: 'सेंडर और टेम्पलेट मंज़ूर हैं या नहीं, यह Textlocal पैनल में या जाँच संदेश पहुँचने पर ही दिखता है।',
    }),
  ];
}

function balanceCheck(credits: number | null): GatewayCheck {
  if (credits === null)
    return check('balance', 'left-out', { en: 'The balance was not told.', hi: 'बैलेंस नहीं बताया गया।' });
  return check('balance', credits > 0 ? 'ok' : 'failed', {
    en: credits > 0 ? `${credits} credits are left.` : 'No credits are left. Recharge the account.',
    hi: credits > 0 ? `${credits} क्रेडिट बचे हैं।` : 'क्रेडिट नहीं बचे। खाता रिचार्ज करें।',
  });
}
