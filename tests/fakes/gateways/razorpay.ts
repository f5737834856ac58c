import { startFake, type FakeReply, type FakeRequest, type FakeServer } from './server.ts';

/** Razorpay's payment links as its documentation shows them; a test pays them with `pay`. */
export type FakeRazorpay = FakeServer & {
  readonly links: readonly Link[];
  readonly pay: (reference: string, amountPaise: number) => void;
};

type Link = {
  readonly id: string;
  readonly reference_id: string;
  readonly amount: number;
  readonly accept_partial: boolean;
  readonly notify: unknown;
  readonly reminder_enable: unknown;
  amount_paid: number;
  status: string;
  payments: {
    payment_id: string;
    amount: number;
    status: string;
    created_at: number;
    acquirer_data: object;
  }[];
};

export const RAZORPAY_KEY = { keyId: 'rzp_test_key', keySecret: 'rzp-secret-value' };

const refusal = (status: number, code: string, description: string): FakeReply => ({
  status,
  body: { error: { code, description, source: 'business', step: null, reason: 'input_validation_failed' } },
});

export async function startFakeRazorpay(): Promise<FakeRazorpay> {
  const links: Link[] = [];
  const shown = (link: Link): object => ({
    ...link,
    short_url: `https://rzp.io/i/${link.id}`,
    currency: 'INR',
  });

  function create({ json }: FakeRequest): FakeReply {
    const wish = json as Link & { amount: unknown };
    if (!Number.isInteger(wish.amount))
      return refusal(400, 'BAD_REQUEST_ERROR', 'The amount must be an integer.');
    if (links.some((one) => one.reference_id === wish.reference_id)) {
      return refusal(400, 'BAD_REQUEST_ERROR', 'payment link with given reference_id already exists');
    }
    const link = {
      ...wish,
      id: `plink_${links.length + 1}`,
      amount_paid: 0,
      status: 'created',
      payments: [],
    };
    links.push(link);
    return { status: 200, body: shown(link) };
  }

  const server = await startFake((request) => {
    const { basic, method, url, fault } = request;
    if (basic?.user !== RAZORPAY_KEY.keyId || basic.password !== RAZORPAY_KEY.keySecret) {
      return refusal(401, 'BAD_REQUEST_ERROR', 'Authentication failed');
    }
    if (fault === 'error-in-200') return { status: 200, body: { error: { code: 'SERVER_ERROR' } } };
    const [, id, act] = /^\/v1\/payment_links(?:\/(\w+))?(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (method === 'POST' && id === undefined) return create(request);
    if (method === 'GET' && id === undefined) {
      const reference = url.searchParams.get('reference_id');
      const found = links.filter((one) => reference === null || one.reference_id === reference);
      return { status: 200, body: { payment_links: found.map(shown) } };
    }
    const link = links.find((one) => one.id === id);
    if (!link) return refusal(400, 'BAD_REQUEST_ERROR', 'The id provided does not exist');
    if (method === 'POST' && act === 'cancel') {
      if (link.status === 'paid') return refusal(400, 'BAD_REQUEST_ERROR', 'Payment link is already paid');
      link.status = 'cancelled';
    }
    return { status: 200, body: shown(link) };
  });

  const pay = (reference: string, amountPaise: number): void => {
    const link = links.find((one) => one.reference_id === reference);
    if (!link) throw new Error(`No link ${reference}.`);
    link.amount_paid += amountPaise;
    link.status = link.amount_paid >= link.amount ? 'paid' : 'partially_paid';
    const payment_id = `pay_${link.id}_${link.payments.length + 1}`;
    const more = { status: 'captured', created_at: 1_795_000_000, acquirer_data: { rrn: '532112345678' } };
    link.payments.push({ payment_id, amount: amountPaise, ...more });
  };
  return { ...server, links, pay };
}
