import { check, failedCheck } from '../../transport/checks.ts';
import { numberAt } from '../../transport/read-json.ts';
import type { GatewayCheck } from '../message-ports.ts';
import { ask, type Fast2sms } from './account.ts';

/** Asks for the wallet: it needs the key and sends nothing. */
export async function checkAccount(account: Fast2sms, signal: AbortSignal): Promise<readonly GatewayCheck[]> {
  if (account.apiKey === '' || account.senderId === '')
    return [
      check('settings', 'failed', {
        en: 'API key or sender is missing.',
        hi: 'API की या भेजने वाला नहीं लिखा है।',
      }),
    ];
  const told = await ask(account, { method: 'POST', path: '/dev/wallet', signal });
  if (!told.ok) return [failedCheck('sign-in', told.failed)];
  const rupees = numberAt(told.json, 'wallet');
  return [
    check('connect', 'ok', { en: 'Fast2SMS answers.', hi: 'Fast2SMS से उत्तर आ रहा है।' }),
    check('sign-in', 'ok', { en: 'Fast2SMS knows the API key.', hi: 'Fast2SMS ने API की मान ली।' }),
    balanceCheck(rupees),
    check('sender', 'left-out', {
      en: 'Whether sender and templates are approved shows only in DLT Manager, or when a test message arrives.',
      hi: 'सेंडर और टेम्पलेट मंज़ूर हैं या नहीं, यह DLT Manager में या जाँच संदेश पहुँचने पर ही दिखता है।',
    }),
  ];
}

function balanceCheck(rupees: number | null): GatewayCheck {
  if (rupees === null)
    return check('balance', 'left-out', { en: 'The wallet was not told.', hi: 'वॉलेट नहीं बताया गया।' });
  return check('balance', rupees > 0 ? 'ok' : 'failed', {
    en: rupees > 0 ? `The wallet has ₹${rupees}.` : 'The wallet is empty. Recharge it.',
    hi: rupees > 0 ? `वॉलेट में ₹${rupees} हैं।` : 'वॉलेट खाली है। रिचार्ज करें।',
  });
}
