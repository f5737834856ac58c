import type { Day } from '../../days.ts';
import { digitsSpoken, type SpokenLanguage } from './number-words.ts';
import { daySpoken } from './spoken.ts';

/** What a pressed key means (docs/gateways.md 5.7). In the opening, 1 opens the details and 9 is the same as everywhere. */
export type KeyMeaning = 'promise' | 'paid' | 'talk' | 'stop';

const voiceKeys: ReadonlyMap<string, KeyMeaning> = new Map([
  ['1', 'promise'],
  ['2', 'paid'],
  ['3', 'talk'],
  ['9', 'stop'],
]);

/** Of the keys of a whole call the last one counts, but a 9 anywhere is the wish to be called no more. */
export function keyMeaning(keys: string): KeyMeaning | null {
  const known = Array.from(keys).flatMap((key) => voiceKeys.get(key) ?? []);
  return known.includes('stop') ? 'stop' : (known.at(-1) ?? null);
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
  /** All that is said where no key can be heard: who calls and how to reach him. Nobody has said who listens. */
  readonly alone: string;
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
  /** By when key 1 promises to pay; null where nothing is asked for: a thank-you offers no such keys. */
  readonly promiseDay: Day | null;
};

export function voiceScript(facts: VoiceFacts, language: SpokenLanguage): VoiceScript {
  const timing = { waitSeconds: 5, repeatMost: 1 } as const;
  return { ...(language === 'hi' ? hindi(facts) : english(facts)), ...timing };
}

type Words = Omit<VoiceScript, 'waitSeconds' | 'repeatMost'>;

function english({ businessName, businessPhone, customerName, text, promiseDay }: VoiceFacts): Words {
  const day = promiseDay === null ? '' : daySpoken(promiseDay, 'en');
  const number = businessPhone === null ? null : digitsSpoken(businessPhone, 'en');
  const phone = number === null ? '' : ` You can also call ${number}.`;
  const paying =
    promiseDay === null ? '' : ` If you will pay by ${day}, press 1. If you have already paid, press 2.`;
  const back = number === null ? 'Please call us back.' : `Please call us back on ${number}.`;
  return {
    opening: `Hello. This is a call from ${businessName} for ${customerName}. If you look after the accounts there, press 1 to listen. To get no more calls from us, press 9.`,
    details: `${text}${paying} To talk to us, press 3. To get no more calls, press 9.`,
    answers: {
      promise: `Thank you. We have noted that you will pay${day === '' ? '' : ` by ${day}`}.`,
      paid: 'Thank you. We will check it and not call about it until then.',
      talk: `Thank you. ${businessName} will call you back.${phone}`,
      stop: 'All right. You will get no more calls like this from us.',
    },
    wrongKey: 'That key has no meaning here.',
    noKey: `${businessName} says thank you. Goodbye.`,
    alone: `Hello. This is a call from ${businessName} for the accounts of ${customerName}. ${back} Thank you.`,
  };
}

function hindi({ businessName, businessPhone, customerName, text, promiseDay }: VoiceFacts): Words {
  const day = promiseDay === null ? '' : daySpoken(promiseDay, 'hi');
  const number = businessPhone === null ? null : digitsSpoken(businessPhone, 'hi');
  const phone = number === null ? '' : ` आप ${number} पर भी फ़ोन कर सकते हैं।`;
  const paying =
    promiseDay === null ? '' : ` अगर आप ${day} तक भुगतान करेंगे, तो 1 दबाएँ। भुगतान कर चुके हैं, तो 2 दबाएँ।`;
  const back = number === null ? 'कृपया हमें फ़ोन करें।' : `कृपया हमें ${number} पर फ़ोन करें।`;
  return {
    opening: `नमस्ते। यह फ़ोन ${businessName} की ओर से ${customerName} के लिए है। अगर वहाँ का हिसाब आप देखते हैं, तो सुनने के लिए 1 दबाएँ। आगे फ़ोन न चाहें, तो 9 दबाएँ।`,
    details: `${text}${paying} हमसे बात करनी हो, तो 3 दबाएँ। आगे फ़ोन न चाहें, तो 9 दबाएँ।`,
    answers: {
      promise: `धन्यवाद। हमने लिख लिया है कि आप ${day === '' ? '' : `${day} तक `}भुगतान करेंगे।`,
      paid: 'धन्यवाद। हम जाँच लेंगे और तब तक इसके लिए फ़ोन नहीं करेंगे।',
      talk: `धन्यवाद। ${businessName} से आपको फ़ोन आएगा।${phone}`,
      stop: 'ठीक है। अब आपको हमारी ओर से ऐसे फ़ोन नहीं आएँगे।',
    },
    wrongKey: 'यह बटन यहाँ काम का नहीं है।',
    noKey: `${businessName} की ओर से धन्यवाद। नमस्ते।`,
    alone: `नमस्ते। यह फ़ोन ${businessName} की ओर से ${customerName} के हिसाब के लिए है। ${back} धन्यवाद।`,
  };
}
