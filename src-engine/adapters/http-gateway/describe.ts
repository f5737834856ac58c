import type { Bilingual, GatewayDescription, GatewayField } from '../message-ports.ts';

// A form for whatever has an address that sends an SMS. Marks in double braces are replaced: see placeholders.ts.

const text = (key: string, label: Bilingual, more: Partial<GatewayField> = {}): GatewayField => ({
  key,
  label,
  kind: 'text',
  isRequired: false,
  ...more,
});

const sending: readonly GatewayField[] = [
  text(
    'url',
    { en: 'Address', hi: 'पता (URL)' },
    {
      isRequired: true,
      hint: {
        en: 'Marks: {{to}} +9198…, {{to_digits}} 9198…, {{to_10}} 98…, {{text}}, {{unicode}} 1 or 0, {{is_unicode}} true or false, {{uid}}, {{header}}, {{entity_id}}, {{template_id}}, {{vendor_template_id}}, {{value_1}} …, {{user}}, {{key}}, {{key_2}}.',
        hi: 'निशान: {{to}} +9198…, {{to_digits}} 9198…, {{to_10}} 98…, {{text}}, {{unicode}} 1 या 0, {{is_unicode}} true या false, {{uid}}, {{header}}, {{entity_id}}, {{template_id}}, {{vendor_template_id}}, {{value_1}} …, {{user}}, {{key}}, {{key_2}}।',
      },
    },
  ),
  text(
    'method',
    { en: 'Method', hi: 'तरीका' },
    {
      kind: 'choice',
      isRequired: true,
      preset: 'POST',
      choices: [
        { value: 'POST', label: { en: 'POST', hi: 'POST' } },
        { value: 'GET', label: { en: 'GET', hi: 'GET' } },
      ],
    },
  ),
  text(
    'bodyKind',
    { en: 'Kind of body', hi: 'बॉडी का प्रकार' },
    {
      kind: 'choice',
      isRequired: true,
      preset: 'json',
      choices: [
        { value: 'json', label: { en: 'JSON', hi: 'JSON' } },
        { value: 'form', label: { en: 'Form (a=b&c=d)', hi: 'फ़ॉर्म (a=b&c=d)' } },
        { value: 'text', label: { en: 'Plain text', hi: 'सादा टेक्स्ट' } },
        { value: 'none', label: { en: 'None', hi: 'कोई नहीं' } },
      ],
    },
  ),
  text('body', { en: 'Body', hi: 'बॉडी' }, { kind: 'long-text' }),
  text(
    'headers',
    { en: 'Headers', hi: 'हेडर लाइनें' },
    {
      kind: 'long-text',
      hint: {
        en: 'One a line, "Name: value". {{basic}} is user and key for "Authorization: Basic {{basic}}".',
        hi: 'हर लाइन में एक, "नाम: मान"। "Authorization: Basic {{basic}}" के लिए {{basic}} यूज़र और की है।',
      },
    },
  ),
  text('user', { en: 'User', hi: 'यूज़र' }),
  text('key', { en: 'Key or password', hi: 'की या पासवर्ड' }, { kind: 'secret' }),
  text('key_2', { en: 'Second key', hi: 'दूसरी की' }, { kind: 'secret' }),
  text('header', { en: 'Sender (DLT header)', hi: 'भेजने वाला (DLT हेडर)' }),
  text('entityId', { en: 'DLT entity id', hi: 'DLT एंटिटी आईडी' }),
];

const answering: readonly GatewayField[] = [
  text('successStatus', { en: 'Good status', hi: 'सही स्टेटस' }, { isRequired: true, preset: '200-299' }),
  text(
    'successAt',
    { en: 'Where success stands', hi: 'सफलता कहाँ लिखी है' },
    {
      hint: {
        en: 'A path in the JSON answer ("Status", "data[0].state") or a /pattern/. Many gateways say errors under a good status: then this is needed.',
        hi: 'JSON उत्तर में जगह ("Status", "data[0].state") या /पैटर्न/। कई गेटवे गलती भी सही स्टेटस में बताते हैं: तब यह ज़रूरी है।',
      },
    },
  ),
  text(
    'successIs',
    { en: 'What stands there on success', hi: 'सफलता पर वहाँ क्या लिखा है' },
    {
      hint: {
        en: 'Several with commas. Empty: anything.',
        hi: 'कई हों तो कॉमा से। खाली: कुछ भी।',
      },
    },
  ),
  text('idAt', { en: 'Where the message id stands', hi: 'मैसेज आईडी कहाँ लिखा है' }),
  text('errorAt', { en: 'Where the error code stands', hi: 'गलती का कोड कहाँ लिखा है' }),
  text(
    'errorClasses',
    { en: 'Meaning of error codes', hi: 'गलती के कोड का अर्थ' },
    {
      kind: 'long-text',
      hint: {
        en: 'One a line, "code = meaning". Meanings: auth, balance, account-config, template-config, recipient-permanent, recipient-temporary, throttled, window, policy.',
        hi: 'हर लाइन में एक, "कोड = अर्थ"। अर्थ: auth, balance, account-config, template-config, recipient-permanent, recipient-temporary, throttled, window, policy।',
      },
    },
  ),
];

