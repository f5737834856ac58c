import { presets, providers } from './presets.ts';
import { REFRESH_TOKEN } from './tokens.ts';
import type { GatewayDescription, GatewayField } from '../message-ports.ts';

const tlsChoices: GatewayField['choices'] = [
  { value: '', label: { en: 'By the port', hi: 'पोर्ट के अनुसार' } },
  { value: 'implicit', label: { en: 'TLS from the start', hi: 'शुरू से TLS' } },
  { value: 'starttls', label: { en: 'STARTTLS', hi: 'STARTTLS' } },
];

function text(key: string, en: string, hi: string, more: Partial<GatewayField> = {}): GatewayField {
  return { key, label: { en, hi }, kind: 'text', isRequired: false, ...more };
}

const accountFields: readonly GatewayField[] = [
  text('provider', 'Mail service', 'मेल सेवा', {
    kind: 'choice',
    isRequired: true,
    preset: 'gmail',
    choices: providers.map((value) => ({ value, label: presets[value].label })),
  }),
  text('user', 'Account (email address)', 'खाता (ईमेल पता)', { isRequired: true }),
  text('signIn', 'Sign in with', 'साइन-इन', {
    kind: 'choice',
    preset: 'password',
    choices: [
      { value: 'password', label: { en: 'Password or app password', hi: 'पासवर्ड या ऐप पासवर्ड' } },
      { value: 'oauth', label: { en: 'In the browser (OAuth)', hi: 'ब्राउज़र में (OAuth)' } },
    ],
  }),
  text('password', 'Password or app password', 'पासवर्ड या ऐप पासवर्ड', {
    kind: 'secret',
    hint: {
      en: 'Gmail: switch 2-step verification on, then make an app password at myaccount.google.com/apppasswords. Zoho: in the security settings of the account.',
      hi: 'Gmail: पहले 2-step verification चालू करें, फिर myaccount.google.com/apppasswords पर ऐप पासवर्ड बनाएँ। Zoho: खाते की सुरक्षा सेटिंग में।',
    },
  }),
  text('clientId', 'OAuth client id', 'OAuth client id', {
    hint: {
      en: 'Your own. Google console: of type "Desktop app". Microsoft Entra: "Mobile and desktop", redirect http://localhost.',
      hi: 'आपकी अपनी। Google कंसोल में "Desktop app" वाली; Microsoft Entra में "Mobile and desktop", redirect http://localhost।',
    },
  }),
  text('clientSecret', 'OAuth client secret', 'OAuth client secret', {
    kind: 'secret',
    hint: { en: 'Google shows one; Microsoft needs none.', hi: 'Google एक देता है; Microsoft में नहीं चाहिए।' },
  }),
  text(REFRESH_TOKEN, 'OAuth sign-in', 'OAuth साइन-इन', {
    kind: 'secret',
    hint: { en: 'Filled in by the sign-in.', hi: 'साइन-इन से अपने आप भर जाता है।' },
  }),
];

/** What hardly anybody changes. */
const identityFields: readonly GatewayField[] = [
  text('from', 'Send from', 'भेजने वाला पता', {
    hint: { en: 'Leave empty to send from the account itself.', hi: 'खाली छोड़ें तो खाते से ही जाएगा।' },
  }),
  text('fromName', 'Name shown', 'दिखने वाला नाम', {
    hint: { en: 'What customers see beside the address.', hi: 'ग्राहकों को पते के साथ यही दिखता है।' },
  }),
  text('replyTo', 'Answers go to', 'जवाब यहाँ आएँ', {
    hint: {
      en: 'Leave empty so that answers come into this account, where Baaki can read them.',
      hi: 'खाली छोड़ें ताकि जवाब इसी खाते में आएँ, जहाँ Baaki उन्हें पढ़ सके।',
    },
  }),
  text('tenant', 'Microsoft tenant', 'Microsoft tenant', { preset: 'common' }),
];

const serverFields: readonly GatewayField[] = [
  text('smtpHost', 'Sending server (SMTP)', 'भेजने का सर्वर (SMTP)', {
    hint: { en: "Empty = the service's own.", hi: 'खाली = सेवा का अपना।' },
  }),
  text('smtpPort', 'SMTP port', 'SMTP पोर्ट', { kind: 'number' }),
  text('smtpTls', 'SMTP encryption', 'SMTP सुरक्षा', { kind: 'choice', preset: '', choices: tlsChoices ?? [] }),
  text('imapHost', 'Inbox server (IMAP)', 'इनबॉक्स सर्वर (IMAP)'),
  text('imapPort', 'IMAP port', 'IMAP पोर्ट', { kind: 'number' }),
  text('imapTls', 'IMAP encryption', 'IMAP सुरक्षा', { kind: 'choice', preset: '', choices: tlsChoices ?? [] }),
  text('copyToSent', 'File a copy under Sent', 'Sent में कॉपी रखें', { kind: 'switch', preset: 'yes' }),
  text('fingerprint', 'Certificate fingerprint (SHA-256)', 'प्रमाणपत्र का फ़िंगरप्रिंट (SHA-256)', {
    hint: {
      en: 'Only for a server of your own with a certificate of its own making. The check shows it.',
      hi: 'केवल अपने सर्वर के लिए, जिसका प्रमाणपत्र खुद बनाया हो। जाँच में यह दिखता है।',
    },
  }),
  text('oauthServer', 'Other sign-in server', 'दूसरा साइन-इन सर्वर'),
  text('waitSeconds', 'Wait for an answer (seconds)', 'जवाब का इंतज़ार (सेकंड)', {
    kind: 'number',
    preset: '120',
  }),
];

/** Limits: docs/gateways.md 4.2, well below every house's own. */
export const description: GatewayDescription = {
  kind: 'email-smtp',
  channel: 'email',
  name: { en: 'Email', hi: 'ईमेल' },
  about: {
    en: 'Sends through your own mailbox and reads bounces and answers from it. Gmail and Zoho take an app password; Microsoft 365 is signed in in the browser.',
    hi: 'आपके अपने मेलबॉक्स से भेजता है और लौटी मेल व जवाब वहीं से पढ़ता है। Gmail और Zoho में ऐप पासवर्ड चलता है; Microsoft 365 में ब्राउज़र में साइन-इन होता है।',
  },
  fields: [...accountFields, ...identityFields, ...serverFields],
  capabilities: {
    charsMost: null,
    pullsStatus: 'by-range',
    pullsInbound: true,
    isIdempotent: false,
    canFind: true,
    takesAttachments: true,
    lookBackDays: null,
    perMinute: 20,
    perDay: 300,
    dlt: 'none',
    needsInternet: true,
  },
};
