import { startFake, type Accepted, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';

/** Exotel's SMS and calls; codes of its pages contradict each other, so only words are given. */
export type FakeExotel = FakeServer & {
  readonly accepted: readonly (Accepted & { readonly sid: string })[];
  readonly move: (sid: string, status: string, detailed?: string) => void;
  /** The called person presses a key and the call ends. */
  readonly press: (sid: string, digits: string, at: number) => void;
};

export const EXOTEL = { sid: 'anita1', apiKey: 'exo-key', apiToken: 'exo-secret-token' };

const refusal = (status: number, message: string): FakeReply => ({
  status,
  body: { RestException: { Status: status, Message: message } },
});

export async function startFakeExotel(): Promise<FakeExotel> {
  const accepted: (Accepted & { sid: string })[] = [];
  const rows = new Map<string, Record<string, unknown>>();
  const keys: object[] = [];

  function take(form: URLSearchParams, kind: 'SMSMessage' | 'Call'): FakeReply {
    const to = form.get(kind === 'Call' ? 'From' : 'To') ?? '';
    if (!/^\+91[6-9]\d{9}$/.test(to)) return refusal(400, 'To number is invalid');
    const body = form.get('Body') ?? '';
    if (kind === 'SMSMessage' && !form.get('DltEntityId')) return refusal(400, 'DltEntityId is mandatory');
    if (kind === 'SMSMessage' && form.get('EncodingType') === 'plain' && /[^ -~\n]/.test(body))
      return refusal(400, 'Body has characters that need EncodingType unicode');
    const sid = `sid-${rows.size + 1}`;
    rows.set(sid, { Sid: sid, Status: 'queued', Price: null });
    const ids = {
      entity: form.get('DltEntityId') ?? '',
      template: form.get('DltTemplateId') ?? '',
      uid: form.get('CustomField') ?? '',
    };
    accepted.push({ sid, to, text: body || (form.get('Url') ?? ''), ids, at: Date.now() });
    return { status: 200, body: { [kind]: rows.get(sid) } };
  }

  function answer(request: FakeRequest): FakeReply {
    const { form, method, url } = request;
    if (url.pathname === `/v3/accounts/${EXOTEL.sid}/calls`) return { status: 200, body: { response: keys } };
    const path = url.pathname.replace(`/v1/Accounts/${EXOTEL.sid}`, '');
    if (path === '.json') return { status: 200, body: { Account: { Sid: EXOTEL.sid } } };
    if (path === '/Sms/send.json' && method === 'POST') return take(form, 'SMSMessage');
    if (path === '/Calls/connect.json' && method === 'POST') return take(form, 'Call');
    const [, kind, sid = ''] = /^\/(SMS\/Messages|Calls)\/([\w-]+)\.json$/.exec(path) ?? [];
    const row = rows.get(sid);
    if (!row) return refusal(404, 'not found');
    return { status: 200, body: { [kind === 'Calls' ? 'Call' : 'SMSMessage']: row } };
  }

  const server = await startFake((request) => {
    const { basic, fault } = request;
    if (basic?.user !== EXOTEL.apiKey || basic.password !== EXOTEL.apiToken)
      return refusal(401, 'Not authorized');
    if (fault === 'error-in-200') return refusal(200, 'Something went wrong');
    return answer(request);
  });
  return {
    ...server,
    accepted,
    move: (sid, Status, DetailedStatus) => {
      rows.set(sid, {
        ...rows.get(sid),
        Status,
        DetailedStatus,
        DateUpdated: '2026-11-22 17:05:09',
        Price: '0.150000',
        SmsUnits: '2',
      });
    },
    press: (sid, digits, at) => {
      const call = accepted.find((one) => one.sid === sid);
      const call_details = {
        sid,
        digits,
        to: call?.to,
        custom_field: call?.ids['uid'],
        end_time: new Date(at).toISOString(),
      };
      keys.push({ call_details });
    },
  };
}
