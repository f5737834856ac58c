import { check, failedCheck } from '../../transport/checks.ts';
import type { HttpLimits } from '../../transport/http.ts';
import { textAt } from '../../transport/read-json.ts';
import type { Gateway, GatewayCheck, GatewayConfig, GatewayWorld, MessageChannel } from '../message-ports.ts';
import { accountOf, accountUrl, ask, type Account } from './account.ts';
import * as describe from './describe.ts';
import * as messages from './messages.ts';
import * as voice from './voice.ts';

// Twilio (docs/gateways.md 2.5, 5.2): one account for SMS, WhatsApp and calls; status, replies and keys by asking.

export const gateways: readonly Gateway[] = [
  { describe: describe.sms, open: (config, world) => openTwilio('', config, world) },
  { describe: describe.whatsapp, open: (config, world) => openTwilio('whatsapp:', config, world) },
  { describe: describe.voice, open: (config, world) => openTwilioVoice(config, world) },
];

/** `limits` is for tests. */
export function openTwilio(
  prefix: messages.Line['prefix'],
  config: GatewayConfig,
  world: GatewayWorld & { readonly limits?: HttpLimits },
): MessageChannel {
  const line = { account: accountOf(config, world.now, world.limits ?? {}), prefix };
  return {
    check: (signal) => checkAccount(line.account, signal),
    preflight: (message) => messages.preflight(line, message, world.now()),
    send: (message, signal) => messages.send(line, message, signal),
    pull: (sent, signal) => messages.pull(line, sent, signal),
    pullInbound: (cursor, signal) => messages.pullInbound(line, cursor, signal),
    find: (mark, signal) => messages.find(line, mark, signal),
    close: () => Promise.resolve(),
  };
}

/** `limits` is for tests. */
export function openTwilioVoice(
  config: GatewayConfig,
  world: GatewayWorld & { readonly limits?: HttpLimits },
): MessageChannel {
  const account = accountOf(config, world.now, world.limits ?? {});
  return {
    check: (signal) => checkAccount(account, signal),
    preflight: (message) => voice.preflight(account, message),
    send: (message, signal) => voice.send(account, message, signal),
    pull: (sent, signal) => voice.pull(account, sent, signal),
    ...(account.flowSid !== '' && {
      pullInbound: (cursor, signal) => voice.pullInbound(account, cursor, signal),
    }),
    close: () => Promise.resolve(),
  };
}

async function checkAccount(account: Account, signal: AbortSignal): Promise<readonly GatewayCheck[]> {
  const answer = await ask(account, { url: accountUrl(account, '.json') }, signal);
  if (!answer.ok) return [failedCheck('account', answer)];
  const isActive = textAt(answer.json, 'status') === 'active';
  return [
    check('sign-in', 'ok', {
      en: 'Twilio accepts the account and token.',
      hi: 'Twilio ने खाता और token स्वीकार किए।',
    }),
    check('account', isActive ? 'ok' : 'failed', {
      en: isActive
        ? 'The account is active.'
        : 'Twilio says that the account is not active. Look into its console.',
      hi: isActive ? 'खाता चालू है।' : 'Twilio के अनुसार खाता चालू नहीं है। उसका console देखें।',
    }),
  ];
}
