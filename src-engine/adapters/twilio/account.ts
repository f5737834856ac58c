import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, saidNo, type Failed } from '../../transport/outcomes.ts';
import { numberAt, readJson, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';
import type { GatewayConfig } from '../message-ports.ts';
import { classOf } from './errors.ts';

export type Account = {
  readonly baseUrl: string;
  readonly studioUrl: string;
  readonly sid: string;
  readonly token: string;
  /** Number, WhatsApp number or messaging service that sends. */
  readonly from: string;
  readonly flowSid: string;
  readonly now: () => number;
  readonly limits: HttpLimits;
};

export function accountOf(
  { fields, secrets }: GatewayConfig,
  now: () => number,
  limits: HttpLimits,
): Account {
  return {
    baseUrl: fields['baseUrl'] ?? '',
    studioUrl: fields['studioUrl'] ?? '',
    sid: fields['accountSid'] ?? '',
    token: secrets['authToken'] ?? '',
    // Twilio's own pages write a WhatsApp number with its kind before it; ours is put there when it is sent.
    from: (fields['from'] ?? '').trim().replace(/^whatsapp:/i, ''),
    flowSid: fields['flowSid'] ?? '',
    now,
    limits,
  };
}

export type Answer = { readonly ok: true; readonly json: Json } | Failed;
type Form = Readonly<Record<string, string>>;
type Ask = { readonly url: string; readonly form?: Form; readonly hidden?: readonly string[] };

/** A POST with a form, a GET without. */
export async function ask(
  account: Account,
  { url, form, hidden = [] }: Ask,
  signal: AbortSignal,
): Promise<Answer> {
  const basic = Buffer.from(`${account.sid}:${account.token}`).toString('base64');
  const answer = await callHttp({
    ...account.limits,
    method: form ? 'POST' : 'GET',
    url,
    headers: {
      authorization: `Basic ${basic}`,
      ...(form && { 'content-type': 'application/x-www-form-urlencoded' }),
    },
    ...(form && { body: new URLSearchParams(form).toString() }),
    signal,
  });
  if (!answer.ok) return brokenOff(answer);
  const json = readJson(answer.text);
  const isGood = answer.status >= 200 && answer.status < 300;
  const code = isGood ? null : numberAt(json, 'code');
  if (code !== null && answer.status < 500) {
    const said = redacted(textAt(json, 'message') ?? '', [account.token, ...hidden]);
    const { retryAfterSeconds } = byStatus(answer);
    return { ...saidNo(classOf(code), String(code), said), retryAfterSeconds };
  }
  if (!isGood) return byStatus(answer);
  return json === undefined ? badAnswer() : { ok: true, json };
}

/** '/Messages.json' of this account. */
export function accountUrl(account: Account, path: string, query: Form = {}): string {
  return urlOf(account.baseUrl, `/2010-04-01/Accounts/${encodeURIComponent(account.sid)}${path}`, query);
}
