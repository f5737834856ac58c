import { check, failedCheck } from '../../transport/checks.ts';
import type { HttpLimits } from '../../transport/http.ts';
import { indianDay } from '../../transport/indian-time.ts';
import type { Gateway, GatewayCheck, GatewayConfig, GatewayWorld, MessageChannel } from '../message-ports.ts';
import { describe, fields } from './describe.ts';
import { find, pull, readLog } from './logs.ts';
import { preflight, send, type Msg91 } from './send.ts';

// MSG91 (docs/gateways.md 2.1): sends by its own templates, reports by a log of three days, has no idempotency.

export const gateways: readonly Gateway[] = [{ describe, open: openMsg91 }];

/** `limits` is for tests. */
export function openMsg91(
  config: GatewayConfig,
  world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const account: Msg91 = {
    baseUrl: config.fields['baseUrl'] ?? fields.baseUrl.preset,
    authKey: config.secrets['authKey'] ?? '',
    sender: config.fields['sender'] ?? '',
    now: world.now,
    limits,
  };
  return {
    check: (signal) => checkAccount(account, signal),
    preflight: (message) => preflight(account, message),
    send: (message, signal) => send(account, message, signal),
    pull: (sent, signal) => pull(account, sent, signal),
    find: (mark, signal) => find(account, mark, signal),
    close: () => Promise.resolve(),
  };
}

/** Through the log and not by a message: sending is answered with success under any key. */
async function checkAccount(account: Msg91, signal: AbortSignal): Promise<readonly GatewayCheck[]> {
  if (account.authKey === '')
    return [
      check('settings', 'failed', {
        en: 'The auth key is missing. Copy it from the MSG91 panel.',
        hi: 'ऑथ की नहीं है। उसे MSG91 पैनल से कॉपी करें।',
      }),
    ];
  const today = indianDay(account.now());
  const log = await readLog(account, { first: today, last: today }, signal);
  if (!log.ok) return [failedCheck('sign-in', log.failed)];
  return [
    check('connect', 'ok', { en: 'MSG91 answers.', hi: 'MSG91 से उत्तर आ रहा है।' }),
    check('sign-in', 'ok', {
      en: 'MSG91 knows the auth key: it gave its delivery log.',
      hi: 'MSG91 ने ऑथ की मान ली और डिलीवरी की सूची दी।',
    }),
    check('sender', 'left-out', {
      en: 'Whether header and templates are verified by DLT shows only in the MSG91 panel, or when a test message arrives.',
      hi: 'हेडर और टेम्पलेट DLT से मंज़ूर हैं या नहीं, यह MSG91 पैनल में या जाँच संदेश पहुँचने पर ही दिखता है।',
    }),
  ];
}
