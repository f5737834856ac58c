import type { GatewayDescription } from '../message-ports.ts';

export const describe: GatewayDescription = {
  kind: 'whatsapp-cloud',
  channel: 'whatsapp',
  name: { en: 'WhatsApp Cloud API (Meta)', hi: 'WhatsApp Cloud API (Meta)' },
  about: {
    en: 'From Meta directly. Needs a business number at Meta, a permanent access token and approved utility templates. Replies come to your WhatsApp app, not to Baaki: Meta hands them out only to a public address.',
    hi: 'सीधे Meta से। Meta पर बिज़नेस नंबर, स्थायी access token और मंज़ूर utility टेम्पलेट चाहिए। उत्तर आपके WhatsApp ऐप में आएँगे, Baaki में नहीं: Meta उन्हें सिर्फ़ सार्वजनिक पते पर देता है।',
  },
  fields: [
    {
      key: 'phoneNumberId',
      label: { en: 'Phone number id', hi: 'Phone number id' },
      hint: {
        en: 'A number of 15 digits or so on the page "API setup" of your app at Meta; not the phone number.',
        hi: 'Meta पर आपके ऐप के "API setup" पेज पर करीब 15 अंकों का नंबर; यह फ़ोन नंबर नहीं है।',
      },
      kind: 'text',
      isRequired: true,
    },
    {
      key: 'businessAccountId',
      label: { en: 'WhatsApp business account id', hi: 'WhatsApp business account id' },
      hint: {
        en: 'On the same page. Needed to see which templates Meta has approved.',
        hi: 'उसी पेज पर। इससे पता चलता है कि Meta ने कौन-से टेम्पलेट मंज़ूर किए।',
      },
      kind: 'text',
      isRequired: false,
    },
    { key: 'token', label: { en: 'Access token', hi: 'Access token' }, kind: 'secret', isRequired: true },
    {
      key: 'version',
      label: { en: 'Version of the Graph API', hi: 'Graph API का संस्करण' },
      kind: 'text',
      isRequired: true,
      preset: 'v23.0',
    },
    {
      key: 'baseUrl',
      label: { en: 'Address', hi: 'पता' },
      kind: 'text',
      isRequired: true,
      preset: 'https://graph.facebook.com',
    },
  ],
  capabilities: {
    charsMost: 1024,
    pullsStatus: 'by-id',
    pullsInbound: false,
    isIdempotent: false,
    // The history of a number can be asked by message id only, and a lost answer has none (docs/gateways.md 8.4).
    canFind: false,
    takesAttachments: true,
    lookBackDays: null,
    perMinute: 120,
    perDay: 1000,
    dlt: 'none',
    needsInternet: true,
  },
};
