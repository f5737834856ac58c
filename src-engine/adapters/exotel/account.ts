import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, saidNo, type Failed } from '../../transport/outcomes.ts';
import { readJson, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';

export type Account = {
  readonly baseUrl: string;
  /** The third version's host, which alone tells keys that were pressed. */
  readonly callUrl: string;
  readonly sid: string;
  readonly key: string;
  readonly token: string;
  readonly from: string;
  readonly flowId: string;
  readonly now: () => number;
  readonly limits: HttpLimits;
};

export type Answer = { readonly ok: true; readonly json: Json } | Failed;

type Ask = {
  readonly url: string;
  readonly form?: Readonly<Record<string, string>>;
  readonly hidden?: readonly string[];
};

/** A POST with a form, a GET without. */
export async function ask(
  account: Account,
  { url, form, hidden = [] }: Ask,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await callHttp({
    ...account.limits,
    method: form ? 'POST' : 'GET',
    url,
    headers: {
      authorization: `Basic ${Buffer.from(`${account.key}:${account.token}`).toString('base64')}`,
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form && { body: new URLSearchParams(form).toString() }),
    signal,
  });
  if (!answer.ok) return brokenOff(answer);
  const json = readJson(answer.text);
  const said = textAt(json, 'RestException', 'Message') ?? textAt(json, 'Message');
  if (answer.status === 400 && said !== null) {
    return saidNo(classOfRefusal(said), 'HTTP 400', redacted(said, [account.key, account.token, ...hidden]));
  }
  if (answer.status < 200 || answer.status >= 300) return byStatus(answer);
  if (json === undefined || textAt(json, 'RestException', 'Message') !== null) return badAnswer();
  return { ok: true, json };
}

/** Exotel says in a sentence what it refuses; numbers of its pages contradict each other (docs/gateways.md 2.7). */
function classOfRefusal(said: string): Failed['errorClass'] {
  if (/balance|credit/i.test(said)) return 'balance';
  if (/dlt|template|entity/i.test(said)) return 'template-config';
  if (/\bto\b|destination|recipient|dnd|ndnc/i.test(said)) return 'recipient-permanent';
  if (/\bfrom\b|sender|callerid|exophone|kyc/i.test(said)) return 'account-config';
  return 'policy';
}

export function accountUrl(account: Account, path: string): string {
  return urlOf(account.baseUrl, `/v1/Accounts/${encodeURIComponent(account.sid)}${path}`);
}
