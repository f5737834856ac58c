import type { PurposeCode } from '#domain/registry/words.ts';
import type { SmsTemplate } from '../notifier/sms-templates.ts';

// What debtors are told about consents, in their language. Every text names who asks, says what to do, and that doing
// nothing tells nothing.

type Lang = 'en' | 'hi';
type Words = {
  readonly template: SmsTemplate;
  readonly subject: string;
  readonly text: string;
};

export type RequestWish = {
  readonly registryName: string;
  readonly member: string;
  readonly purpose: PurposeCode;
  readonly url: string;
  readonly lang: Lang;
};

export function requestWords({ registryName, member, purpose, url, lang }: RequestWish): Words {
  if (lang === 'hi') {
    const asks =
      purpose === 'TC01'
        ? `${member} उधार तय करने के लिए ${registryName} में आपका भुगतान रिकॉर्ड एक बार देखना चाहता है।`
        : `${member} आपका बकाया ${registryName} में बताने की अनुमति चाहता है।`;
    return {
      template: purpose === 'TC01' ? 'consent-check' : 'consent-report',
      subject: `${registryName}: अनुमति माँगी गई है`,
      text: `${asks} जवाब दें या इन्हें रोकें: ${url} आप सहमत नहीं हैं तो कुछ न करें। कोई पासवर्ड किसी को न बताएं।`,
    };
  }
  const asks =
    purpose === 'TC01'
      ? `${member} asks to see your payment record at ${registryName} once, to decide on credit.`
      : `${member} asks to report what you owe to ${registryName}.`;
  return {
    template: purpose === 'TC01' ? 'consent-check' : 'consent-report',
    subject: `${registryName}: a business asks for your permission`,
    text: `${asks} Answer or block them: ${url} If you do not agree, do nothing. Tell no password to anybody.`,
  };
}

/** To the other known contacts of a subject: somebody was named who is not known to be him. */
export function strangerWords({ registryName, member, url, lang }: Omit<RequestWish, 'purpose'>): Words {
  return lang === 'hi'
    ? {
        template: 'consent-stranger',
        subject: `${registryName}: आपके नाम पर किसी और से पूछा गया`,
        text: `${member} ने आपका रिकॉर्ड देखने की अनुमति किसी ऐसे नंबर से माँगी है जिसे हम नहीं जानते। कुछ भी नहीं दिखाया जाएगा। आप इन्हें यहाँ रोक सकते हैं: ${url}`,
      }
    : {
        template: 'consent-stranger',
        subject: `${registryName}: somebody else was asked in your name`,
        text: `${member} asked for permission to see your record at a number that we do not know as yours. Nothing is shown. You can block them here: ${url}`,
      };
}

/** To a contact that only the asker names, once the hold is over: he is asked nothing, and told how he becomes known. */
export function unknownWords({ registryName, member, url, lang }: Omit<RequestWish, 'purpose'>): Words {
  return lang === 'hi'
    ? {
        template: 'consent-unknown',
        subject: `${registryName}: आपका नंबर अभी हमें पता नहीं`,
        text: `${member} ने आपके भुगतान के बारे में पूछा। यह नंबर किसी और ने आपका नहीं बताया है, इसलिए कुछ नहीं दिखाया जाएगा। किसी दूसरे विक्रेता से इसे बताने को कहें, या इन्हें यहाँ रोकें: ${url}`,
      }
    : {
        template: 'consent-unknown',
        subject: `${registryName}: we do not know this number as yours`,
        text: `${member} asked about your payments. Nobody else says that this number is yours, so nothing is shown. Another supplier of yours can confirm it; or refuse or block them here: ${url}`,
      };
}

/** The receipt: what was agreed, and how to take it back. */
export function receiptWords({ registryName, member, purpose, url, lang }: RequestWish): Words {
  if (lang === 'hi') {
    const may = purpose === 'TC01' ? 'आपका रिकॉर्ड एक बार देख सकता है' : 'आपका बकाया बता सकता है';
    return {
      template: purpose === 'TC01' ? 'receipt-check' : 'receipt-report',
      subject: `${registryName}: आपकी अनुमति`,
      text: `आपने अनुमति दी: ${member} ${may}। वापस लेने या शिकायत के लिए: ${url}`,
    };
  }
  const may = purpose === 'TC01' ? 'may look at your record once' : 'may report what you owe';
  return {
    template: purpose === 'TC01' ? 'receipt-check' : 'receipt-report',
    subject: `${registryName}: your permission`,
    text: `You agreed: ${member} ${may}. To take it back or to complain: ${url}`,
  };
}

export type LookWish = {
  readonly registryName: string;
  readonly members: readonly string[];
  readonly url: string;
  readonly lang: Lang;
};

export function lookWords({ registryName, members, url, lang }: LookWish): Words {
  const names = members.join(', ');
  return lang === 'hi'
    ? {
        template: 'look',
        subject: `${registryName}: आपका रिकॉर्ड देखा गया`,
        text: `${names} ने ${registryName} में आपके बारे में पूछा। किसने क्या देखा: ${url}`,
      }
    : {
        template: 'look',
        subject: `${registryName}: somebody asked about you`,
        text: `${names} asked ${registryName} about you. Who saw what: ${url}`,
      };
}

export type PasswordWish = {
  readonly registryName: string;
  readonly otp: string;
  readonly minutes: number;
  readonly lang: Lang;
};

export function passwordWords({ registryName, otp, minutes, lang }: PasswordWish): Words {
  return lang === 'hi'
    ? {
        template: 'password',
        subject: `${registryName}: आपका पासवर्ड`,
        text: `${registryName} पर आपका पन्ना खोलने का पासवर्ड ${otp} है, ${minutes} मिनट के लिए। इसे किसी को न बताएं, पूछने वाले विक्रेता को भी नहीं।`,
      }
    : {
        template: 'password',
        subject: `${registryName}: your password`,
        text: `${otp} opens your page at ${registryName} for ${minutes} minutes. Tell it to nobody, not to the business that asks either.`,
      };
}
