import { setTimeout } from 'node:timers/promises';
import type { DltScrubber } from '../dlt/scrubber.ts';
import { startFake, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';
import { smsBook, type SmsBook } from './sms-book.ts';

// Three shapes of the long tail (docs/gateways.md 2.9 to 2.11), each on a path of its own of one server: 2Factor with
// the key in the form and "Status" in the answer, SMSCountry with Basic and an id, Airtel IQ with its errors under 200.

export type FakeHttpGateway = FakeServer & SmsBook & { readonly refuseNext: (code: string) => void };

type Wish = {
  readonly key: string;
  readonly user: string;
  readonly dlt: DltScrubber | null;
  readonly now: () => number;
  /** How long an answer takes. */
  readonly answerMs?: number;
};

export async function startHttpGateway(wish: Wish): Promise<FakeHttpGateway> {
  const book = smsBook(wish.dlt, wish.now);
  let refusal: string | null = null;
  const server = await startFake(async (request) => {
    if (wish.answerMs !== undefined) await setTimeout(wish.answerMs);
    const code = request.fault === 'error-in-200' ? 'QUOTA' : refusal;
    refusal = null;
    const { pathname } = request.url;
    if (pathname === '/API/R1/') return twoFactor(wish, { book, code }, request);
    if (pathname.startsWith('/v0.1/Accounts/')) return smsCountry(wish, { book, code }, request);
    if (pathname === '/api/v1/send-sms') return airtel(wish, { book, code }, request);
    return { status: pathname === '/' ? 200 : 404, body: 'Nothing here' };
  });
  return {
    ...server,
    ...book,
    refuseNext: (code) => {
      refusal = code;
    },
  };
}

type Turn = { readonly book: SmsBook; readonly code: string | null };

function twoFactor(wish: Wish, { book, code }: Turn, { form }: FakeRequest): FakeReply {
  const no = (details: string): FakeReply => ({ status: 200, body: { Status: 'Error', Details: details } });
  if (code !== null) return no(code);
  if (form.get('apikey') !== wish.key) return no('Invalid API Key');
  if (form.get('module') !== 'TRANS_SMS' || !/^[6-9]\d{9}$/.test(form.get('to') ?? '')) return no('Invalid');
  const row = book.take({
    to: `+91${form.get('to')}`,
    text: form.get('msg') ?? '',
    header: form.get('from') ?? '',
    entityId: null,
    templateId: null,
  });
  return { status: 200, body: { Status: 'Success', Details: row.id } };
}

function smsCountry(wish: Wish, { book, code }: Turn, request: FakeRequest): FakeReply {
  const { basic, url } = request;
  if (basic?.user !== wish.user || basic.password !== wish.key)
    return { status: 401, body: { Success: 'False', Message: 'Not authorized' } };
  if (request.method === 'GET') {
    const row = book.rows.find(({ id }) => url.pathname.endsWith(`/${id}/`));
    if (!row) return { status: 404, body: { Success: 'False' } };
    return { status: 200, body: { Success: 'True', SMS: { Status: row.status, ErrorCode: row.reason } } };
  }
  if (code !== null) return { status: 200, body: { Success: 'False', Message: code } };
  const body = request.json as Readonly<Record<string, string>>;
  const row = book.take({
    to: `+${body['Number']}`,
    text: body['Text'] ?? '',
    header: body['SenderId'] ?? '',
    entityId: null,
    templateId: null,
  });
  return { status: 202, body: { Success: 'True', Message: 'Message Queued', MessageUUID: row.id } };
}

function airtel(wish: Wish, { book, code }: Turn, request: FakeRequest): FakeReply {
  const { basic } = request;
  if (basic?.user !== wish.user || basic.password !== wish.key)
    return { status: 200, body: { code: 401, message: 'Authentication failed' } };
  if (code !== null) return { status: 200, body: { code, message: 'Not sent' } };
  const body = request.json as {
    readonly destinationAddress: readonly string[];
    readonly message: string;
    readonly sourceAddress: string;
    readonly entityId: string;
    readonly dltTemplateId: string;
  };
  const row = book.take({
    to: body.destinationAddress[0] ?? '',
    text: body.message,
    header: body.sourceAddress,
    entityId: body.entityId,
    templateId: body.dltTemplateId,
  });
  return { status: 200, body: { messageRequestId: row.id, incorrectNum: 0 } };
}
