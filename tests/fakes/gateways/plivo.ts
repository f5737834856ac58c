import { startFake, type Accepted, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';

/** Plivo's message resource; DLT is judged after the request was taken, as operators do. */
export type FakePlivo = FakeServer & {
  readonly accepted: readonly (Accepted & { readonly uuid: string })[];
  readonly move: (uuid: string, state: string, errorCode?: string) => void;
  readonly write: (from: string, text: string, at: number) => void;
};

export const PLIVO = { authId: 'MAPLIVO123', authToken: 'plivo-secret-token' };

type Row = {
  message_uuid: string;
  message_direction: string;
  message_state: string;
  to_number: string;
} & Record<string, unknown>;

const timeOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}+00:00`;
const refusal = (status: number, error: string): FakeReply => ({ status, body: { api_id: 'a', error } });

export async function startFakePlivo(): Promise<FakePlivo> {
  const rows: Row[] = [];
  const accepted: (Accepted & { uuid: string })[] = [];

  function send({ json }: FakeRequest): FakeReply {
    const {
      dst,
      text,
      src,
      dlt_entity_id: entity,
      dlt_template_id: template,
    } = json as Record<string, string | null>;
    if (!dst || !/^91[6-9]\d{9}$/.test(dst)) return refusal(400, 'dst is not a valid destination number');
    if (!src) return refusal(400, 'src is missing');
    if (!entity || !template)
      return refusal(400, 'dlt_entity_id and dlt_template_id are required for this destination');
    const uuid = `uuid-${rows.length + 1}`;
    const at = Date.now();
    accepted.push({ uuid, to: dst, text: text ?? '', ids: { entity, template, header: src }, at });
    rows.push({
      message_uuid: uuid,
      message_direction: 'outbound',
      message_state: 'queued',
      to_number: dst,
      from_number: src,
      text,
      message_time: timeOf(at),
      units: 2,
      error_code: null,
    });
    return { status: 202, body: { api_id: 'a', message: 'message(s) queued', message_uuid: [uuid] } };
  }

  function list({ url }: FakeRequest): FakeReply {
    const direction = url.searchParams.get('message_direction');
    const to = url.searchParams.get('to_number');
    const [limit, offset] = ['limit', 'offset'].map((key) => Number(url.searchParams.get(key) ?? 0));
    const found = rows
      .filter((row) => direction === null || row.message_direction === direction)
      .filter((row) => to === null || row.to_number === to)
      .toReversed();
    return { status: 200, body: { objects: found.slice(offset, (offset ?? 0) + (limit ?? 20)), meta: {} } };
  }

  const server = await startFake((request) => {
    const { basic, method, url, fault } = request;
    if (basic?.user !== PLIVO.authId || basic.password !== PLIVO.authToken) {
      return { status: 401, body: 'Could not verify your access level for that URL.' };
    }
    if (fault === 'error-in-200') return { status: 200, body: { error: 'insufficient credit' } };
    const path = url.pathname.replace(`/v1/Account/${PLIVO.authId}`, '');
    if (path === '/') return { status: 200, body: { cash_credits: '120.5', state: null } };
    if (path === '/Message/') return method === 'POST' ? send(request) : list(request);
    const row = rows.find(({ message_uuid: uuid }) => path === `/Message/${uuid}/`);
    return row ? { status: 200, body: row } : refusal(404, 'not found');
  });
  return {
    ...server,
    accepted,
    move: (uuid, message_state, error_code) => {
      const row = rows.find((one) => one.message_uuid === uuid);
      if (row) Object.assign(row, { message_state, error_code, message_updated_time: timeOf(Date.now()) });
    },
    write: (from_number, text, at) => {
      const message_uuid = `uuid-${rows.length + 1}`;
      rows.push({
        message_uuid,
        message_direction: 'inbound',
        message_state: 'received',
        to_number: '91',
        from_number,
        text,
        message_time: timeOf(at),
      });
    },
  };
}
