import { check, failedCheck } from '../../transport/checks.ts';
import { callHttp, urlOf, type HttpLimits } from '../../transport/http.ts';
import { isPlainSms } from '../../transport/news.ts';
import { brokenOff, byStatus, saidNo, badAnswer } from '../../transport/outcomes.ts';
import { redacted } from '../../transport/redact.ts';
import type {
  Gateway,
  GatewayCheck,
  GatewayConfig,
  GatewayWorld,
  MessageChannel,
  OutgoingMessage,
  SendOutcome,
} from '../message-ports.ts';
import { describe } from './describe.ts';
import { keyOf, listenerAt, type Listener } from './listener.ts';

// Kannel (docs/gateways.md 2.12): a gateway in the same house. It gives no id, so our own goes into the address that it
// calls with its reports.

const REPORTS = '31';

type Kannel = {
  readonly baseUrl: string;
  readonly user: string;
  readonly password: string;
  readonly from: string;
  readonly smsc: string;
  readonly listenHost: string;
  readonly listenPort: number;
  readonly now: () => number;
  readonly limits: HttpLimits;
};

export const gateways: readonly Gateway[] = [{ describe, open: openKannel }];

/** `limits` is for tests. */
export function openKannel(
  { fields, secrets }: GatewayConfig,
  world: GatewayWorld,
  limits: HttpLimits = {},
): MessageChannel {
  const kannel: Kannel = {
    baseUrl: fields['baseUrl'] ?? '',
    user: fields['user'] ?? '',
    password: secrets['password'] ?? '',
    from: fields['from'] ?? '',
    smsc: fields['smsc'] ?? '',
    listenHost: fields['listenHost'] ?? '127.0.0.1',
    listenPort: Number(fields['listenPort'] ?? ''),
    now: world.now,
    limits,
  };
  return {
    check: (signal) => checkKannel(kannel, signal),
    preflight: () => [],
    send: (message, signal) => send(kannel, message, signal),
    pull: async () => ({ ok: true, value: (await listening(kannel))?.news.splice(0) ?? [] }),
    pullInbound: async (cursor) =>
      (await listening(kannel))?.room.pullInbound(cursor) ?? {
        ok: true,
        value: { messages: [], cursor: cursor ?? '' },
      },
    watchInbound: async (told, signal) => (await listening(kannel))?.room.watch(told, signal) ?? 'lost',
    close: () => Promise.resolve(),
  };
}

/** Null: the port is taken by another program. Messages still leave; their reports do not come. */
function listening({ listenHost, listenPort, password, now }: Kannel): Promise<Listener | null> {
  if (!Number.isInteger(listenPort) || listenPort < 1) return Promise.resolve(null);
  return listenerAt({ host: listenHost, port: listenPort, key: keyOf(password), now }).catch(() => null);
}

function reportUrl(kannel: Kannel, uid: string): string {
  const base = `http://${kannel.listenHost}:${kannel.listenPort}/dlr`;
  // Kannel fills in what stands behind the percent signs, so they must not be encoded.
  return `${base}?key=${keyOf(kannel.password)}&uid=${encodeURIComponent(uid)}&type=%d&said=%A`;
}

async function send(kannel: Kannel, message: OutgoingMessage, signal: AbortSignal): Promise<SendOutcome> {
  const listener = await listening(kannel);
  const { dltEntityId, dltTemplateId, dltHeader } = message.ids;
  const query: Record<string, string> = {
    username: kannel.user,
    password: kannel.password,
    from: dltHeader ?? kannel.from,
    to: message.to,
    text: message.text,
    charset: 'UTF-8',
    coding: isPlainSms(message.text) ? '0' : '2',
  };
  if (listener) Object.assign(query, { 'dlr-mask': REPORTS, 'dlr-url': reportUrl(kannel, message.uid) });
  if (kannel.smsc !== '') query['smsc'] = kannel.smsc;
  if (dltEntityId !== null && dltTemplateId !== null) {
    query['meta-data'] = `?smpp?PE_ID=${dltEntityId}&Template_ID=${dltTemplateId}`;
  }
  const url = urlOf(kannel.baseUrl, '/cgi-bin/sendsms', query);
  const answer = await callHttp({ ...kannel.limits, method: 'GET', url, signal });
  if (!answer.ok) return brokenOff(answer);
  const [, code] = /^(\d+): /.exec(answer.text) ?? [];
  if (answer.status === 202 && (code === '0' || code === '3')) {
    return { ok: true, providerId: message.uid, state: 'accepted', parts: null, costMicros: null };
  }
  if (answer.status === 202 || answer.status === 200) return badAnswer();
  const said = redacted(answer.text, [kannel.password, kannel.user, message.text, message.to]);
  if (answer.status === 503) {
    // Kannel's own word for "not taken, try again".
    return { ...saidNo('transient-before-send', 'HTTP 503', said), retryAfterSeconds: 60 };
  }
  if (answer.status === 400)
    return saidNo(/receiver/i.test(said) ? 'recipient-permanent' : 'policy', 'HTTP 400', said);
  return { ...byStatus(answer), detail: said };
}

/** Without a receiver Kannel refuses the request before it looks for one, but not before it looks at the password. */
async function checkKannel(kannel: Kannel, signal: AbortSignal): Promise<readonly GatewayCheck[]> {
  const query = { username: kannel.user, password: kannel.password, text: 'x' };
  const url = urlOf(kannel.baseUrl, '/cgi-bin/sendsms', query);
  const answer = await callHttp({ ...kannel.limits, method: 'GET', url, signal });
  if (!answer.ok) return [failedCheck('connect', brokenOff(answer))];
  if (answer.status !== 400) return [failedCheck('sign-in', byStatus(answer))];
  const listener = await listening(kannel);
  return [
    check('connect', 'ok', { en: 'Kannel answers.', hi: 'Kannel से उत्तर आ रहा है।' }),
    check('sign-in', 'ok', { en: 'Kannel accepts the user.', hi: 'Kannel ने user स्वीकार किया।' }),
    check('inbox', listener ? 'ok' : 'warning', {
      en: listener
        ? `Baaki listens for reports and replies. In kannel.conf: get-url = "http://${kannel.listenHost}:${kannel.listenPort}/mo?key=${keyOf(kannel.password)}&id=%I&from=%p&coding=%c&text=%b"`
        : 'The port for reports is taken by another program, or none is set: messages leave, but no report comes.',
      hi: listener
        ? `Baaki रिपोर्ट और उत्तर सुन रहा है। kannel.conf में: get-url = "http://${kannel.listenHost}:${kannel.listenPort}/mo?key=${keyOf(kannel.password)}&id=%I&from=%p&coding=%c&text=%b"`
        : 'रिपोर्ट वाला port किसी और प्रोग्राम के पास है या भरा नहीं है: संदेश जाएँगे, पर रिपोर्ट नहीं आएगी।',
    }),
  ];
}
