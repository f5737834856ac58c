import { check, failedCheck } from '../../transport/checks.ts';
import type { HttpLimits } from '../../transport/http.ts';
import type { Gateway, GatewayCheck, GatewayConfig, GatewayWorld, MessageChannel } from '../message-ports.ts';
import { accountUrl, ask, type Account } from './account.ts';
import * as describe from './describe.ts';
import * as sms from './sms.ts';
import * as voice from './voice.ts';

// Exotel (docs/gateways.md 2.7, 5.1): SMS with DLT ids in the request, and calls that play a recorded flow.

export const gateways: readonly Gateway[] = [
  { describe: describe.sms, open: (config, world) => openExotelSms(config, world) },
  { describe: describe.voice, open: (config, world) => openExotelVoice(config, world) },
];

type World = GatewayWorld & { readonly limits?: HttpLimits };

function accountOf({ fields, secrets }: GatewayConfig, world: World): Account {
  return {
    baseUrl: fields['baseUrl'] ?? '',
    callUrl: fields['callUrl'] ?? '',
    sid: fields['sid'] ?? '',
    key: fields['apiKey'] ?? '',
    token: secrets['apiToken'] ?? '',
    from: fields['from'] ?? '',
    flowId: fields['flowId'] ?? '',
    now: world.now,
    limits: world.limits ?? {},
  };
}

/** `limits` is for tests. */
export function openExotelSms(config: GatewayConfig, world: World): MessageChannel {
  const account = accountOf(config, world);
  return {
    check: (signal) => checkAccount(account, signal),
    preflight: sms.preflight,
    send: (message, signal) => sms.send(account, message, signal),
    pull: (sent, signal) => sms.pull(account, sent, signal),
    close: () => Promise.resolve(),
  };
}

/** `limits` is for tests. */
export function openExotelVoice(config: GatewayConfig, world: World): MessageChannel {
  const account = accountOf(config, world);
  return {
    check: (signal) => checkAccount(account, signal),
    preflight: () => [],
    send: (message, signal) => voice.send(account, message, signal),
    pull: (sent, signal) => voice.pull(account, sent, signal),
    pullInbound: (cursor, signal) => voice.pullInbound(account, cursor, signal),
    close: () => Promise.resolve(),
  };
}

async function checkAccount(account: Account, signal: AbortSignal): Promise<readonly GatewayCheck[]> {
  const answer = await ask(account, { url: accountUrl(account, '.json') }, signal);
  if (!answer.ok) return [failedCheck('account', answer)];
  return [
    check('sign-in', 'ok', {
      en: 'Exotel accepts the key and token.',
      hi: 'Exotel ने key और token स्वीकार किए।',
    }),
  ];
}
