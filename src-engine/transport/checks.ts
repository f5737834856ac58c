import type { Bilingual, GatewayCheck, Problem } from '../adapters/message-ports.ts';
import type { Failed } from './outcomes.ts';

export function check(
  step: GatewayCheck['step'],
  outcome: GatewayCheck['outcome'],
  detail: Bilingual,
): GatewayCheck {
  return { step, outcome, detail };
}

/** What a failed question means to the owner, and what he does next. `step` is what the question was about. */
export function failedCheck(step: GatewayCheck['step'], failed: Failed): GatewayCheck {
  const { code } = failed;
  switch (failed.errorClass) {
    case 'transient-before-send':
      return check('connect', 'failed', {
        en: `The gateway could not be reached (${code}). Check the internet connection and the address.`,
        hi: `गेटवे तक पहुँच नहीं हुई (${code})। इंटरनेट और पता जाँचें।`,
      });
    case 'transient-after-send':
      return check('connect', 'failed', {
        en: `The gateway did not answer as expected (${code}). Check the address, or try again later.`,
        hi: `गेटवे ने ठीक उत्तर नहीं दिया (${code})। पता जाँचें या बाद में फिर कोशिश करें।`,
      });
    case 'auth':
      return check('sign-in', 'failed', {
        en: `The gateway refused the key or password (${code}). Copy it again from the gateway's own page.`,
        hi: `गेटवे ने कुंजी या पासवर्ड नहीं माना (${code})। उसे गेटवे के पेज से फिर से कॉपी करें।`,
      });
    case 'balance':
      return check('balance', 'failed', {
        en: `The account has no balance left (${code}). Recharge it on the gateway's own page.`,
        hi: `खाते में बैलेंस नहीं है (${code})। गेटवे के पेज पर रिचार्ज करें।`,
      });
    case 'throttled':
      return check(step, 'warning', {
        en: `The gateway asks to go slower (${code}). Try the test again in a minute.`,
        hi: `गेटवे धीरे भेजने को कह रहा है (${code})। एक मिनट बाद फिर जाँचें।`,
      });
    case 'account-config':
    case 'template-config':
    case 'recipient-permanent':
    case 'recipient-temporary':
    case 'window':
    case 'policy':
    case 'unknown':
      return check(step, 'failed', {
        en: `The gateway refused (${code}). Compare the settings here with those on the gateway's own page.`,
        hi: `गेटवे ने मना किया (${code})। यहाँ की सेटिंग गेटवे के पेज से मिलाएँ।`,
      });
    default:
      return failed.errorClass satisfies never;
  }
}

/** Something of the message or the settings that must be put right first. */
export function problem(code: string, detail: Bilingual, isBlocking = true): Problem {
  return { code, detail, isBlocking };
}

/** A setting that the gateway's form marks as required and that is empty. */
export function missingSetting(label: Bilingual): Problem {
  return problem('missing-setting', {
    en: `"${label.en}" is missing in the settings of this gateway.`,
    hi: `इस गेटवे की सेटिंग में "${label.hi}" खाली है।`,
  });
}
