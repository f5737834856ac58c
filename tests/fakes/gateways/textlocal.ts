import type { DltScrubber } from '../dlt/scrubber.ts';
import { startFake, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';
import { indianText, smsBook, type SmsBook, type SmsRow } from './sms-book.ts';

// Textlocal India as docs/gateways.md 2.3 records it: everything is a form POST, everything is answered with 200.

export type FakeTextlocal = FakeServer &
  SmsBook & {
    readonly refuseNext: (code: string) => void;
    readonly receive: (from: string, text: string, at: number) => void;
    readonly setCredits: (credits: number) => void;
  };

type Wish = {
  readonly apiKey: string;
  readonly senders: readonly string[];
  readonly dlt: DltScrubber | null;
  readonly now: () => number;
};

type Received = {
  readonly id: string;
  readonly number: string;
  readonly message: string;
  readonly date: string;
};
type State = { credits: number; refusal: string | null; readonly inbox: Received[] };

export async function startTextlocal(wish: Wish): Promise<FakeTextlocal> {
  const book = smsBook(wish.dlt, wish.now);
  const state: State = { credits: 100, refusal: null, inbox: [] };
  const server = await startFake((request) => {
    if (request.form.get('apikey') !== wish.apiKey) return failure('3', 'Invalid login details');
    switch (request.url.pathname) {
      case '/send/':
        return send(wish, { book, state }, request);
      case '/status_message/':
        return status(book, request);
      case '/get_history_api/':
        return history(book, request);
      case '/get_messages/':
        return inbox(state);
      case '/balance/':
        return success({ balance: { sms: state.credits, mms: 0 } });
      default:
        return { status: 404, body: 'Not found' };
    }
  });
  return {
    ...server,
    ...book,
    refuseNext: (code) => {
      state.refusal = code;
    },
    receive: (from, text, at) => {
      const id = String(9000 + state.inbox.length);
      state.inbox.push({ id, number: from.slice(1), message: text, date: indianText(at) });
    },
    setCredits: (credits) => {
      state.credits = credits;
    },
  };
}

function send(
  wish: Wish,
  { book, state }: { readonly book: SmsBook; readonly state: State },
  { form, fault }: FakeRequest,
): FakeReply {
  const code = fault === 'error-in-200' ? '192' : (state.refusal ?? refusalOf(wish, state, form));
  state.refusal = null;
  if (code !== null) return failure(code, `Refused for 919876543210 with key ${wish.apiKey}`);
  const text = form.get('message') ?? '';
  const numbers = form.get('numbers') ?? '';
  const row = book.take({
    to: `+${numbers}`,
    text: form.get('unicode') === '1' ? text : text.replaceAll(/\P{ASCII}/gu, '?'),
    header: form.get('sender') ?? '',
    entityId: null,
    templateId: null,
    ids: { custom: form.get('custom') ?? '' },
  });
  state.credits -= 1;
  return success({
    batch_id: Number(row.id) + 7,
    cost: 1,
    balance: state.credits,
    num_messages: 1,
    messages: [{ id: row.id, recipient: Number(numbers) }],
  });
}

function refusalOf(wish: Wish, state: State, form: URLSearchParams): string | null {
  if (!/^91[6-9]\d{9}$/.test(form.get('numbers') ?? '')) return '32';
  if ((form.get('message') ?? '') === '') return '5';
  if ((form.get('message') ?? '').length > 766) return '6';
  if (!wish.senders.includes(form.get('sender') ?? '')) return '43';
  return state.credits > 0 ? null : '7';
}

function status(book: SmsBook, { form }: FakeRequest): FakeReply {
  const row = book.rows.find(({ id }) => id === form.get('message_id'));
  if (!row) return failure('1', 'No such message');
  const message = {
    id: row.id,
    recipient: row.to.slice(1),
    type: 'sms',
    status: letterOf(row),
    date: indianText(row.at),
    error_code: row.reason,
  };
  return success({ message });
}

function history(book: SmsBook, { form }: FakeRequest): FakeReply {
  const messages = book.rows
    .filter(
      ({ at }) => at >= Number(form.get('min_time')) * 1000 && at <= Number(form.get('max_time')) * 1000,
    )
    .map((row) => ({
      id: row.id,
      number: row.to.slice(1),
      content: row.text,
      sender: row.header,
      datetime: indianText(row.at),
      status: letterOf(row),
    }));
  return success({ total: messages.length, num_messages: messages.length, messages });
}

function inbox(state: State): FakeReply {
  if (state.inbox.length === 0) return failure('99', ' No messages found');
  return success({ inbox_id: '10', num_messages: state.inbox.length, messages: state.inbox });
}

function letterOf(row: SmsRow): string {
  return { sent: '?', delivered: 'D', failed: 'U' }[row.status];
}

function success(body: Readonly<Record<string, unknown>>): FakeReply {
  return { status: 200, body: { ...body, status: 'success' } };
}

function failure(code: string, message: string): FakeReply {
  return { status: 200, body: { errors: [{ code: Number(code), message }], status: 'failure' } };
}
