import type { Channel } from './channel.ts';
import type { Notice } from './notifier.ts';

// Any SMS gateway that takes one HTTP request for a message: its address, headers and body are settings, with {{to}},
// {{digits}}, {{text}} and {{template}} in them. India's operators ask for the id of a registered text with each message.

export type SmsWish = {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  /** Empty for GET. */
  readonly body: string;
  /** Ids of registered texts by name and language: 'password.en'. */
  readonly templates: Readonly<Record<string, string>>;
  /** What the answer must hold to count as taken: gateways say 200 to errors, too. */
  readonly okPattern: string | null;
};

const TIMEOUT_MS = 20_000;
const ANSWER_LETTERS_MOST = 20_000;

export function smsChannel(wish: SmsWish): Channel {
  const ok = wish.okPattern === null ? null : new RegExp(wish.okPattern, 'u');
  return {
    send: async (to, notice) => {
      const values = valuesOf(wish, to, notice);
      const isJson = /json/i.test(wish.headers['content-type'] ?? '');
      const response = await fetch(filled(wish.url, values, encodeURIComponent), {
        method: wish.method,
        headers: wish.headers,
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
        ...(wish.method === 'POST' && {
          body: filled(wish.body, values, isJson ? insideJson : encodeURIComponent),
        }),
      });
      const answer = (await response.text()).slice(0, ANSWER_LETTERS_MOST);
      return response.ok && (ok === null || ok.test(answer));
    },
    close: () => undefined,
  };
}

function valuesOf(
  { templates }: SmsWish,
  to: string,
  { template, lang, text }: Notice,
): Readonly<Record<string, string>> {
  return { to, digits: to.replace(/^\+/, ''), text, template: templates[`${template}.${lang}`] ?? '' };
}

function filled(
  pattern: string,
  values: Readonly<Record<string, string>>,
  escaped: (value: string) => string,
): string {
  return pattern.replaceAll(/\{\{([a-z]+)\}\}/g, (_all, name: string) => escaped(values[name] ?? ''));
}

/** Between the quotes that the pattern brings. */
function insideJson(value: string): string {
  return JSON.stringify(value).slice(1, -1);
}
