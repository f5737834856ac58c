import { startFake, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';

/** Cashfree's payment links: rupees with two decimals, own link ids, an idempotency key that is honoured. */
export type FakeCashfree = FakeServer & {
  readonly links: readonly Link[];
  readonly pay: (reference: string, rupees: number) => void;
};

type Link = {
  readonly link_id: string;
  readonly link_amount: number;
  readonly link_notify: unknown;
  readonly link_auto_reminders: unknown;
  link_amount_paid: number;
  link_status: string;
  readonly orders: { order_id: string; order_amount: number; order_status: string }[];
};

export const CASHFREE_KEY = { clientId: 'cf-client', clientSecret: 'cf-secret-value' };

const refusal = (status: number, code: string, message: string): FakeReply => ({
  status,
  body: { message, code, type: 'invalid_request_error' },
});

export async function startFakeCashfree(): Promise<FakeCashfree> {
  const links: Link[] = [];
  const answers = new Map<string, FakeReply>();
  const shown = (link: Link): object => ({
    ...link,
    orders: undefined,
    cf_link_id: links.findIndex((one) => one.link_id === link.link_id) + 1000,
    link_currency: 'INR',
    link_url: `https://payments.cashfree.com/links/${link.link_id}`,
  });

  function create({ json, headers }: FakeRequest): FakeReply {
    const key = headers['x-idempotency-key'] ?? '';
    const before = answers.get(key);
    if (before) return before;
    const wish = json as Link & { customer_details: { customer_phone?: string } };
    if (!/^[\w-]{1,50}$/.test(wish.link_id)) return refusal(400, 'link_id_invalid', 'link_id : is invalid');
    if (Math.abs(wish.link_amount * 100 - Math.round(wish.link_amount * 100)) > 1e-6)
      return refusal(400, 'link_amount_invalid', 'link_amount : more than two decimals');
    if (links.some((one) => one.link_id === wish.link_id))
      return refusal(409, 'link_already_exists', 'link with this link_id exists');
    const link = { ...wish, link_amount_paid: 0, link_status: 'ACTIVE', orders: [] };
    links.push(link);
    const reply = { status: 200, body: shown(link) };
    answers.set(key, reply);
    return reply;
  }

  const server = await startFake((request) => {
    const { method, url, headers, fault } = request;
    if (
      headers['x-client-id'] !== CASHFREE_KEY.clientId ||
      headers['x-client-secret'] !== CASHFREE_KEY.clientSecret
    )
      return refusal(401, 'request_failed', 'authentication Failed');
    if (!/^\d{4}-\d\d-\d\d$/.test(headers['x-api-version'] ?? ''))
      return refusal(400, 'version_missing', 'version missing');
    if (fault === 'error-in-200') return { status: 200, body: { message: 'try later', code: 'internal' } };
    const [, id, act] = /^\/pg\/links(?:\/([\w-]+))?(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (method === 'POST' && id === undefined) return create(request);
    const link = links.find((one) => one.link_id === id);
    if (!link) return refusal(404, 'link_not_found', 'link does not exist');
    if (act === 'orders') return { status: 200, body: link.orders };
    if (act === 'cancel') {
      if (link.link_status !== 'ACTIVE')
        return refusal(400, 'link_cannot_be_cancelled', 'link is not active');
      link.link_status = 'CANCELLED';
    }
    return { status: 200, body: shown(link) };
  });

  const pay = (reference: string, rupees: number): void => {
    const link = links.find((one) => one.link_id === reference);
    if (!link) throw new Error(`No link ${reference}.`);
    link.link_amount_paid += rupees;
    link.link_status = link.link_amount_paid >= link.link_amount ? 'PAID' : 'PARTIALLY_PAID';
    const order_id = `order_${reference}_${link.orders.length + 1}`;
    link.orders.push({ order_id, order_amount: rupees, order_status: 'PAID' });
  };
  return { ...server, links, pay };
}