const reporting: readonly GatewayField[] = [
  text(
    'statusUrl',
    { en: 'Address of the report', hi: 'रिपोर्ट का पता' },
    {
      hint: {
        en: 'With {{id}} for the message id. Empty: no reports.',
        hi: '{{id}} के साथ। खाली: रिपोर्ट नहीं।',
      },
    },
  ),
  text('statusAt', { en: 'Where the report stands', hi: 'रिपोर्ट कहाँ लिखी है' }),
  text('statusDelivered', { en: 'Words for delivered', hi: 'पहुँचने के शब्द' }, { preset: 'delivered' }),
  text('statusSent', { en: 'Words for on its way', hi: 'रास्ते में होने के शब्द' }, { preset: 'sent,submitted' }),
  text(
    'statusFailed',
    { en: 'Words for failed', hi: 'न पहुँचने के शब्द' },
    { preset: 'failed,undelivered,rejected,expired' },
  ),
  text('statusErrorAt', { en: 'Where the reason stands', hi: 'कारण कहाँ लिखा है' }),
  text(
    'checkUrl',
    { en: 'Address for the test', hi: 'जाँच का पता' },
    {
      hint: {
        en: 'One that needs the key and sends nothing, e.g. the balance. It is asked with GET.',
        hi: 'जिसे की चाहिए पर जो कुछ नहीं भेजता, जैसे बैलेंस। GET से पूछा जाता है।',
      },
    },
  ),
];

export const describe: GatewayDescription = {
  kind: 'sms-http',
  channel: 'sms',
  name: { en: 'Another SMS gateway (HTTP)', hi: 'कोई और SMS गेटवे (HTTP)' },
  about: {
    en: 'For a gateway that is not in this list. Its API page tells the address, what to send and how success looks.',
    hi: 'उस गेटवे के लिए जो इस सूची में नहीं है। उसके API पेज पर पता, क्या भेजना है और सफलता कैसी दिखती है, लिखा होता है।',
  },
  fields: [...sending, ...answering, ...reporting],
  capabilities: {
    charsMost: null,
    pullsStatus: 'by-id',
    pullsInbound: false,
    isIdempotent: false,
    canFind: false,
    takesAttachments: false,
    lookBackDays: null,
    perMinute: 60,
    perDay: null,
    dlt: 'in-request',
    needsInternet: true,
  },
};

/** The same form for calls: the text is what is spoken, and a report may tell the key that was pressed. */
export const describeVoice: GatewayDescription = {
  kind: 'voice-http',
  channel: 'voice',
  name: { en: 'Another calling service (HTTP)', hi: 'कोई और कॉल सेवा (HTTP)' },
  about: {
    en: 'For a calling service that is not in this list: it gets the number and what to speak, and its report may tell the key that was pressed. {{opening}} says who calls and no amount, {{details}} comes after key 1; where no key can be heard, speak {{alone}}.',
    hi: 'उस कॉल सेवा के लिए जो इस सूची में नहीं है: उसे नंबर और बोलने की बात मिलती है, और उसकी रिपोर्ट दबाया हुआ बटन बता सकती है। {{opening}} बताता है कि किसका फ़ोन है, रकम नहीं; {{details}} बटन 1 के बाद; जहाँ बटन नहीं सुना जा सकता, वहाँ {{alone}} बोलें।',
  },
  fields: [
    ...sending.filter(({ key }) => key !== 'header' && key !== 'entityId'),
    ...answering,
    ...reporting,
    text('keysAt', { en: 'Where the pressed key stands', hi: 'दबाया बटन कहाँ लिखा है' }),
  ],
  capabilities: { ...describe.capabilities, pullsInbound: true, perMinute: 6, perDay: 200, dlt: 'none' },
};
