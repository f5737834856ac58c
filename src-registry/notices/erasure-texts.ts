import type { RefusalCode } from '../store/erasures.ts';
import type { Lang, Words } from './texts.ts';

// What a debtor is told of what he asked to be erased: that it is done, or why it is not.

export type ErasureWish = { readonly registryName: string; readonly url: string; readonly lang: Lang };

/** Once, and to contacts that go with the rest. */
export function erasedWords({ registryName, url, lang }: ErasureWish): Words {
  return lang === 'hi'
    ? {
        template: 'erased',
        subject: `${registryName}: आपका अनुरोध पूरा हुआ`,
        text: `${registryName}: आपके कहने पर आपके बारे में बताया गया बकाया और आपका संपर्क मिटा दिया गया। क़ानून जो रखने को कहता है, उसका केवल निशान बचा है। शिकायत के लिए: ${url}`,
      }
    : {
        template: 'erased',
        subject: `${registryName}: your request was carried out`,
        text: `${registryName}: as you asked, what was reported of you and how you are reached was erased. Of what a law wants kept only hashes are left. To complain: ${url}`,
      };
}

const REFUSED: Readonly<
  Record<RefusalCode, { readonly template: Words['template']; readonly en: string; readonly hi: string }>
> = {
  'still-owed-company': {
    template: 'erasure-owed',
    en: 'it is about a company, and its bills are reported as unpaid. They go once they are paid and their time is over.',
    hi: 'यह एक कंपनी के बारे में है और उसके बिल बाकी बताए गए हैं। चुकाने के बाद तय समय पर वे मिट जाएँगे।',
  },
  'dispute-open': {
    template: 'erasure-disputed',
    en: 'an objection of yours is not decided yet. Nobody sees that bill until then; ask again afterwards.',
    hi: 'आपकी एक आपत्ति का फ़ैसला अभी नहीं हुआ। तब तक वह बिल किसी को नहीं दिखता; फ़ैसले के बाद फिर कहें।',
  },
  'law-keeps': {
    template: 'erasure-kept',
    en: 'a law wants it kept for now. It goes by itself when that time is over.',
    hi: 'क़ानून इसे अभी रखने को कहता है। वह समय पूरा होने पर यह अपने आप मिट जाएगा।',
  },
};

export function erasureRefusedWords(code: RefusalCode, { registryName, url, lang }: ErasureWish): Words {
  const { template, en, hi } = REFUSED[code];
  return lang === 'hi'
    ? {
        template,
        subject: `${registryName}: मिटाने का आपका अनुरोध`,
        text: `${registryName}: आपके कहने पर मिटाया नहीं जा सका: ${hi} देखें या शिकायत करें: ${url}`,
      }
    : {
        template,
        subject: `${registryName}: your request for erasure`,
        text: `${registryName}: what you asked was not erased: ${en} Look or complain: ${url}`,
      };
}
