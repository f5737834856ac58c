import type { DltScrubber } from '../dlt/scrubber.ts';
import { startFake, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';
import { bentRows, indianText, smsBook, type SmsBook, type SmsRow } from './sms-book.ts';

// Fast2SMS as docs/gateways.md 2.4 records it: key in the header, its own codes in the body of a 400 or 401, a log of 3
// days.

export type Fast2smsTemplate = {
  /** With {#var#} for each value. */
  readonly text: string;
  readonly entityId: string;
  readonly dltTemplateId: string;
};

export type FakeFast2sms = FakeServer & SmsBook & { readonly refuseNext: (code: string) => void };

type Wish = {
  readonly apiKey: string;
  /** By message id. */
  readonly templates: Readonly<Record<string, Fast2smsTemplate>>;
  readonly dlt: DltScrubber | null;
  readonly now: () => number;
};

const DAY_MS = 86_400_000;
const DAYS_MOST = 3;
const PAGE_ROWS = 2;

export async function startFast2sms(wish: Wish): Promise<FakeFast2sms> {
  const book = smsBook(wish.dlt, wish.now);
  let refusal: string | null = null;
  const server = await startFake((request) => {
    // A key in the body, or with "Bearer", is answered like a wrong one.
    if (request.headers['authorization'] !== wish.apiKey) return refused('412');
    if (request.url.pathname === '/dev/wallet')
      return { status: 200, body: { return: true, wallet: '75.0000', sms_count: 300 } };
    if (request.url.pathname === '/dev/sms-analytics') return log(wish, book, request);
    if (request.url.pathname !== '/dev/bulkV2') return { status: 404, body: 'Not found' };
    const code = refusal;
    refusal = null;
    if (request.fault === 'error-in-200') return { ...refused('996'), status: 200 };
    return code === null ? send(wish, book, request) : refused(code);
  });
  return {
    ...server,
    ...book,
    refuseNext: (code) => {
      refusal = code;
    },
  };
}

function send(wish: Wish, book: SmsBook, request: FakeRequest): FakeReply {
  const body = request.json as Readonly<Record<string, string | undefined>>;
  if (!body['sender_id']) return refused('401');
  if (!body['message']) return refused('402');
  if (!body['numbers']) return refused('405');
  if (!/^[6-9]\d{9}$/.test(body['numbers'])) return refused('411');
  const template = wish.templates[body['message']];
  if (body['route'] === 'dlt' && !template) return refused('424');
  const values = (body['variables_values'] ?? '').split('|');
  let at = 0;
  const text = template
    ? template.text.replaceAll('{#var#}', () => values[at++] ?? '')
    : (body['message'] ?? '');
  const row = book.take({
    to: `+91${body['numbers']}`,
    text,
    header: body['sender_id'],
    entityId: template?.entityId ?? body['entity_id'] ?? null,
    templateId: template?.dltTemplateId ?? body['template_id'] ?? null,
    ids: { udf1: body['udf1'] ?? '' },
  });
  const details = { character_count: text.length, per_sms_rate: 0.2, amount_debited: 0.2 };
  return {
    status: 200,
    body: {
      return: true,
      request_id: row.id,
      message: ['SMS sent successfully.'],
      ...(body['sms_details'] === '1' ? { sms_details: details } : {}),
    },
  };
}

function log(wish: Wish, book: SmsBook, request: FakeRequest): FakeReply {
  const query = request.url.searchParams;
  const first = query.get('from_date') ?? '';
  const last = query.get('to_date') ?? '';
  const oldest = indianText(wish.now() - (DAYS_MOST - 1) * DAY_MS).slice(0, 10);
  const inRange = book.rows.filter((row) => {
    const day = indianText(row.at).slice(0, 10);
    return day >= first && day <= last && day >= oldest;
  });
  const rows = bentRows(inRange.map(rowOf), (row) => ({ ...row, status: 'Sent' }), request.fault);
  const page = Number(query.get('page') ?? '1');
  const data = rows.slice((page - 1) * PAGE_ROWS, page * PAGE_ROWS);
  return {
    status: 200,
    body: { return: true, data, last_page: Math.max(1, Math.ceil(rows.length / PAGE_ROWS)) },
  };
}

function rowOf(row: SmsRow): Readonly<Record<string, string | null>> {
  const words = { sent: 'Sent', delivered: 'Delivered', failed: 'Failed' } as const;
  return {
    request_id: row.id,
    number: row.to.slice(3),
    sender_id: row.header,
    sent_time: indianText(row.at),
    status: words[row.status],
    status_description: row.reason === null ? null : `DLT-${row.reason}`,
  };
}

function refused(code: string): FakeReply {
  const isAuth = code === '412' || code === '413';
  const body = { return: false, status_code: Number(code), message: `Refused ${code}` };
  return { status: isAuth ? 401 : 400, body };
}
