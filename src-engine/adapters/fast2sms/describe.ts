import type { GatewayDescription } from '../message-ports.ts';

export const BASE_URL = 'https://www.fast2sms.com';
/** Documented as "SMS Logs" without its address in what we could read; so it is a setting. */
export const LOGS_PATH = '/dev/sms-analytics';
/** Logs reach back three days (docs/gateways.md 2.4). */
export const LOOK_BACK_DAYS = 3;

export const describe: GatewayDescription = {
  kind: 'sms-fast2sms',
  channel: 'sms',
  name: { en: 'Fast2SMS', hi: 'Fast2SMS' },
  about: {
    en: 'Needs the API key from the Dev API page and your DLT sender. Works also for resellers of the same service (Bulk9, Flowit): change the address then.',
    hi: 'Dev API पेज की API की और आपका DLT सेंडर चाहिए। इसी सेवा के रीसेलर (Bulk9, Flowit) के साथ भी चलता है: तब पता बदलें।',
  },
  fields: [
    {
      key: 'baseUrl',
      label: { en: 'Address of the gateway', hi: 'गेटवे का पता' },
      kind: 'text',
      isRequired: true,
      preset: BASE_URL,
    },
    { key: 'apiKey', label: { en: 'API key', hi: 'API की' }, kind: 'secret', isRequired: true },
    {
      key: 'route',
      label: { en: 'How templates are named', hi: 'टेम्पलेट कैसे बताए जाएँ' },
      kind: 'choice',
      isRequired: true,
      preset: 'dlt',
      choices: [
        {
          value: 'dlt',
          label: { en: 'By the message id of DLT Manager', hi: 'DLT Manager के मैसेज आईडी से' },
        },
        {
          value: 'dlt_manual',
          label: { en: 'By full text and DLT ids', hi: 'पूरे टेक्स्ट और DLT आईडी से' },
        },
      ],
    },
    {
      key: 'senderId',
      label: { en: 'Sender (DLT header)', hi: 'भेजने वाला (DLT हेडर)' },
      hint: { en: 'Used where a template names no header.', hi: 'जहाँ टेम्पलेट में हेडर न हो, वहाँ लगेगा।' },
      kind: 'text',
      isRequired: true,
    },
    {
      key: 'entityId',
      label: { en: 'DLT entity id', hi: 'DLT एंटिटी आईडी' },
      hint: {
        en: 'Only for "full text", where a template names none.',
        hi: 'केवल "पूरे टेक्स्ट" के लिए, जहाँ टेम्पलेट में न हो।',
      },
      kind: 'text',
      isRequired: false,
    },
    {
      key: 'logsPath',
      label: { en: 'Path of the SMS logs', hi: 'SMS लॉग का पाथ' },
      hint: {
        en: 'From the page "SMS Logs" of the Fast2SMS documentation, without the address before it.',
        hi: 'Fast2SMS दस्तावेज़ के "SMS Logs" पेज से, पते के बिना।',
      },
      kind: 'text',
      isRequired: false,
      preset: LOGS_PATH,
    },
  ],
  capabilities: {
    charsMost: null,
    pullsStatus: 'by-range',
    pullsInbound: false,
    isIdempotent: false,
    canFind: true,
    takesAttachments: false,
    lookBackDays: LOOK_BACK_DAYS,
    perMinute: 300,
    perDay: null,
    dlt: 'by-vendor-template',
    needsInternet: true,
  },
};
