import type { ErrorClass } from '#domain/reminders/words.ts';
import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, saidNo, type Failed } from '../../transport/outcomes.ts';
import { readJson, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';

export type Textlocal = {
  readonly baseUrl: string;
  readonly apiKey: string;
  readonly sender: string;
  readonly inboxId: string;
  readonly now: () => number;
  readonly limits: HttpLimits;
};

/** From memory (docs/gateways.md 2.3 marks them so): an unlisted code only costs a plainer sentence. */
const classOf: Readonly<Record<string, ErrorClass>> = {
  '3': 'auth',
  '4': 'recipient-permanent',
  '5': 'template-config',
  '6': 'template-config',
  '7': 'balance',
  '32': 'recipient-permanent',
  '43': 'account-config',
  '44': 'account-config',
  '51': 'recipient-permanent',
  '80': 'template-config',
  '192': 'window',
};

export type Told =
  { readonly ok: true; readonly json: Json } | { readonly ok: false; readonly failed: Failed };

/** One question to Textlocal, key in the body. An answer is what says `status: "success"`; everything else a failure. */
export async function ask(
  account: Textlocal,
  path: string,
  wish: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<Told> {
  const answer = await callHttp({
    ...account.limits,
    method: 'POST',
    url: urlOf(account.baseUrl, path),
    headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    body: new URLSearchParams({ apikey: account.apiKey, ...wish }).toString(),
    signal,
  });
  if (!answer.ok) return { ok: false, failed: brokenOff(answer) };
  if (answer.status !== 200) return { ok: false, failed: byStatus(answer) };
  const json = readJson(answer.text);
  const status = textAt(json, 'status');
  if (status === 'success' && json !== undefined) return { ok: true, json };
  const code = textAt(json, 'errors', 0, 'code');
  if (code === null) return { ok: false, failed: badAnswer() };
  const said = textAt(json, 'errors', 0, 'message') ?? 'Textlocal refused.';
  const detail = redacted(said, [account.apiKey, wish['message'] ?? '']);
  return { ok: false, failed: saidNo(classOf[code] ?? 'unknown', code, detail) };
}
