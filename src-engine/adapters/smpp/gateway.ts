import type { ErrorClass } from '#domain/reminders/words.ts';
import { check, failedCheck } from '../../transport/checks.ts';
import { saidNo } from '../../transport/outcomes.ts';
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
import { boundTo, type Account, type Bound, type NotBound } from './session.ts';

// SMPP 3.4 (docs/gateways.md 2.13). What is lost between a submit and its answer is unknown.

const TIMEOUT_MS = 20_000;
const SHORT_OCTETS_MOST = 254;
const TON_ALPHANUMERIC = 5;
const TON_INTERNATIONAL = 1;

/** Answers to a submit: each says that the message was not taken. */
const ANSWERS: Readonly<Record<number, readonly [string, ErrorClass]>> = {
  8: ['ESME_RSYSERR', 'recipient-temporary'],
  10: ['ESME_RINVSRCADR', 'account-config'],
  11: ['ESME_RINVDSTADR', 'recipient-permanent'],
  20: ['ESME_RMSGQFUL', 'throttled'],
  69: ['ESME_RSUBMITFAIL', 'recipient-temporary'],
  88: ['ESME_RTHROTTLED', 'throttled'],
};

export const gateways: readonly Gateway[] = [{ describe, open: openSmpp }];

/** `timeoutMs` is for tests. */
export function openSmpp(
  { fields, secrets }: GatewayConfig,
  world: GatewayWorld,
  timeoutMs: number = TIMEOUT_MS,
): MessageChannel {
  const account: Account = {
    host: fields['host'] ?? '',
    port: Number(fields['port'] ?? ''),
    isTls: fields['isTls'] === 'true',
    user: fields['user'] ?? '',
    password: secrets['password'] ?? '',
    systemType: fields['systemType'] ?? '',
    now: world.now,
    timeoutMs,
  };
  const from = fields['from'] ?? '';
  const chainHash = fields['chainHash'] ?? '';
  return {
    check: () => checkAccount(account),
    preflight: () => [],
    send: async (message, signal) => {
      const bound = await boundTo(account);
      if (!('session' in bound)) return notBound(bound);
      return submit(bound, { message, from, chainHash, timeoutMs }, signal);
    },
    pull: async () => {
      const bound = await boundTo(account);
      return 'session' in bound ? { ok: true, value: bound.news.splice(0) } : notBound(bound);
    },
    pullInbound: async (cursor) => {
      const bound = await boundTo(account);
      if (!('session' in bound)) return notBound(bound);
      return bound.room.pullInbound(cursor);
    },
    watchInbound: async (told, signal) => {
      const bound = await boundTo(account);
      return 'session' in bound ? bound.room.watch(told, signal) : 'lost';
    },
    close: () => Promise.resolve(),
  };
}

function notBound({ code, isRefused }: NotBound): Extract<SendOutcome, { readonly ok: false }> {
  return {
    ok: false,
    errorClass: isRefused ? 'auth' : 'transient-before-send',
    phase: isRefused ? 'connected' : 'not-connected',
    code,
    detail: isRefused ? 'The operator refused user or password.' : 'The operator could not be reached.',
    retryAfterSeconds: null,
  };
}

type Wish = {
  readonly message: OutgoingMessage;
  readonly from: string;
  readonly chainHash: string;
  readonly timeoutMs: number;
};

function submit({ session, isOpen }: Bound, wish: Wish, signal: AbortSignal): Promise<SendOutcome> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout | undefined;
    const settle = (outcome: SendOutcome): void => {
      clearTimeout(timer);
      session.off('close', onLost);
      session.off('error', onLost);
      signal.removeEventListener('abort', onLost);
      resolve(outcome);
    };
    const onLost = (): void => settle(lost('BROKEN'));
    if (signal.aborted || !isOpen()) {
      resolve(notBound({ code: 'ABORTED', isRefused: false }));
      return;
    }
    timer = setTimeout(() => settle(lost('TIMEOUT')), wish.timeoutMs);
    session.on('close', onLost);
    session.on('error', onLost);
    signal.addEventListener('abort', onLost);
    const isWritten = session.submit_sm(pduOf(wish), ({ command_status: status, message_id: id }) => {
      if (status === 0) {
        settle({ ok: true, providerId: id ?? null, state: 'accepted', parts: null, costMicros: null });
        return;
      }
      const [code, errorClass] = ANSWERS[status] ?? [`SMPP ${status}`, 'policy'];
      settle(saidNo(errorClass, code, 'The operator did not take the message.'));
    });
    if (!isWritten) settle(notBound({ code: 'CLOSED', isRefused: false }));
  });
}

function lost(code: string): SendOutcome {
  return {
    ok: false,
    errorClass: 'transient-after-send',
    phase: 'request-written',
    code,
    detail: 'The connection broke before the operator answered.',
    retryAfterSeconds: null,
  };
}

function pduOf({ message, from, chainHash }: Wish): object {
  const { dltEntityId, dltTemplateId, dltHeader } = message.ids;
  const octets = Buffer.byteLength(message.text, 'utf16le');
  const isLong = octets > SHORT_OCTETS_MOST;
  return {
    source_addr_ton: TON_ALPHANUMERIC,
    source_addr_npi: 0,
    source_addr: dltHeader ?? from,
    dest_addr_ton: TON_INTERNATIONAL,
    dest_addr_npi: 1,
    destination_addr: message.to.replace(/^\+/, ''),
    registered_delivery: 1,
    ...(isLong ? { message_payload: message.text } : { short_message: message.text }),
    ...(dltEntityId !== null && { dlt_pe_id: dltEntityId }),
    ...(dltTemplateId !== null && { dlt_template_id: dltTemplateId }),
    ...(chainHash !== '' && { dlt_chain_hash: chainHash }),
  };
}

async function checkAccount(account: Account): Promise<readonly GatewayCheck[]> {
  const bound = await boundTo(account);
  if (!('session' in bound)) return [failedCheck('sign-in', notBound(bound))];
  return [
    check('connect', 'ok', { en: 'The operator answers.', hi: 'ऑपरेटर से उत्तर आ रहा है।' }),
    check('sign-in', 'ok', { en: 'The operator accepts the user.', hi: 'ऑपरेटर ने user स्वीकार किया।' }),
  ];
}
