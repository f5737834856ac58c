import type { GatewayDescription } from '../message-ports.ts';

export const describe: GatewayDescription = {
  kind: 'sms-smpp',
  channel: 'sms',
  name: { en: 'SMPP (straight to an operator)', hi: 'SMPP (सीधे ऑपरेटर से)' },
  about: {
    en: 'For those with an SMPP account at an operator or a reseller. DLT ids go with each SMS.',
    hi: 'जिनका ऑपरेटर या रीसेलर के पास SMPP खाता है उनके लिए। DLT id हर SMS के साथ जाते हैं।',
  },
  fields: [
    { key: 'host', label: { en: 'Host', hi: 'Host' }, kind: 'text', isRequired: true },
    { key: 'port', label: { en: 'Port', hi: 'Port' }, kind: 'number', isRequired: true, preset: '2775' },
    {
      key: 'isTls',
      label: { en: 'Encrypted (TLS)', hi: 'Encrypted (TLS)' },
      kind: 'switch',
      isRequired: false,
      preset: 'false',
    },
    { key: 'user', label: { en: 'System id', hi: 'System id' }, kind: 'text', isRequired: true },
    { key: 'password', label: { en: 'Password', hi: 'Password' }, kind: 'secret', isRequired: true },
    { key: 'systemType', label: { en: 'System type', hi: 'System type' }, kind: 'text', isRequired: false },
    {
      key: 'from',
      label: { en: 'Sender (DLT header)', hi: 'भेजने वाला (DLT हेडर)' },
      kind: 'text',
      isRequired: true,
    },
    {
      key: 'chainHash',
      label: { en: 'PE-TM chain hash', hi: 'PE-TM chain hash' },
      hint: { en: 'Only when the operator asks for it.', hi: 'सिर्फ़ जब ऑपरेटर माँगे।' },
      kind: 'text',
      isRequired: false,
    },
  ],
  capabilities: {
    charsMost: null,
    pullsStatus: 'by-range',
    pullsInbound: true,
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
