import type { GatewayDescription } from '../message-ports.ts';

export const describe: GatewayDescription = {
  kind: 'sms-android',
  channel: 'sms',
  name: { en: 'Your Android phone', hi: 'आपका Android फ़ोन' },
  about: {
    en: 'Install the app “SMS Gateway for Android” on a phone in the same Wi-Fi, switch on its local server, and enter what it shows. The Wi-Fi is not encrypted between the two: use your own, never a guest network.',
    hi: 'उसी Wi-Fi के फ़ोन पर “SMS Gateway for Android” ऐप लगाएँ, local server चालू करें और जो दिखे वह यहाँ डालें। दोनों के बीच Wi-Fi पर encryption नहीं है: अपना Wi-Fi लें, मेहमानों वाला नहीं।',
  },
  fields: [
    {
      key: 'baseUrl',
      label: { en: 'Address of the phone', hi: 'फ़ोन का पता' },
      hint: {
        en: 'As the app shows it, e.g. http://192.168.1.20:8080',
        hi: 'जैसा ऐप दिखाए, जैसे http://192.168.1.20:8080',
      },
      kind: 'text',
      isRequired: true,
    },
    { key: 'user', label: { en: 'User', hi: 'User' }, kind: 'text', isRequired: true, preset: 'sms' },
    { key: 'password', label: { en: 'Password', hi: 'Password' }, kind: 'secret', isRequired: true },
    {
      key: 'sim',
      label: { en: 'SIM', hi: 'SIM' },
      kind: 'choice',
      isRequired: false,
      preset: '',
      choices: [
        { value: '', label: { en: 'As the phone decides', hi: 'जो फ़ोन चुने' } },
        { value: '1', label: { en: 'SIM 1', hi: 'SIM 1' } },
        { value: '2', label: { en: 'SIM 2', hi: 'SIM 2' } },
      ],
    },
  ],
  capabilities: {
    charsMost: null,
    pullsStatus: 'by-id',
    pullsInbound: true,
    isIdempotent: true,
    canFind: true,
    takesAttachments: false,
    lookBackDays: null,
    // A personal SIM: low volume (docs/gateways.md 7, 8.8).
    perMinute: 10,
    perDay: 30,
    dlt: 'none',
    needsInternet: false,
  },
};
