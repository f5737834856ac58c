import type { HttpLimits } from '../../transport/http.ts';
import type {
  Gateway,
  GatewayConfig,
  GatewayDescription,
  GatewayWorld,
  MessageChannel,
} from '../message-ports.ts';
import type { Textlocal } from './account.ts';
import { checkAccount } from './check.ts';
import { pullInbound } from './inbox.ts';
import { find, pull } from './reports.ts';
import { LOOK_BACK_DAYS, preflight, send, TEXT_CHARS_MOST } from './send.ts';

// Textlocal India (docs/gateways.md 2.3). DLT ids are matched in the account; reports come one by one; replies by an
// inbox.

const BASE_URL = 'https://api.textlocal.in';

const describe: GatewayDescription = {
  kind: 'sms-textlocal',
  channel: 'sms',
  name: { en: 'Textlocal', hi: 'Textlocal' },
  about: {
    en: 'Needs an API key and your approved sender. Register the same templates in your Textlocal account: it compares every SMS with them.',
    hi: 'API की और आपका मंज़ूर सेंडर चाहिए। यही टेम्पलेट Textlocal खाते में भी दर्ज करें: हर SMS उनसे मिलाया जाता है।',
  },
  fields: [
    {
      key: 'baseUrl',
      label: { en: 'Address of the gateway', hi: 'गेटवे का पता' },
      kind: 'text',
      isRequired: true,
      preset: BASE_URL,
    },
    {
      key: 'apiKey',
      label: { en: 'API key', hi: 'API की' },
      hint: {
        en: 'In Textlocal under Settings, "API Keys". If it is tied to an IP address, this computer\'s must be in the list.',
        hi: 'Textlocal में Settings के "API Keys" में। अगर वह किसी IP से बँधी है तो इस कंप्यूटर का IP भी सूची में हो।',
      },
      kind: 'secret',
      isRequired: true,
    },
    {
      key: 'sender',
      label: { en: 'Sender (DLT header)', hi: 'भेजने वाला (DLT हेडर)' },
      hint: { en: 'Used where a template names no header.', hi: 'जहाँ टेम्पलेट में हेडर न हो, वहाँ लगेगा।' },
      kind: 'text',
      isRequired: true,
    },
    {
      key: 'inboxId',
      label: { en: 'Inbox number', hi: 'इनबॉक्स नंबर' },
      hint: {
        en: 'Only if you rent a number for replies: its inbox id. Empty: no replies are fetched.',
        hi: 'केवल तब जब जवाबों के लिए नंबर किराए पर हो: उसका इनबॉक्स आईडी। खाली: जवाब नहीं लाए जाते।',
      },
      kind: 'text',
      isRequired: false,
    },
  ],
  capabilities: {
    charsMost: TEXT_CHARS_MOST,
    pullsStatus: 'by-id',
    pullsInbound: true,
    isIdempotent: false,
    canFind: true,
    takesAttachments: false,
    lookBackDays: LOOK_BACK_DAYS,
    perMinute: 300,
    perDay: null,
    dlt: 'in-account',
    needsInternet: true,
  },
};

export const gateways: readonly Gateway[] = [{ describe, open: openTextlocal }];

/** `limits` is for tests. */
export function openTextlocal(
  config: GatewayConfig,
  world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const account: Textlocal = {
    baseUrl: config.fields['baseUrl'] ?? BASE_URL,
    apiKey: config.secrets['apiKey'] ?? '',
    sender: config.fields['sender'] ?? '',
    inboxId: config.fields['inboxId'] ?? '',
    now: world.now,
    limits,
  };
  return {
    check: (signal) => checkAccount(account, signal),
    preflight: (message) => preflight(account, message),
    send: (message, signal) => send(account, message, signal),
    pull: (sent, signal) => pull(account, sent, signal),
    pullInbound: (cursor, signal) => pullInbound(account, cursor, signal),
    find: (mark, signal) => find(account, mark, signal),
    close: () => Promise.resolve(),
  };
}
