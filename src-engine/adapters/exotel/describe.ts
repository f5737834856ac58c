import type { Capabilities, GatewayDescription, GatewayField } from '../message-ports.ts';

const account: readonly GatewayField[] = [
  {
    key: 'sid',
    label: { en: 'Account SID', hi: 'Account SID' },
    hint: {
      en: 'In the Exotel dashboard under API settings, with the key and the token.',
      hi: 'Exotel के dashboard में API settings में, key और token के साथ।',
    },
    kind: 'text',
    isRequired: true,
  },
  { key: 'apiKey', label: { en: 'API key', hi: 'API key' }, kind: 'text', isRequired: true },
  { key: 'apiToken', label: { en: 'API token', hi: 'API token' }, kind: 'secret', isRequired: true },
];
const baseUrl: GatewayField = {
  key: 'baseUrl',
  label: { en: 'Address', hi: 'पता' },
  hint: {
    en: 'https://api.exotel.com for accounts in Singapore, https://api.in.exotel.com for those in Mumbai.',
    hi: 'सिंगापुर वाले खाते के लिए https://api.exotel.com, मुंबई वाले के लिए https://api.in.exotel.com',
  },
  kind: 'text',
  isRequired: true,
  preset: 'https://api.in.exotel.com',
};

const common: Capabilities = {
  charsMost: 2000,
  pullsStatus: 'by-id',
  pullsInbound: false,
  isIdempotent: false,
  canFind: false,
  takesAttachments: false,
  lookBackDays: null,
  perMinute: 200,
  perDay: null,
  dlt: 'in-request',
  needsInternet: true,
};

export const sms: GatewayDescription = {
  kind: 'sms-exotel',
  channel: 'sms',
  name: { en: 'Exotel SMS', hi: 'Exotel SMS' },
  about: {
    en: 'API key and token stand in the Exotel dashboard under API settings. Exotel gives no way to read answers to an SMS.',
    hi: 'API key और token Exotel के dashboard में API settings में हैं। SMS के उत्तर Exotel नहीं देता।',
  },
  fields: [
    ...account,
    {
      key: 'from',
      label: { en: 'Sender (DLT header)', hi: 'भेजने वाला (DLT हेडर)' },
      kind: 'text',
      isRequired: true,
    },
    baseUrl,
  ],
  capabilities: common,
};

export const voice: GatewayDescription = {
  kind: 'voice-exotel',
  channel: 'voice',
  name: { en: 'Exotel calls', hi: 'Exotel कॉल' },
  about: {
    en: 'Plays a flow that you record at Exotel: your business’s name, then “1 to promise, 2 if paid, 3 to talk, 9 to stop”. The amount cannot be spoken; it comes by SMS.',
    hi: 'Exotel पर आपका रिकॉर्ड किया flow बजता है: दुकान का नाम, फिर “वादे के लिए 1, चुका दिया तो 2, बात के लिए 3, बंद करने के लिए 9”। रकम नहीं बोली जाती; वह SMS से जाती है।',
  },
  fields: [
    ...account,
    {
      key: 'from',
      label: { en: 'ExoPhone', hi: 'ExoPhone' },
      hint: { en: 'The number of yours at Exotel that calls.', hi: 'Exotel पर आपका नंबर, जिससे कॉल होती है।' },
      kind: 'text',
      isRequired: true,
    },
    {
      key: 'flowId',
      label: { en: 'Flow (app) id', hi: 'Flow (app) id' },
      hint: { en: 'The number in the address of the flow.', hi: 'flow के पते में दिखने वाला अंक।' },
      kind: 'text',
      isRequired: true,
    },
    {
      key: 'callUrl',
      label: { en: 'Address of call details', hi: 'कॉल विवरण का पता' },
      kind: 'text',
      isRequired: true,
      preset: 'https://ccm-api.in.exotel.com',
    },
    baseUrl,
  ],
  capabilities: { ...common, charsMost: null, pullsInbound: true, perMinute: 6, perDay: 200, dlt: 'none' },
};
