import { check, failedCheck } from '../../transport/checks.ts';
import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, notPulled, saidNo, type Failed } from '../../transport/outcomes.ts';
import { at, listAt, numberAt, readJson, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';
import type {
  GatewayConfig,
  PaymentChannel,
  PaymentGateway,
  PaymentLinkState,
  PaymentLinkWish,
  Pulled,
} from '../message-ports.ts';

// Razorpay payment links (docs/gateways.md 6.2). No idempotency key: our reference is looked up first, and again after
// an answer that never came. Razorpay's own messages and reminders are switched off, for customers would get two sets.

const KIND = 'pay-razorpay';
const STATUSES: Readonly<Record<string, PaymentLinkState['status']>> = {
  created: 'open',
  partially_paid: 'part-paid',
  paid: 'paid',
  cancelled: 'cancelled',
  expired: 'expired',
};

type Ask = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
};
type Answer = { readonly ok: true; readonly json: Json } | Failed;

/** Limits are made small by tests. */
export function openRazorpay({ fields, secrets }: GatewayConfig, limits: HttpLimits = {}): PaymentChannel {
  const base = fields['baseUrl'] ?? '';
  const hidden = [fields['keyId'] ?? '', secrets['keySecret'] ?? ''];
  const authorization = `Basic ${Buffer.from(hidden.join(':')).toString('base64')}`;

  async function ask({ method, path, query = {}, body }: Ask, signal: AbortSignal): Promise<Answer> {
    const answer = await callHttp({
      method,
      url: urlOf(base, `/v1${path}`, query),
      headers: { authorization, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
      ...limits,
    });
    if (!answer.ok) return brokenOff(answer);
    const json = readJson(answer.text);
    if (answer.status >= 200 && answer.status < 300)
      return json === undefined ? badAnswer() : { ok: true, json };
    const said = textAt(json, 'error', 'description');
    const code = textAt(json, 'error', 'code');
    if (answer.status === 400 && code !== null) {
      return saidNo('policy', code, redacted(said ?? '', hidden));
    }
    return byStatus(answer);
  }

  async function look(reference: string, signal: AbortSignal): Promise<Pulled<PaymentLinkState | null>> {
    const answer = await ask(
      { method: 'GET', path: '/payment_links', query: { reference_id: reference } },
      signal,
    );
    if (!answer.ok) return notPulled(answer);
    // An error under status 200 has no list: it must not be read as "there is no such link".
    if (!Array.isArray(at(answer.json, 'payment_links'))) return notPulled(badAnswer());
    const found = listAt(answer.json, 'payment_links').find(
      (one) => textAt(one, 'reference_id') === reference,
    );
    return found === undefined ? { ok: true, value: null } : stateOf(found);
  }

  async function create(wish: PaymentLinkWish, signal: AbortSignal): Promise<Pulled<PaymentLinkState>> {
    const before = await look(wish.reference, signal);
    if (!before.ok) return before;
    if (before.value) return { ok: true, value: before.value };
    const answer = await ask({ method: 'POST', path: '/payment_links', body: bodyOf(wish) }, signal);
    return answer.ok ? stateOf(answer.json) : notPulled(answer);
  }

  async function cancel(reference: string, signal: AbortSignal): Promise<Pulled<PaymentLinkState>> {
    const before = await look(reference, signal);
    if (!before.ok) return before;
    if (!before.value) return notPulled(saidNo('policy', 'NO-LINK', 'There is no such payment link.'));
    if (before.value.status !== 'open' && before.value.status !== 'part-paid') {
      return { ok: true, value: before.value };
    }
    const answer = await ask(
      { method: 'POST', path: `/payment_links/${before.value.externalId}/cancel` },
      signal,
    );
    return answer.ok ? stateOf(answer.json) : notPulled(answer);
  }

  return {
    check: async (signal) => {
      const answer = await ask({ method: 'GET', path: '/payment_links', query: { count: '1' } }, signal);
      if (!answer.ok) return [failedCheck('account', answer)];
      return [
        check('sign-in', 'ok', {
          en: 'Razorpay accepts the key.',
          hi: 'Razorpay ने कुंजी स्वीकार की।',
        }),
      ];
    },
    create,
    look,
    cancel,
    close: () => Promise.resolve(),
  };
}

function bodyOf(wish: PaymentLinkWish): unknown {
  const { name, phone, email } = wish.customer;
  return {
    amount: wish.amountPaise,
    currency: 'INR',
    accept_partial: wish.takesParts,
    reference_id: wish.reference,
    description: wish.purpose,
    expire_by: Math.floor(wish.expiresAt / 1000),
    customer: { name, ...(phone !== null && { contact: phone }), ...(email !== null && { email }) },
    notify: { sms: false, email: false },
    reminder_enable: false,
  };
}

function stateOf(json: Json): Pulled<PaymentLinkState> {
  const [externalId, url, reference] = ['id', 'short_url', 'reference_id'].map((key) => textAt(json, key));
  const status = STATUSES[textAt(json, 'status') ?? ''];
  const amountPaise = numberAt(json, 'amount');
  const paidPaise = numberAt(json, 'amount_paid') ?? 0;
  if (!externalId || !url || !reference || !status || !isPaise(amountPaise) || !isPaise(paidPaise)) {
    return notPulled(badAnswer('Razorpay described a payment link in a way that cannot be read.'));
  }
  const payments = listAt(json, 'payments').flatMap((one) => {
    const paymentId = textAt(one, 'payment_id');
    const paise = numberAt(one, 'amount');
    if (paymentId === null || !isPaise(paise) || at(one, 'status') !== 'captured') return [];
    const seconds = numberAt(one, 'created_at');
    const bankReference = textAt(one, 'acquirer_data', 'rrn') ?? textAt(one, 'acquirer_data', 'utr');
    return [{ paymentId, amountPaise: paise, at: seconds === null ? null : seconds * 1000, bankReference }];
  });
  return { ok: true, value: { externalId, url, reference, status, amountPaise, paidPaise, payments } };
}

function isPaise(amount: number | null): amount is number {
  return Number.isSafeInteger(amount) && (amount ?? -1) >= 0;
}

export const paymentGateways: readonly PaymentGateway[] = [
  {
    describe: {
      kind: KIND,
      name: { en: 'Razorpay payment links', hi: 'Razorpay भुगतान लिंक' },
      about: {
        en: 'Key id and key secret stand in Razorpay’s dashboard under Account & Settings → API keys.',
        hi: 'Key id और key secret Razorpay के डैशबोर्ड में Account & Settings → API keys में मिलेंगे।',
      },
      fields: [
        { key: 'keyId', label: { en: 'Key id', hi: 'Key id' }, kind: 'text', isRequired: true },
        { key: 'keySecret', label: { en: 'Key secret', hi: 'Key secret' }, kind: 'secret', isRequired: true },
        {
          key: 'baseUrl',
          label: { en: 'Address', hi: 'पता' },
          kind: 'text',
          isRequired: true,
          preset: 'https://api.razorpay.com',
        },
      ],
    },
    // https://rzp.io/rzp/ and seven or eight letters.
    linkChars: 27,
    open: (config) => openRazorpay(config),
  },
];
