import { startFake, type Accepted, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';

/** The open SMS gateway app on a phone: the caller's id is the key, and a second hand-over answers 409. */
export type FakePhone = FakeServer & {
  readonly accepted: readonly (Accepted & { readonly id: string })[];
  readonly move: (id: string, state: string, error?: string) => void;
  readonly write: (sender: string, text: string, at: number) => void;
};

export const PHONE = { user: 'sms', password: 'phone-secret' };

export async function startFakePhone(): Promise<FakePhone> {
  const accepted: (Accepted & { id: string })[] = [];
  const states = new Map<string, { state: string; error: string | null }>();
  const inbox: { id: string; sender: string; contentPreview: string; createdAt: string }[] = [];

  const shown = (id: string): object => {
    const { state, error } = states.get(id) ?? { state: 'Pending', error: null };
    return { id, state, recipients: [{ phoneNumber: '…', state, error }] };
  };

  function take({ json }: FakeRequest): FakeReply {
    const {
      id = '',
      textMessage,
      phoneNumbers = [],
    } = json as {
      id?: string;
      textMessage?: { text?: string };
      phoneNumbers?: string[];
    };
    if (id.length > 36) return { status: 400, body: { message: 'id must be at most 36 characters' } };
    if (!textMessage?.text || phoneNumbers.length === 0)
      return { status: 400, body: { message: 'text is required' } };
    if (states.has(id)) return { status: 409, body: { message: 'Message with the same ID already exists' } };
    states.set(id, { state: 'Pending', error: null });
    for (const to of phoneNumbers)
      accepted.push({ id, to, text: textMessage.text, ids: { id }, at: Date.now() });
    return { status: 202, body: shown(id) };
  }

  const server = await startFake((request) => {
    const { basic, method, url, fault } = request;
    if (url.pathname === '/health') return { status: 200, body: { status: 'pass', version: '1.40.0' } };
    if (basic?.user !== PHONE.user || basic.password !== PHONE.password)
      return { status: 401, body: { message: 'Unauthorized' } };
    if (fault === 'error-in-200') return { status: 200, body: { message: 'modem is busy' } };
    if (url.pathname === '/messages' && method === 'POST') return take(request);
    if (url.pathname === '/messages') return { status: 200, body: [...states.keys()].map(shown) };
    if (url.pathname === '/inbox') {
      const from = Date.parse(url.searchParams.get('from') ?? '');
      const [limit, offset] = ['limit', 'offset'].map((key) => Number(url.searchParams.get(key) ?? 0));
      const found = inbox.filter(({ createdAt }) => Date.parse(createdAt) >= from);
      return { status: 200, body: found.slice(offset, (offset ?? 0) + (limit ?? 50)) };
    }
    const id = decodeURIComponent(url.pathname.replace('/messages/', ''));
    return states.has(id)
      ? { status: 200, body: shown(id) }
      : { status: 404, body: { message: 'Message not found' } };
  });
  return {
    ...server,
    accepted,
    move: (id, state, error = '') => void states.set(id, { state, error: error === '' ? null : error }),
    write: (sender, contentPreview, at) => {
      inbox.push({
        id: `in-${inbox.length + 1}`,
        sender,
        contentPreview,
        createdAt: new Date(at).toISOString(),
      });
    },
  };
}
