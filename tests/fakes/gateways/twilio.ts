import { startFake, type Accepted, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';

/** Twilio's Messages, Calls and Studio as its OpenAPI shows them: a message moves when a test says so. */
export type FakeTwilio = FakeServer & {
  readonly accepted: readonly (Accepted & { readonly sid: string })[];
  readonly calls: readonly (Accepted & { readonly sid: string })[];
  readonly move: (sid: string, status: string, errorCode?: number) => void;
  /** Somebody writes to the account's number. */
  readonly write: (from: string, to: string, body: string, at: number) => void;
  /** The called person presses a key in a widget of the flow, which then ends. */
  readonly press: (sid: string, digits: string, at: number, widget?: string) => void;
};

export const TWILIO = { accountSid: 'AC0123456789', authToken: 'twilio-secret-token' };
const FROM = '+15005550006';
/** Numbers with which Twilio's own test credentials answer errors. */
const REFUSED: Readonly<Record<string, readonly [number, string]>> = {
  '+15005550001': [21_211, 'is not a valid phone number'],
  '+15005550002': [21_612, 'cannot be routed'],
  '+15005550003': [21_408, 'Permission to send has not been enabled'],
  '+15005550004': [21_610, 'Attempt to send to unsubscribed recipient'],
  '+15005550009': [21_614, 'is not a valid mobile number'],
};

type Row = Record<string, unknown> & { sid: string };

const rfc2822 = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');
const refusal = (status: number, code: number, message: string): FakeReply => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});

export async function startFakeTwilio(): Promise<FakeTwilio> {
  const rows: Row[] = [];
  const accepted: (Accepted & { sid: string })[] = [];
  const calls: (Accepted & { sid: string })[] = [];
  const contexts = new Map<
    string,
    { widgets: Record<string, object>; data: object; to: string; endedAt: number | null }
  >();

  function sendMessage({ form }: FakeRequest): FakeReply {
    const to = form.get('To') ?? '';
    const refused = REFUSED[to.replace('whatsapp:', '')];
    if (refused) return refusal(400, ...refused);
    if (!form.has('From') && !form.has('MessagingServiceSid'))
      return refusal(400, 21_603, "A 'From' is required");
    const body = form.get('Body') ?? form.get('ContentVariables');
    if (body === null) return refusal(400, 21_602, 'Message body is required');
    if (body.length > 1600) return refusal(400, 21_617, 'exceeds the 1600 character limit');
    if (to.startsWith('whatsapp:') && !form.has('ContentSid'))
      return refusal(400, 63_016, 'outside the allowed window');
    const sid = `SM${String(rows.length + 1).padStart(32, '0')}`;
    const at = Date.now();
    const row = {
      sid,
      to,
      from: form.get('From'),
      body,
      status: 'queued',
      direction: 'outbound-api',
      num_segments: '1',
    };
    rows.push({
      ...row,
      date_created: rfc2822(at),
      date_sent: null,
      price: null,
      price_unit: 'INR',
      error_code: null,
    });
    accepted.push({ sid, to, text: body, ids: { contentSid: form.get('ContentSid') ?? '' }, at });
    return { status: 201, body: rows.at(-1) };
  }

  function call({ form }: FakeRequest): FakeReply {
    const twiml = form.get('Twiml') ?? '';
    const to = form.get('To') ?? '';
    if (REFUSED[to]) return refusal(400, ...REFUSED[to]);
    if (twiml.length > 4000) return refusal(400, 21_218, 'Twiml is too long');
    const sid = `CA${String(calls.length + 1).padStart(32, '0')}`;
    calls.push({ sid, to, text: twiml, ids: {}, at: Date.now() });
    rows.push({ sid, status: 'queued' });
    return { status: 201, body: rows.at(-1) };
  }

  function execute({ form }: FakeRequest): FakeReply {
    const sid = `FN${String(contexts.size + 1).padStart(32, '0')}`;
    const data: unknown = JSON.parse(form.get('Parameters') ?? '{}');
    const to = form.get('To') ?? '';
    contexts.set(sid, { widgets: {}, data: data as object, to, endedAt: null });
    calls.push({ sid, to, text: form.get('Parameters') ?? '', ids: {}, at: Date.now() });
    return { status: 201, body: { sid, status: 'active' } };
  }

  function studio(request: FakeRequest, id: string | undefined): FakeReply {
    if (request.method === 'POST') return execute(request);
    const context = contexts.get(id ?? '');
    if (id !== undefined && !context) return refusal(404, 20_404, 'The requested resource was not found');
    if (context) {
      return { status: 200, body: { context: { widgets: context.widgets, flow: { data: context.data } } } };
    }
    const executions = [...contexts].map(([sid, { to, endedAt }]) => ({
      sid,
      status: endedAt === null ? 'active' : 'ended',
      contact_channel_address: to,
      date_updated: endedAt === null ? null : new Date(endedAt).toISOString(),
    }));
    return { status: 200, body: { executions, meta: { next_page_url: null } } };
  }

  const server = await startFake((request) => {
    const { basic, method, url, fault } = request;
    if (basic?.user !== TWILIO.accountSid || basic.password !== TWILIO.authToken) {
      return refusal(401, 20_003, 'Authenticate');
    }
    if (fault === 'error-in-200') return { status: 200, body: { code: 20_500, message: 'Internal error' } };
    const [, id] = /^\/v2\/Flows\/\w+\/Executions(?:\/(\w+))?/.exec(url.pathname) ?? [];
    if (url.pathname.startsWith('/v2/Flows/')) return studio(request, id);
    const path = url.pathname.replace(`/2010-04-01/Accounts/${TWILIO.accountSid}`, '');
    if (path === '.json') return { status: 200, body: { sid: TWILIO.accountSid, status: 'active' } };
    if (path === '/Messages.json' && method === 'POST') return sendMessage(request);
    if (path === '/Calls.json' && method === 'POST') return call(request);
    if (path === '/Messages.json') {
      const to = url.searchParams.get('To');
      const found = rows.filter((row) => row.sid.startsWith('SM') && (to === null || row['to'] === to));
      return { status: 200, body: { messages: found.toReversed(), next_page_uri: null } };
    }
    const row = rows.find(({ sid }) => path.includes(sid));
    return row ? { status: 200, body: row } : refusal(404, 20_404, 'The requested resource was not found');
  });

  return {
    ...server,
    accepted,
    calls,
    move: (sid, status, errorCode) => {
      const row = rows.find((one) => one.sid === sid);
      const date = rfc2822(Date.now());
      if (row)
        Object.assign(row, {
          status,
          error_code: errorCode ?? null,
          price: '-0.25',
          date_sent: date,
          date_updated: date,
        });
    },
    write: (from, to, body, at) => {
      const sid = `SM${String(rows.length + 1).padStart(32, '0')}`;
      rows.push({ sid, from, to, body, status: 'received', direction: 'inbound', date_sent: rfc2822(at) });
    },
    press: (sid, digits, at, widget = 'gather_1') => {
      const context = contexts.get(sid);
      if (!context) throw new Error(`No execution ${sid}.`);
      context.widgets = {
        ...context.widgets,
        call_1: { CallStatus: 'completed' },
        [widget]: { Digits: digits },
      };
      context.endedAt = at;
    },
  };
}

export const TWILIO_FROM = FROM;
