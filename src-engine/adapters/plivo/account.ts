import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, saidNo, type Failed } from '../../transport/outcomes.ts';
import { readJson, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';

export type Account = {
  readonly baseUrl: string;
  readonly id: string;
  readonly token: string;
  readonly from: string;
  readonly now: () => number;
  readonly limits: HttpLimits;
};

export type Answer = { readonly ok: true; readonly json: Json } | Failed;

type Ask = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly hidden?: readonly string[];
};

/** A POST with a body, a GET without. */
export async function ask(
  account: Account,
  { path, query = {}, body, hidden = [] }: Ask,
  signal: AbortSignal,
): Promise<Answer> {
  const answer = await callHttp({
    ...account.limits,
    method: body === undefined ? 'GET' : 'POST',
    url: urlOf(account.baseUrl, `/v1/Account/${encodeURIComponent(account.id)}${path}`, query),
    headers: {
      authorization: `Basic ${Buffer.from(`${account.id}:${account.token}`).toString('base64')}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    signal,
  });
  if (!answer.ok) return brokenOff(answer);
  const json = readJson(answer.text);
  const said = textAt(json, 'error');
  if (said !== null && (answer.status === 400 || answer.status === 200)) {
    return saidNo(classOfRefusal(said), `HTTP ${answer.status}`, redacted(said, [account.token, ...hidden]));
  }
  if (answer.status < 200 || answer.status >= 300) return byStatus(answer);
  return json === undefined ? badAnswer() : { ok: true, json };
}

/** A refusal is a sentence; what it is about decides what rests. */
function classOfRefusal(said: string): Failed['errorClass'] {
  if (/credit|balance/i.test(said)) return 'balance';
  if (/dlt|template/i.test(said)) return 'template-config';
  if (/\bdst\b|destination|to number/i.test(said)) return 'recipient-permanent';
  if (/\bsrc\b|source|sender/i.test(said)) return 'account-config';
  return 'policy';
}
