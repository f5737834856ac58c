import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, saidNo, type Failed } from '../../transport/outcomes.ts';
import { at, numberAt, readJson, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';
import { classOf } from './errors.ts';

/** One number at Meta, and what is never to be told of it. */
export type Account = {
  readonly baseUrl: string;
  readonly version: string;
  readonly phoneNumberId: string;
  readonly businessAccountId: string;
  readonly token: string;
  readonly limits: HttpLimits;
};

export type GraphAnswer = { readonly ok: true; readonly json: Json } | Failed;

type Ask = {
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: { readonly type: string; readonly bytes: string | Uint8Array };
  readonly hidden?: readonly string[];
};

/** A POST with a body, a GET without. */
export async function askGraph(account: Account, ask: Ask, signal: AbortSignal): Promise<GraphAnswer> {
  const answer = await callHttp({
    ...account.limits,
    method: ask.body ? 'POST' : 'GET',
    url: urlOf(account.baseUrl, `/${account.version}${ask.path}`, ask.query ?? {}),
    headers: {
      authorization: `Bearer ${account.token}`,
      ...(ask.body && { 'content-type': ask.body.type }),
    },
    ...(ask.body && { body: ask.body.bytes }),
    signal,
  });
  if (!answer.ok) return brokenOff(answer);
  const json = readJson(answer.text);
  const error = at(json, 'error');
  if (error !== undefined) return refusalOf(error, [account.token, ...(ask.hidden ?? [])]);
  if (answer.status < 200 || answer.status >= 300) return byStatus(answer);
  return json === undefined ? badAnswer() : { ok: true, json };
}

function refusalOf(error: Json, hidden: readonly string[]): Failed {
  const code = numberAt(error, 'code');
  const said = textAt(error, 'error_data', 'details') ?? textAt(error, 'message') ?? '';
  return saidNo(classOf(code), code === null ? 'NO-CODE' : String(code), redacted(said, hidden));
}
