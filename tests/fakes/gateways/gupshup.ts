import type { DltScrubber } from '../dlt/scrubber.ts';
import { startFake, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';
import { smsBook, type SmsBook } from './sms-book.ts';

// Gupshup's enterprise SMS as docs/gateways.md 2.2 records it: one address, answers as "success | number | id" under
// 200.

export type FakeGupshup = FakeServer &
  SmsBook & {
    /** The next message is answered with this code of its list. */
    readonly refuseNext: (code: string) => void;
  };

type Wish = {
  readonly userId: string;
  readonly password: string;
  readonly dlt: DltScrubber | null;
  readonly now: () => number;
};

const sentences: Readonly<Record<string, string>> = {
  '100': 'Unknown error',
  '101': 'The parameter "send_to" is required',
  '102': 'Authentication failed',
  '103': 'User does not exist',
  '104': 'User disabled',
  '105': 'The phone number is invalid',
  '106': 'Method not enabled',
  '107': 'Version not supported',
  '108': 'Invalid mask',
  '109': 'Invalid DND flag',
};

export async function startGupshup(wish: Wish): Promise<FakeGupshup> {
  const book = smsBook(wish.dlt, wish.now);
  let refusal: string | null = null;
  const server = await startFake((request) => {
    if (request.url.pathname !== '/GatewayAPI/rest') return { status: 404, body: 'Not found' };
    const code = request.fault === 'error-in-200' ? '106' : (refusal ?? refusalOf(wish, request));
    refusal = null;
    if (code !== null) return { status: 200, body: `error | ${code} | ${sentences[code] ?? 'Unknown'}` };
    return taken(book, request);
  });
  return {
    ...server,
    ...book,
    refuseNext: (code) => {
      refusal = code;
    },
  };
}

function refusalOf(wish: Wish, { form }: FakeRequest): string | null {
  if (form.get('userid') !== wish.userId) return '103';
  if (form.get('password') !== wish.password || form.get('auth_scheme') !== 'plain') return '102';
  if (form.get('method') !== 'sendMessage') return '106';
  if (form.get('v') !== '1.1') return '107';
  if (!form.has('send_to') || !form.has('msg')) return '101';
  if (!/^91[6-9]\d{9}$/.test(form.get('send_to') ?? '')) return '105';
  return /^[A-Za-z]{6}$/.test(form.get('mask') ?? '') ? null : '108';
}

/** A text marked as plain that is not arrives with question marks. */
function taken(book: SmsBook, { form }: FakeRequest): FakeReply {
  const text = form.get('msg') ?? '';
  const isUnicode = form.get('msg_type') === 'Unicode_text';
  const row = book.take({
    to: `+${form.get('send_to')}`,
    text: isUnicode ? text : text.replaceAll(/\P{ASCII}/gu, '?'),
    header: form.get('mask') ?? '',
    entityId: form.get('principalEntityId'),
    templateId: form.get('dltTemplateId'),
  });
  return { status: 200, body: `success | ${form.get('send_to')} | ${row.id}` };
}
