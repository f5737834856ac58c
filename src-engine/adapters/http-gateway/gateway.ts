import type { HttpLimits } from '../../transport/http.ts';
import type { Gateway, GatewayConfig, GatewayWorld, MessageChannel } from '../message-ports.ts';
import { checkSettings } from './check.ts';
import { describe, describeVoice } from './describe.ts';
import { takeKeys } from './keys.ts';
import { preflight, send } from './send.ts';
import { settingsOf } from './settings.ts';
import { pull } from './status.ts';

// SMS over whatever HTTP interface the owner's gateway has (docs/gateways.md 2.9 to 2.11). He describes one request and
// how its answer is read; nothing can be found again after a lost answer, so that always goes to a person.

export const gateways: readonly Gateway[] = [
  { describe, open: (config, world) => openHttpGateway(config, world) },
  { describe: describeVoice, open: (config, world) => openHttpVoice(config, world) },
];

/** `limits` is for tests. */
export function openHttpGateway(
  config: GatewayConfig,
  _world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const settings = settingsOf(config, limits);
  return {
    check: (signal) => checkSettings(settings, signal),
    preflight: (message) => preflight(settings, message),
    send: (message, signal) => send(settings, message, signal),
    ...(settings.statusUrl === '' ? {} : { pull: (sent, signal) => pull(settings, sent, signal) }),
    close: () => Promise.resolve(),
  };
}

/** `limits` is for tests. */
export function openHttpVoice(
  config: GatewayConfig,
  world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const settings = settingsOf(config, limits);
  return {
    ...openHttpGateway(config, world, limits),
    pullInbound: (cursor) =>
      Promise.resolve({ ok: true, value: { messages: takeKeys(settings), cursor: cursor ?? '' } }),
  };
}
