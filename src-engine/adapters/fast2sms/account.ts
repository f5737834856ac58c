import type { ErrorClass } from '#domain/reminders/words.ts';
import { callHttp, urlOf, type HttpCall, type HttpLimits } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, saidNo, type Failed } from '../../transport/outcomes.ts';
import { at, readJson, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';

export type Fast2sms = {
  readonly baseUrl: string;
  readonly logsPath: string;
  readonly apiKey: string;
  readonly route: 'dlt' | 'dlt_manual';
  readonly senderId: string;
  readonly entityId: string;
  readonly now: () => number;
  readonly limits: HttpLimits;
};

/** Their own list (docs/gateways.md 2.4). They stand in the body; some look like HTTP statuses and are none. */
const classOf: Readonly<Record<string, ErrorClass>> = {
  '401': 'account-config',
  '402': 'template-config',
  '405': 'recipient-permanent',
  '406': 'account-config',
  '411': 'recipient-permanent',
  '412': 'auth',
  '413': 'auth',
  '414': 'account-config',
  '415': 'account-config',
  '416': 'balance',
  '417': 'template-config',
  '424': 'template-config',
  '425': 'template-config',
  '426': 'template-config',
  '500': 'template-config',
  '990': 'account-config',
  '995': 'policy',
  '996': 'account-config',
  '998': 'account-config',
};

export type Told =
  { readonly ok: true; readonly json: Json } | { readonly ok: false; readonly failed: Failed };

/** The key stands in the header: in a body it is answered as if it were wrong. An answer is what says `return: true`. */
export async function ask(
  account: Fast2sms,
  call: Pick<HttpCall, 'method' | 'signal'> & {
    readonly path: string;
    readonly query?: Readonly<Record<string, string>>;
    readonly json?: unknown;
    readonly hidden?: readonly string[];
  },
): Promise<Told> {
  const answer = await callHttp({
    ...account.limits,
    method: call.method,
    url: urlOf(account.baseUrl, call.path, call.query),
    headers: {
      authorization: account.apiKey,
      accept: 'application/json',
      'content-type': 'application/json',
    },
    ...(call.json === undefined ? {} : { body: JSON.stringify(call.json) }),
    signal: call.signal,
  });
  if (!answer.ok) return { ok: false, failed: brokenOff(answer) };
  const json = readJson(answer.text);
  const code = textAt(json, 'status_code');
  const verdict = at(json, 'return');
  if (answer.status === 200 && verdict === true && json !== undefined) return { ok: true, json };
  if (verdict === false && code !== null && answer.status < 500) {
    const said = textAt(json, 'message') ?? textAt(json, 'message', 0) ?? 'Fast2SMS refused.';
    const detail = redacted(said, [account.apiKey, ...(call.hidden ?? [])]);
    return { ok: false, failed: saidNo(classOf[code] ?? 'unknown', code, detail) };
  }
  return { ok: false, failed: answer.status === 200 ? badAnswer() : byStatus(answer) };
}
