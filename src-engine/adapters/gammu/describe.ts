import type { GatewayDescription } from '../message-ports.ts';

export const describe: GatewayDescription = {
  kind: 'sms-gammu',
  channel: 'sms',
  name: { en: 'Modem with Gammu', hi: 'Gammu वाला modem' },
  about: {
    en: 'A GSM modem or an old phone on this machine, with gammu-smsd and its SQLite database. Messages leave from your own SIM: only few, and only to customers who know you.',
    hi: 'इस मशीन पर GSM modem या पुराना फ़ोन, gammu-smsd और उसके SQLite डेटाबेस के साथ। संदेश आपके SIM से जाते हैं: कम भेजें, सिर्फ़ जान-पहचान के ग्राहकों को।',
  },
  fields: [
    {
      key: 'file',
      label: { en: 'Gammu’s database', hi: 'Gammu का डेटाबेस' },
      hint: { en: 'The SQLite file of gammu-smsd.', hi: 'gammu-smsd की SQLite फ़ाइल।' },
      kind: 'text',
      isRequired: true,
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
    perMinute: 6,
    perDay: 30,
    dlt: 'none',
    needsInternet: false,
  },
};
