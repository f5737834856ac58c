import { formatDay, type Day } from '#domain/days.ts';
import type { SmsTemplate } from '../notifier/sms-templates.ts';

// What leaves for a debtor about dues, and for a member about disputes: fixed wordings with few places to fill, as SMS
// gateways want them registered. No amount, no bill and no identifier stands in any of them.

export type Lang = 'en' | 'hi';
export type Words = {
  readonly template: SmsTemplate;
  readonly subject: string;
  readonly text: string;
};

export type DuesWish = {
  readonly registryName: string;
  /** Verified names of who reports, each once. */
  readonly members: readonly string[];
  readonly dueCount: number;
  /** The first day on which others may see one of them. */
  readonly visibleFrom: Day;
  readonly url: string;
  readonly lang: Lang;
};

const NAME_MOST = 40;

/** One message for all that waits: who reports, how many, from when others may see it, where to look and object. */
export function publicationWords({ registryName, lang, url, visibleFrom, ...of }: DuesWish): Words {
  const day = formatDay(visibleFrom);
  return lang === 'hi'
    ? {
        template: 'publication',
        subject: `${registryName}: आपके बकाया की सूचना`,
        text: `${registryName}: ${whoHi(of.members)} ने आपके ${of.dueCount} बाकी बिल बताए हैं। ${day} से आपकी अनुमति पाने वाले व्यवसाय इन्हें देख सकेंगे। देखें या आपत्ति करें: ${url}`,
      }
    : {
        template: 'publication',
        subject: `${registryName}: dues of yours were reported`,
        text: `${registryName}: ${whoEn(of.members)} reported ${billsEn(of.dueCount)} of yours. From ${day} on, businesses whom you allow can see this. Look or object: ${url}`,
      };
}

export function reminderWords({ registryName, lang, url, visibleFrom, ...of }: DuesWish): Words {
  const day = formatDay(visibleFrom);
  return lang === 'hi'
    ? {
        template: 'reminder',
        subject: `${registryName}: बकाया की याद`,
        text: `${registryName}: याद दिला दें, ${whoHi(of.members)} ने आपके ${of.dueCount} बाकी बिल बताए हैं। वे ${day} से दिख सकेंगे। कुछ ग़लत हो तो अभी आपत्ति करें: ${url}`,
      }
    : {
        template: 'reminder',
        subject: `${registryName}: reminder of reported dues`,
        text: `${registryName}: a reminder. ${whoEn(of.members)} reported ${billsEn(of.dueCount)} of yours. They can be seen from ${day} on. If something is wrong, object now: ${url}`,
      };
}

/** One for all of them: what he was told of before is paid, or was taken back. */
export function endedWords({ registryName, lang, url, ...of }: Omit<DuesWish, 'visibleFrom'>): Words {
  return lang === 'hi'
    ? {
        template: 'ended',
        subject: `${registryName}: आपके बकाया में बदलाव`,
        text: `${registryName}: ${whoHi(of.members)} ने आपके ${of.dueCount} बिल चुकाए हुए या वापस लिए हुए बताए हैं। देखें: ${url}`,
      }
    : {
        template: 'ended',
        subject: `${registryName}: what was reported of you has ended`,
        text: `${registryName}: ${whoEn(of.members)} marked ${of.dueCount === 1 ? '1 bill' : `${of.dueCount} bills`} of yours as paid or taken back. Look: ${url}`,
      };
}

type Registered = { readonly registryName: string; readonly lang: Lang };

/** To the member whose answer to a dispute is awaited. */
export function answerWords({
  registryName,
  lang,
  answerBy,
}: Registered & { readonly answerBy: Day }): Words {
  const day = formatDay(answerBy);
  return lang === 'hi'
    ? {
        template: 'dispute-answer',
        subject: `${registryName}: एक आपत्ति जवाब का इंतज़ार कर रही है`,
        text: `${registryName}: आपके बताए एक बकाया पर आपत्ति है। ${day} तक बाकी (Baaki) में जवाब दें, नहीं तो ग्राहक की बात मानी जाएगी।`,
      }
    : {
        template: 'dispute-answer',
        subject: `${registryName}: an objection waits for your answer`,
        text: `${registryName}: a due that you reported is disputed. Answer in Baaki by ${day}, or the customer's word stands.`,
      };
}

/** To the debtor, once his objection has come to an end. */
export function disputeClosedWords({
  registryName,
  lang,
  url,
  isUpheld,
}: Registered & { readonly url: string; readonly isUpheld: boolean }): Words {
  if (lang === 'hi')
    return {
      template: isUpheld ? 'dispute-upheld' : 'dispute-shown',
      subject: `${registryName}: आपकी आपत्ति का नतीजा`,
      text: isUpheld
        ? `${registryName}: आपकी आपत्ति मान ली गई, वह बकाया छिपा रहेगा। देखें: ${url}`
        : `${registryName}: व्यवसाय अपनी बात पर रहा, वह बकाया फिर दिख सकता है। देखें: ${url}`,
    };
  return {
    template: isUpheld ? 'dispute-upheld' : 'dispute-shown',
    subject: `${registryName}: what came of your objection`,
    text: isUpheld
      ? `${registryName}: your objection stands, the due stays hidden. Look: ${url}`
      : `${registryName}: the business insisted, the due can be seen again. Look: ${url}`,
  };
}

function billsEn(count: number): string {
  return count === 1 ? '1 unpaid bill' : `${count} unpaid bills`;
}

function whoEn([first = '', ...rest]: readonly string[]): string {
  return rest.length === 0 ? short(first) : `${short(first)} and ${rest.length} more`;
}

function whoHi([first = '', ...rest]: readonly string[]): string {
  return rest.length === 0 ? short(first) : `${short(first)} और ${rest.length} अन्य`;
}

function short(name: string): string {
  return name.length <= NAME_MOST ? name : `${name.slice(0, NAME_MOST - 1)}…`;
}
