import type { DltScrubber } from '../dlt/scrubber.ts';
import { startFake, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';
import { bentRows, indianText, smsBook, type SmsBook, type SmsRow } from './sms-book.ts';

// MSG91 as docs/gateways.md 2.1 records it: flow by templates of its own, and a delivery log that alone minds the key.

export type Msg91Template = {
  /** With ##name## for each value. */
  readonly text: string;
  readonly header: string;
  readonly entityId: string;
  readonly dltTemplateId: string;
};

export type FakeMsg91 = FakeServer &
  SmsBook & {
    /** The flow endpoint answers success to a wrong key, and sends nothing (2.1, warning). On from the start. */
    readonly trustAnyKey: (isOn: boolean) => void;
  };

type Wish = {
  readonly authKey: string;
  readonly templates: Readonly<Record<string, Msg91Template>>;
  readonly dlt: DltScrubber | null;
  readonly now: () => number;
};

const DAY_MS = 86_400_000;
const DAYS_MOST = 3;
const PAGE_ROWS = 2;

export async function startMsg91(wish: Wish): Promise<FakeMsg91> {
  const book = smsBook(wish.dlt, wish.now);
  let isTrusting = true;
  const server = await startFake((request) => {
    const hasKey = request.headers['authkey'] === wish.authKey;
    if (request.url.pathname === '/api/v5/flow') {
      if (request.fault === 'error-in-200')
        return { status: 200, body: { type: 'error', message: 'Template is not verified' } };
      if (hasKey) return flow(wish, book, request);
      if (isTrusting) return { status: 200, body: { type: 'success', message: '3663676d4f6b323032323131' } };
      return { status: 401, body: { type: 'error', message: 'Unauthorized', code: '201' } };
    }
    if (request.url.pathname !== '/api/v5/report/logs/p/sms') return { status: 404, body: 'Not found' };
    if (!hasKey) return { status: 401, body: { hasError: true, status: 'fail', errors: 'Unauthorized' } };
    return log(wish, book, request);
  });
  return {
    ...server,
    ...book,
    trustAnyKey: (isOn) => {
      isTrusting = isOn;
    },
  };
}

function flow(wish: Wish, book: SmsBook, request: FakeRequest): FakeReply {
  const body = request.json as {
    readonly template_id: string;
    readonly recipients: readonly Readonly<Record<string, string>>[];
  };
  const template = wish.templates[body.template_id];
  const recipient = body.recipients[0];
  if (!template || !recipient) return { status: 200, body: { type: 'error', message: 'Invalid template' } };
  if (!/^\d{10,15}$/.test(recipient['mobiles'] ?? ''))
    return { status: 200, body: { type: 'error', message: `Invalid mobile ${recipient['mobiles']}` } };
  const text = template.text.replaceAll(/##(\w+)##/g, (_mark, name: string) => recipient[name] ?? '');
  const row = book.take({
    to: `+${recipient['mobiles']}`,
    text,
    header: template.header,
    entityId: template.entityId,
    templateId: template.dltTemplateId,
  });
  return { status: 200, body: { type: 'success', message: row.id } };
}

function log(wish: Wish, book: SmsBook, request: FakeRequest): FakeReply {
  const query = request.url.searchParams;
  const first = query.get('startDate') ?? '';
  const last = query.get('endDate') ?? '';
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS + 1;
  if (!(days >= 1 && days <= DAYS_MOST) || Date.parse(last) > wish.now() + DAY_MS)
    return { status: 200, body: { hasError: true, status: 'fail', errors: 'Range of 3 days at most' } };
  const inRange = book.rows.filter((row) => {
    const day = indianText(row.at).slice(0, 10);
    return day >= first && day <= last;
  });
  const rows = bentRows(inRange.map(rowOf), (row) => ({ ...row, status: 'Sent' }), request.fault);
  const from = Number(query.get('paginationToken') ?? '0');
  const next = from + PAGE_ROWS;
  return {
    status: 200,
    body: {
      data: rows.slice(from, next),
      metadata: { total: rows.length, paginationToken: next < rows.length ? String(next) : null },
    },
  };
}

function rowOf(row: SmsRow): Readonly<Record<string, string | null>> {
  const words = { sent: 'Sent', delivered: 'Delivered', failed: 'Failed' } as const;
  return {
    requestId: row.id,
    telNum: row.to.slice(1),
    senderId: row.header,
    requestDate: indianText(row.at),
    sentDateTime: indianText(row.at),
    status: words[row.status],
    failureReason: row.reason === null ? null : `Scrubbing failed, ${row.reason}`,
    deliveryDate: row.status === 'delivered' ? indianText(row.at).slice(0, 10) : null,
    deliveryTime: row.status === 'delivered' ? indianText(row.at).slice(11) : null,
  };
}
