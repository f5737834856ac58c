import { check, failedCheck } from '../../transport/checks.ts';
import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import { badAnswer, brokenOff, byStatus, notPulled, saidNo, type Failed } from '../../transport/outcomes.ts';
import { listAt, numberAt, readJson, textAt, type Json } from '../../transport/read-json.ts';
import { redacted } from '../../transport/redact.ts';
import type {
  GatewayConfig,
  PaymentChannel,
  PaymentGateway,
  PaymentLinkState,
  PaymentLinkWish,
  Pulled,
} from '../message-ports.ts';

// Cashfree payment links (docs/gateways.md 6.2). `link_id` is ours and goes with every creation as the idempotency key
// too, so the same wish can be made again. Amounts are rupees with at most two decimals on the wire.

const KIND = 'pay-cashfree';
const VERSION = '2025-01-01';
const PHONE_DIGITS = 10;
const STATUSES: Readonly<Record<string, PaymentLinkState['status']>> = {
  ACTIVE: 'open',
  PARTIALLY_PAID: 'part-paid',
  PAID: 'paid',
  CANCELLED: 'cancelled',
  EXPIRED: 'expired',
};

type Ask = {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: unknown;
  readonly key?: string;
};
type Answer = { readonly ok: true; readonly json: Json } | { readonly ok: 'absent' } | Failed;

