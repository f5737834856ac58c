import type { GatewayDescription } from '../message-ports.ts';

/** Reports older than this cannot be asked for (docs/gateways.md 2.1). */
export const LOOK_BACK_DAYS = 3;

export const fields = {
  baseUrl: {
    key: 'baseUrl',
    label: { en: 'Address of the gateway', hi: 'गेटवे का पता' },
    hint: {
      en: 'Change this only when MSG91 or your reseller tells you another address.',
      hi: 'इसे तभी बदलें जब MSG91 या आपका रीसेलर दूसरा पता बताए।',
    },
    kind: 'text',
    isRequired: true,
    preset: 'https://control.msg91.com',
  },
  authKey: {
    key: 'authKey',
    label: { en: 'Auth key', hi: 'ऑथ की (Auth key)' },
    hint: {
      en: 'In the MSG91 panel under your user name, "Authkey".',
      hi: 'MSG91 पैनल में अपने नाम के नीचे "Authkey" में।',
    },
    kind: 'secret',
    isRequired: true,
  },
  sender: {
    key: 'sender',
    label: { en: 'Sender (DLT header)', hi: 'भेजने वाला (DLT हेडर)' },
    hint: {
      en: 'Leave empty to use the header of the MSG91 template.',
      hi: 'खाली छोड़ें तो MSG91 टेम्पलेट का हेडर लगेगा।',
    },
    kind: 'text',
    isRequired: false,
  },
} as const satisfies Record<string, GatewayDescription['fields'][number]>;

export const describe: GatewayDescription = {
  kind: 'sms-msg91',
  channel: 'sms',
  name: { en: 'MSG91', hi: 'MSG91' },
  about: {
    en: 'Needs the auth key and, for each template here, the MSG91 template id: add the template in the MSG91 panel first and wait until it is verified by DLT.',
    hi: 'इसके लिए ऑथ की और हर टेम्पलेट का MSG91 टेम्पलेट आईडी चाहिए: पहले टेम्पलेट MSG91 पैनल में जोड़ें और DLT से मंज़ूरी तक रुकें।',
  },
  fields: Object.values(fields),
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
