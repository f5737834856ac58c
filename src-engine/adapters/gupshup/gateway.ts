import type { HttpLimits } from '../../transport/http.ts';
import type {
  Gateway,
  GatewayConfig,
  GatewayDescription,
  GatewayWorld,
  MessageChannel,
} from '../message-ports.ts';
import { checkAccount, preflight, send, type Gupshup } from './send.ts';

// Gupshup's enterprise SMS (docs/gateways.md 2.2). No report can be pulled and nothing be found again: a lost answer is
// a person's business, and "accepted" is the last we hear.

const BASE_URL = 'https://enterprise.smsgupshup.com/GatewayAPI/rest';

const describe: GatewayDescription = {
  kind: 'sms-gupshup',
  channel: 'sms',
  name: { en: 'Gupshup (enterprise SMS)', hi: 'Gupshup (एंटरप्राइज़ SMS)' },
  about: {
    en: 'Needs the user id and password of your Gupshup SMS account. Gupshup tells nobody by itself whether an SMS arrived; Baaki shows these messages as "accepted".',
    hi: 'आपके Gupshup SMS खाते का यूज़र आईडी और पासवर्ड चाहिए। SMS पहुँचा या नहीं, यह Gupshup से पूछा नहीं जा सकता; Baaki इन्हें "स्वीकार" दिखाता है।',
  },
  fields: [
    {
      key: 'baseUrl',
      label: { en: 'Address of the gateway', hi: 'गेटवे का पता' },
      kind: 'text',
      isRequired: true,
      preset: BASE_URL,
    },
    { key: 'userId', label: { en: 'User id', hi: 'यूज़र आईडी' }, kind: 'text', isRequired: true },
    { key: 'password', label: { en: 'Password', hi: 'पासवर्ड' }, kind: 'secret', isRequired: true },
    {
      key: 'mask',
      label: { en: 'Mask (DLT header)', hi: 'मास्क (DLT हेडर)' },
      hint: { en: 'Used where a template names no header.', hi: 'जहाँ टेम्पलेट में हेडर न हो, वहाँ लगेगा।' },
      kind: 'text',
      isRequired: false,
    },
    {
      key: 'entityId',
      label: { en: 'DLT entity id', hi: 'DLT एंटिटी आईडी' },
      hint: { en: 'Used where a template names none.', hi: 'जहाँ टेम्पलेट में न हो, वहाँ लगेगा।' },
      kind: 'text',
      isRequired: false,
    },
  ],
  capabilities: {
    charsMost: null,
    pullsStatus: 'no',
    pullsInbound: false,
    isIdempotent: false,
    canFind: false,
    takesAttachments: false,
    lookBackDays: null,
    perMinute: 300,
    perDay: null,
    dlt: 'in-request',
    needsInternet: true,
  },
};

export const gateways: readonly Gateway[] = [{ describe, open: openGupshup }];

/** `limits` is for tests. */
export function openGupshup(
  config: GatewayConfig,
  _world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const account: Gupshup = {
    baseUrl: config.fields['baseUrl'] ?? BASE_URL,
    userId: config.fields['userId'] ?? '',
    password: config.secrets['password'] ?? '',
    mask: config.fields['mask'] ?? '',
    entityId: config.fields['entityId'] ?? '',
    limits,
  };
  return {
    check: (signal) => checkAccount(account, signal),
    preflight: (message) => preflight(account, message),
    send: (message, signal) => send(account, message, signal),
    close: () => Promise.resolve(),
  };
}
