import type { HttpLimits } from '../../transport/http.ts';
import type { Gateway, GatewayConfig, GatewayWorld, MessageChannel } from '../message-ports.ts';
import type { Fast2sms } from './account.ts';
import { checkAccount } from './check.ts';
import { BASE_URL, describe, LOGS_PATH } from './describe.ts';
import { find, pull } from './logs.ts';
import { preflight, send } from './send.ts';

// Fast2SMS (docs/gateways.md 2.4), and whoever sells the same under another name and address.

export const gateways: readonly Gateway[] = [{ describe, open: openFast2sms }];

/** `limits` is for tests. */
export function openFast2sms(
  config: GatewayConfig,
  world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const account: Fast2sms = {
    baseUrl: config.fields['baseUrl'] ?? BASE_URL,
    logsPath: config.fields['logsPath'] ?? LOGS_PATH,
    apiKey: config.secrets['apiKey'] ?? '',
    route: config.fields['route'] === 'dlt_manual' ? 'dlt_manual' : 'dlt',
    senderId: config.fields['senderId'] ?? '',
    entityId: config.fields['entityId'] ?? '',
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
