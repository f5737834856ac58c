import type { GatewayDescription } from '../message-ports.ts';

export const describe: GatewayDescription = {
  kind: 'sms-plivo',
  channel: 'sms',
  name: { en: 'Plivo SMS', hi: 'Plivo SMS' },
  about: {
    en: 'Auth id and token stand on the first page of the Plivo console. DLT ids are told with each SMS.',
    hi: 'Auth id और token Plivo console के पहले पेज पर हैं। DLT id हर SMS के साथ जाते हैं।',
  },
  fields: [
    { key: 'authId', label: { en: 'Auth id', hi: 'Auth id' }, kind: 'text', isRequired: true },
    { key: 'authToken', label: { en: 'Auth token', hi: 'Auth token' }, kind: 'secret', isRequired: true },
    {
      key: 'from',
      label: { en: 'Sender (DLT header)', hi: 'भेजने वाला (DLT हेडर)' },
      hint: { en: 'Used where a text names no header.', hi: 'जहाँ टेम्पलेट में हेडर न हो।' },
      kind: 'text',
      isRequired: true,
    },
    {
      key: 'baseUrl',
      label: { en: 'Address', hi: 'पता' },
      kind: 'text',
      isRequired: true,
      preset: 'https://api.plivo.com',
    },
  ],
  capabilities: {
    charsMost: 1600,
    pullsStatus: 'by-id',
    pullsInbound: true,
    isIdempotent: false,
    canFind: true,
    takesAttachments: false,
    lookBackDays: 90,
    perMinute: 60,
    perDay: null,
    dlt: 'in-request',
    needsInternet: true,
  },
};
