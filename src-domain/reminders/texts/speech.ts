import type { Day } from '../../days.ts';
import { digitsSpoken, type SpokenLanguage } from './number-words.ts';
import { daySpoken } from './spoken.ts';

/**
 * What a pressed key means (docs/gateways.md 5.7). 'promise' opens the account's details first, when they were not told
 * yet.
 */
export type KeyMeaning = 'promise' | 'paid' | 'talk' | 'stop';

export const voiceKeys: Readonly<Record<'1' | '2' | '3' | '9', KeyMeaning>> = {
  '1': 'promise',
  '2': 'paid',
  '3': 'talk',
  '9': 'stop',
};

export function meaningOfKey(digit: string): KeyMeaning | null {
  return isVoiceKey(digit) ? voiceKeys[digit] : null;
}

function isVoiceKey(digit: string): digit is keyof typeof voiceKeys {
  return Object.hasOwn(voiceKeys, digit);
}

/** A call, in the order it is heard. Times are seconds. */
export type VoiceScript = {
  /** Business first; no amount and no word about a bill: somebody else may have picked up. Key 1 goes on, 9 stops calls. */
  readonly opening: string;
  /** Heard only after key 1: what is open, and then the choice of 1, 2, 3 and 9. */
  readonly details: string;
  readonly answers: Readonly<Record<KeyMeaning, string>>;
  readonly wrongKey: string;
  readonly noKey: string;
  readonly waitSeconds: 5;
  /** The opening and the details are each said once more when nothing is pressed. */
  readonly repeatMost: 1;
};

export type VoiceFacts = {
  readonly businessName: string;
  readonly businessPhone: string | null;
  readonly customerName: string;
  /** The filled voice template: amounts and days already in words. */
  readonly text: string;
  /** By when key 1 promises to pay. */
  readonly promiseDay: Day;
};

export function voiceScript(facts: VoiceFacts, language: SpokenLanguage): VoiceScript {
  const timing = { waitSeconds: 5, repeatMost: 1 } as const;
  return { ...(language === 'hi' ? hindi(facts) : english(facts)), ...timing };
}

type Words = Omit<VoiceScript, 'waitSeconds' | 'repeatMost'>;

function english({ businessName, businessPhone, customerName, text, promiseDay }: VoiceFacts): Words {
  const day = daySpoken(promiseDay, 'en');
  const phone = businessPhone === null ? '' : ` You can also call ${digitsSpoken(businessPhone, 'en')}.`;
  return {
    opening: `Hello. This is a call from ${businessName} for ${customerName}. If you look after the accounts there, press 1 to listen. To get no more calls from us, press 9.`,
    details: `${text} If you will pay by ${day}, press 1. If you have already paid, press 2. To talk to us, press 3. To get no more calls, press 9.`,
    answers: {
      promise: `Thank you. We have noted that you will pay by ${day}.`,
      paid: 'Thank you. We will check it and not call about it until then.',
      talk: `Thank you. ${businessName} will call you back.${phone}`,
      stop: 'All right. You will get no more calls like this from us.',
    },
    wrongKey: 'That key has no meaning here.',
    noKey: `${businessName} says thank you. Goodbye.`,
  };
}

function hindi({ businessName, businessPhone, customerName, text, promiseDay }: VoiceFacts): Words {
  const day = daySpoken(promiseDay, 'hi');
  const phone = businessPhone === null ? '' : ` आप ${digitsSpoken(businessPhone, 'hi')} पर भी फ़ोन कर सकते हैं।`;
  return {
    opening: `नमस्ते। यह फ़ोन ${businessName} की ओर से ${customerName} के लिए है। अगर वहाँ का हिसाब आप देखते हैं, तो सुनने के लिए 1 दबाएँ। आगे फ़ोन न चाहें, तो 9 दबाएँ।`,
    details: `${text} अगर आप ${day} तक भुगतान करेंगे, तो 1 दबाएँ। भुगतान कर चुके हैं, तो 2 दबाएँ। हमसे बात करनी हो, तो 3 दबाएँ। आगे फ़ोन न चाहें, तो 9 दबाएँ।`,
    answers: {
      promise: `धन्यवाद। हमने लिख लिया है कि आप ${day} तक भुगतान करेंगे।`,
      paid: 'धन्यवाद। हम जाँच लेंगे और तब तक इसके लिए फ़ोन नहीं करेंगे।',
      talk: `धन्यवाद। ${businessName} से आपको फ़ोन आएगा।${phone}`,
      stop: 'ठीक है। अब आपको हमारी ओर से ऐसे फ़ोन नहीं आएँगे।',
    },
    wrongKey: 'यह बटन यहाँ काम का नहीं है।',
    noKey: `${businessName} की ओर से धन्यवाद। नमस्ते।`,
  };
}
