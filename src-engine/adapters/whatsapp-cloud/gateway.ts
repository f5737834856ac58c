import { check, failedCheck } from '../../transport/checks.ts';
import type { HttpLimits } from '../../transport/http.ts';
import { textAt } from '../../transport/read-json.ts';
import type { Gateway, GatewayCheck, GatewayConfig, GatewayWorld, MessageChannel } from '../message-ports.ts';
import { describe } from './describe.ts';
import { askGraph, type Account } from './graph.ts';
import { pull, pullTemplates } from './history.ts';
import { preflight, send } from './send.ts';

// Meta's own API for WhatsApp (docs/gateways.md 3): templates, documents, status by asking; replies only by webhook.

export const gateways: readonly Gateway[] = [{ describe, open: (config, world) => openCloud(config, world) }];

/** `limits` is for tests. */
export function openCloud(
  { fields, secrets }: GatewayConfig,
  world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const account: Account = {
    baseUrl: fields['baseUrl'] ?? '',
    version: fields['version'] ?? '',
    phoneNumberId: fields['phoneNumberId'] ?? '',
    businessAccountId: fields['businessAccountId'] ?? '',
    token: secrets['token'] ?? '',
    limits,
  };
  return {
    check: (signal) => checkAccount(account, signal),
    preflight: (message) => preflight(message, world.now()),
    send: (message, signal) => send(account, message, signal),
    pull: (sent, signal) => pull(account, sent, signal),
    ...(account.businessAccountId !== '' && { pullTemplates: (signal) => pullTemplates(account, signal) }),
    close: () => Promise.resolve(),
  };
}

async function checkAccount(account: Account, signal: AbortSignal): Promise<readonly GatewayCheck[]> {
  const query = { fields: 'verified_name,quality_rating' };
  const answer = await askGraph(account, { path: `/${account.phoneNumberId}`, query }, signal);
  if (!answer.ok) return [failedCheck('account', answer)];
  const name = textAt(answer.json, 'verified_name') ?? '?';
  const known = check('account', 'ok', {
    en: `Meta knows the number as “${name}”.`,
    hi: `Meta पर यह नंबर “${name}” के नाम से है।`,
  });
  const rating = textAt(answer.json, 'quality_rating');
  const quality = check('sender', rating === 'RED' ? 'warning' : 'ok', {
    en: `Its quality at Meta is ${rating ?? 'not told'}.`,
    hi: `Meta पर इसकी quality: ${rating ?? 'नहीं बताई'}।`,
  });
  return [known, quality, await checkTemplates(account, signal)];
}

async function checkTemplates(account: Account, signal: AbortSignal): Promise<GatewayCheck> {
  if (account.businessAccountId === '') {
    return check('sender', 'left-out', {
      en: 'Without the business account id Baaki cannot see which templates are approved.',
      hi: 'Business account id के बिना Baaki नहीं देख सकता कि कौन-से टेम्पलेट मंज़ूर हैं।',
    });
  }
  const found = await pullTemplates(account, signal);
  if (!found.ok) {
    return failedCheck('sender', {
      ...found,
      phase: 'response-read',
      retryAfterSeconds: null,
    });
  }
  const approved = found.value.filter(({ status }) => status === 'approved').length;
  return check('sender', approved > 0 ? 'ok' : 'warning', {
    en: `${approved} of ${found.value.length} templates are approved.`,
    hi: `${found.value.length} में से ${approved} टेम्पलेट मंज़ूर हैं।`,
  });
}
