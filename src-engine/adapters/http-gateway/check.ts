import { check, failedCheck } from '../../transport/checks.ts';
import { callHttp } from '../../transport/http.ts';
import { brokenOff, byStatus } from '../../transport/outcomes.ts';
import type { GatewayCheck } from '../message-ports.ts';
import { accountValues, filled, inUrl } from './placeholders.ts';
import { isGoodStatus } from './rules.ts';
import { headersFor } from './send.ts';
import type { Settings } from './settings.ts';

/** Never calls the address that sends: only the owner's test address, or else the front page of the same server. */
export async function checkSettings(
  settings: Settings,
  signal: AbortSignal,
): Promise<readonly GatewayCheck[]> {
  const [first] = settings.problems;
  if (first) return [check('settings', 'failed', first.detail)];
  return [...warnings(settings), ...(await askServer(settings, signal))];
}

function warnings(settings: Settings): readonly GatewayCheck[] {
  const told: GatewayCheck[] = [];
  if (isOpenToOthers(settings.url))
    told.push(
      check('tls', 'warning', {
        en: 'The address begins with http: key, numbers and texts can be read on the way. Ask the gateway for an address with https.',
        hi: 'पता http से शुरू होता है: की, नंबर और संदेश रास्ते में पढ़े जा सकते हैं। गेटवे से https वाला पता लें।',
      }),
    );
  if (settings.successAt === null)
    told.push(
      check('settings', 'warning', {
        en: 'No place is named where success stands. If this gateway says errors under a good status, Baaki will not notice them.',
        hi: 'सफलता कहाँ लिखी है, यह नहीं बताया गया। अगर यह गेटवे गलती भी सही स्टेटस में बताता है तो Baaki उसे नहीं पहचानेगा।',
      }),
    );
  return told;
}

/** Not of this machine itself, and not encrypted. */
function isOpenToOthers(address: string): boolean {
  const url = URL.parse(address);
  return url?.protocol === 'http:' && !/^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
}

async function askServer(settings: Settings, signal: AbortSignal): Promise<readonly GatewayCheck[]> {
  const values = accountValues(settings);
  const origin = URL.parse(filled(settings.url, values, inUrl))?.origin ?? '';
  const hasCheck = settings.checkUrl !== '';
  const answer = await callHttp({
    ...settings.limits,
    method: 'GET',
    url: hasCheck ? filled(settings.checkUrl, values, inUrl) : `${origin}/`,
    headers: hasCheck ? headersFor(settings, values) : {},
    signal,
  });
  if (!answer.ok) return [failedCheck('connect', brokenOff(answer))];
  // The front page may want a key or not be there; only a server that is ill itself says so.
  if (!hasCheck && (answer.status === 429 || answer.status >= 500))
    return [failedCheck('connect', byStatus(answer))];
  const reached = check('connect', 'ok', { en: 'The gateway answers.', hi: 'गेटवे से उत्तर आ रहा है।' });
  if (!hasCheck)
    return [
      reached,
      check('sign-in', 'left-out', {
        en: 'Whether the key is right shows only when a test message arrives on your own phone.',
        hi: 'की सही है या नहीं, यह आपके फ़ोन पर जाँच संदेश पहुँचने पर ही दिखता है।',
      }),
    ];
  if (!isGoodStatus(settings.successStatus, answer.status))
    return [reached, failedCheck('sign-in', byStatus(answer))];
  return [
    reached,
    check('sign-in', 'ok', {
      en: 'The gateway answered the test address with the key.',
      hi: 'गेटवे ने की के साथ जाँच के पते का उत्तर दिया।',
    }),
  ];
}
