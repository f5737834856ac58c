import type { Capabilities, GatewayDescription, GatewayField } from '../message-ports.ts';

const accountSid: GatewayField = {
  key: 'accountSid',
  label: { en: 'Account SID', hi: 'Account SID' },
  hint: {
    en: 'Begins with AC; on the first page of the Twilio console.',
    hi: 'AC से शुरू; Twilio console के पहले पेज पर।',
  },
  kind: 'text',
  isRequired: true,
};
const authToken: GatewayField = {
  key: 'authToken',
  label: { en: 'Auth token', hi: 'Auth token' },
  kind: 'secret',
  isRequired: true,
};
const baseUrl: GatewayField = {
  key: 'baseUrl',
  label: { en: 'Address', hi: 'पता' },
  kind: 'text',
  isRequired: true,
  preset: 'https://api.twilio.com',
};

function from(en: string, hi: string): GatewayField {
  return {
    key: 'from',
    label: { en: 'Sender', hi: 'भेजने वाला' },
    hint: { en, hi },
    kind: 'text',
    isRequired: true,
  };
}

const common: Capabilities = {
  charsMost: 1600,
  pullsStatus: 'by-id',
  pullsInbound: true,
  isIdempotent: false,
  canFind: true,
  takesAttachments: false,
  lookBackDays: null,
  perMinute: 60,
  perDay: null,
  dlt: 'in-account',
  needsInternet: true,
};

export const sms: GatewayDescription = {
  kind: 'sms-twilio',
  channel: 'sms',
  name: { en: 'Twilio SMS', hi: 'Twilio SMS' },
  about: {
    en: 'DLT entity, header and templates are registered with Twilio itself. Replies are fetched.',
    hi: 'DLT entity, header और टेम्पलेट Twilio में ही दर्ज होते हैं। उत्तर Baaki में आते हैं।',
  },
  fields: [
    accountSid,
    authToken,
    from(
      'A number with + or a messaging service (begins with MG).',
      '+ वाला नंबर या messaging service (MG से शुरू)।',
    ),
    baseUrl,
  ],
  capabilities: common,
};

export const whatsapp: GatewayDescription = {
  kind: 'whatsapp-twilio',
  channel: 'whatsapp',
  name: { en: 'Twilio WhatsApp', hi: 'Twilio WhatsApp' },
  about: {
    en: 'Needs a WhatsApp sender at Twilio and a ContentSid for each text. Replies are fetched, so conversations work here.',
    hi: 'Twilio पर WhatsApp नंबर और हर संदेश का ContentSid चाहिए। उत्तर Baaki में आते हैं, इसलिए बातचीत यहीं होती है।',
  },
  fields: [accountSid, authToken, from('The WhatsApp number with +.', '+ के साथ WhatsApp नंबर।'), baseUrl],
  capabilities: { ...common, dlt: 'none' },
};

export const voice: GatewayDescription = {
  kind: 'voice-twilio',
  channel: 'voice',
  name: { en: 'Twilio calls', hi: 'Twilio कॉल' },
  about: {
    en: 'Calls in Hindi or English. By itself it hears no key, so it says who calls and asks to call back, and no amount. To say the amount and hear “press 1 to promise”, give a Studio flow: a widget named “listen” says {{flow.data.opening}} and gathers one digit; after 1 another says {{flow.data.details}} and gathers one.',
    hi: 'हिंदी या अंग्रेज़ी में फ़ोन करता है। अकेले यह बटन नहीं सुनता, इसलिए केवल बताता है कि किसका फ़ोन है और वापस फ़ोन करने को कहता है; रकम नहीं बोलता। रकम बोलने और “वादे के लिए 1 दबाएँ” सुनने के लिए Studio flow दें: “listen” नाम का widget {{flow.data.opening}} बोले और एक अंक ले; 1 के बाद दूसरा {{flow.data.details}} बोले और एक अंक ले।',
  },
  fields: [
    accountSid,
    authToken,
    from('The number that calls, with +.', 'कॉल करने वाला नंबर, + के साथ।'),
    {
      key: 'flowSid',
      label: { en: 'Studio flow', hi: 'Studio flow' },
      hint: { en: 'Begins with FW. Empty: keys are not heard.', hi: 'FW से शुरू। खाली: बटन नहीं सुने जाएँगे।' },
      kind: 'text',
      isRequired: false,
    },
    {
      key: 'studioUrl',
      label: { en: 'Address of Studio', hi: 'Studio का पता' },
      kind: 'text',
      isRequired: true,
      preset: 'https://studio.twilio.com',
    },
    baseUrl,
  ],
  capabilities: { ...common, charsMost: null, canFind: false, perMinute: 6, perDay: 200, dlt: 'none' },
};