/** Limits are made small by tests. */
export function openCashfree({ fields, secrets }: GatewayConfig, limits: HttpLimits = {}): PaymentChannel {
  const base = fields['baseUrl'] ?? '';
  const hidden = [fields['clientId'] ?? '', secrets['clientSecret'] ?? ''];

  async function ask({ method, path, body, key }: Ask, signal: AbortSignal): Promise<Answer> {
    const answer = await callHttp({
      method,
      url: urlOf(base, `/pg${path}`),
      headers: {
        'x-client-id': fields['clientId'] ?? '',
        'x-client-secret': secrets['clientSecret'] ?? '',
        'x-api-version': VERSION,
        'content-type': 'application/json',
        ...(key === undefined ? {} : { 'x-idempotency-key': key }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
      ...limits,
    });
    if (!answer.ok) return brokenOff(answer);
    const json = readJson(answer.text);
    if (answer.status >= 200 && answer.status < 300)
      return json === undefined ? badAnswer() : { ok: true, json };
    if (answer.status === 404 && textAt(json, 'code') !== null) return { ok: 'absent' };
    if (answer.status === 400 && textAt(json, 'code') !== null) {
      return saidNo('policy', textAt(json, 'code') ?? '', redacted(textAt(json, 'message') ?? '', hidden));
    }
    return byStatus(answer);
  }

  async function look(reference: string, signal: AbortSignal): Promise<Pulled<PaymentLinkState | null>> {
    const answer = await ask({ method: 'GET', path: `/links/${encodeURIComponent(reference)}` }, signal);
    if (answer.ok === 'absent') return { ok: true, value: null };
    if (!answer.ok) return notPulled(answer);
    if ((numberAt(answer.json, 'link_amount_paid') ?? 0) === 0) return stateOf(answer.json, []);
    const orders = await ask(
      { method: 'GET', path: `/links/${encodeURIComponent(reference)}/orders` },
      signal,
    );
    if (orders.ok === 'absent') return notPulled(badAnswer());
    if (!orders.ok) return notPulled(orders);
    return stateOf(answer.json, listAt(orders.json));
  }

  async function create(wish: PaymentLinkWish, signal: AbortSignal): Promise<Pulled<PaymentLinkState>> {
    const before = await look(wish.reference, signal);
    if (!before.ok) return before;
    if (before.value) return { ok: true, value: before.value };
    const answer = await ask(
      { method: 'POST', path: '/links', body: bodyOf(wish), key: wish.reference },
      signal,
    );
    if (answer.ok === 'absent') return notPulled(badAnswer());
    return answer.ok ? stateOf(answer.json, []) : notPulled(answer);
  }

  async function cancel(reference: string, signal: AbortSignal): Promise<Pulled<PaymentLinkState>> {
    const answer = await ask(
      { method: 'POST', path: `/links/${encodeURIComponent(reference)}/cancel` },
      signal,
    );
    if (answer.ok === true) return stateOf(answer.json, []);
    // Refused where it is paid or over already: what it is now is the answer.
    const now = await look(reference, signal);
    if (!now.ok) return now;
    if (!now.value) return notPulled(saidNo('policy', 'NO-LINK', 'There is no such payment link.'));
    if (now.value.status !== 'open' || answer.ok === 'absent') return { ok: true, value: now.value };
    return notPulled(answer);
  }

  return {
    check: async (signal) => {
      // A link that cannot be: the account is told by whether it may ask.
      const answer = await ask({ method: 'GET', path: '/links/baaki-check' }, signal);
      if (answer.ok === false) return [failedCheck('account', answer)];
      return [
        check('sign-in', 'ok', {
          en: 'Cashfree accepts the client id and secret.',
          hi: 'Cashfree ने client id और secret स्वीकार किए।',
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
    link_id: wish.reference,
    link_amount: rupees(wish.amountPaise),
    link_currency: 'INR',
    link_purpose: wish.purpose,
    customer_details: {
      customer_name: name,
      ...(phone !== null && { customer_phone: phone.slice(0 - PHONE_DIGITS) }),
      ...(email !== null && { customer_email: email }),
    },
    link_partial_payments: wish.takesParts,
    link_expiry_time: isoOf(wish.expiresAt),
    link_notify: { send_sms: false, send_email: false },
    link_auto_reminders: false,
  };
}

/** Paise as the number with two decimals that the wire wants; exact up to ninety trillion rupees. */
function rupees(amountPaise: number): number {
  return Number(`${Math.trunc(amountPaise / 100)}.${String(amountPaise % 100).padStart(2, '0')}`);
}

function paiseOf(amount: number | null): number | null {
  const paise = amount === null ? Number.NaN : Math.round(amount * 100);
  return Number.isSafeInteger(paise) && paise >= 0 ? paise : null;
}

function isoOf(instant: number): string {
  const parts = new Intl.DateTimeFormat('sv-SE', {
    timeZone: 'Asia/Kolkata',
    dateStyle: 'short',
    timeStyle: 'medium',
  });
  return `${parts.format(instant).replace(' ', 'T')}+05:30`;
}

function stateOf(json: Json, orders: readonly Json[]): Pulled<PaymentLinkState> {
  const [externalId, url, reference] = ['cf_link_id', 'link_url', 'link_id'].map((key) => textAt(json, key));
  const status = STATUSES[textAt(json, 'link_status') ?? ''];
  const amountPaise = paiseOf(numberAt(json, 'link_amount'));
  const paidPaise = paiseOf(numberAt(json, 'link_amount_paid') ?? 0);
  if (!externalId || !url || !reference || !status || amountPaise === null || paidPaise === null) {
    return notPulled(badAnswer('Cashfree described a payment link in a way that cannot be read.'));
  }
  const payments = orders.flatMap((order) => {
    const paymentId = textAt(order, 'order_id');
    const paise = paiseOf(numberAt(order, 'order_amount'));
    if (paymentId === null || paise === null || textAt(order, 'order_status') !== 'PAID') return [];
    return [{ paymentId, amountPaise: paise, at: null, bankReference: null }];
  });
  return { ok: true, value: { externalId, url, reference, status, amountPaise, paidPaise, payments } };
}

export const paymentGateways: readonly PaymentGateway[] = [
  {
    describe: {
      kind: KIND,
      name: { en: 'Cashfree payment links', hi: 'Cashfree भुगतान लिंक' },
      about: {
        en: 'Client id and secret stand in Cashfree’s merchant dashboard under Developers → API keys.',
        hi: 'Client id और secret Cashfree के merchant डैशबोर्ड में Developers → API keys में मिलेंगे।',
      },
      fields: [
        { key: 'clientId', label: { en: 'Client id', hi: 'Client id' }, kind: 'text', isRequired: true },
        {
          key: 'clientSecret',
          label: { en: 'Client secret', hi: 'Client secret' },
          kind: 'secret',
          isRequired: true,
        },
        {
          key: 'baseUrl',
          label: { en: 'Address', hi: 'पता' },
          kind: 'text',
          isRequired: true,
          preset: 'https://api.cashfree.com',
        },
      ],
    },
    // https://payments.cashfree.com/links/ and a dozen letters.
    linkChars: 48,
    open: (config) => openCashfree(config),
  },
];
