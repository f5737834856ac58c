import type { GatewayDescription } from '../message-ports.ts';

export const describe: GatewayDescription = {
  kind: 'sms-kannel',
  channel: 'sms',
  name: { en: 'Kannel', hi: 'Kannel' },
  about: {
    en: 'An SMS gateway of your own, in your house. Baaki sends to its sendsms address and listens for its reports on this machine.',
    hi: 'आपका अपना SMS गेटवे, आपके यहाँ। Baaki उसके sendsms पते पर भेजता है और इसी मशीन पर रिपोर्ट सुनता है।',
  },
  fields: [
    {
      key: 'baseUrl',
      label: { en: 'Address', hi: 'पता' },
      kind: 'text',
      isRequired: true,
      preset: 'http://127.0.0.1:13013',
    },
    { key: 'user', label: { en: 'User', hi: 'User' }, kind: 'text', isRequired: true },
    { key: 'password', label: { en: 'Password', hi: 'Password' }, kind: 'secret', isRequired: true },
    { key: 'from', label: { en: 'Sender', hi: 'भेजने वाला' }, kind: 'text', isRequired: true },
    {
      key: 'smsc',
      label: { en: 'SMSC id', hi: 'SMSC id' },
      hint: { en: 'Empty: Kannel chooses.', hi: 'खाली: Kannel चुनेगा।' },
      kind: 'text',
      isRequired: false,
    },
    {
      key: 'listenPort',
      label: { en: 'Port for reports', hi: 'रिपोर्ट का port' },
      hint: {
        en: 'A free port of this machine. Empty: no reports.',
        hi: 'इस मशीन का खाली port। खाली छोड़ें तो रिपोर्ट नहीं।',
      },
      kind: 'number',
      isRequired: false,
      preset: '13090',
    },
    {
      key: 'listenHost',
      label: { en: 'Address for reports', hi: 'रिपोर्ट का पता' },
      hint: {
        en: 'This machine as Kannel sees it; 127.0.0.1 when Kannel runs here.',
        hi: 'Kannel को यह मशीन जैसी दिखती है; Kannel यहीं हो तो 127.0.0.1',
      },
      kind: 'text',
      isRequired: false,
      preset: '127.0.0.1',
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
    needsInternet: false,
  },
};
