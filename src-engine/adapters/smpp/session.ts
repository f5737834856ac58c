import smpp, { type Pdu, type Session } from 'smpp';
import { dltFailure } from '../../transport/dlt-codes.ts';
import { e164Of } from '../../transport/phones.ts';
import { reportAsInbound, untilKept, type Answer, type UntilKept } from '../../transport/until-kept.ts';
import type { InboundMessage, StatusNews } from '../message-ports.ts';

// A bound session. Reports and replies come over it by themselves, so one is kept for each account while it is in use:
// channels come and go between two messages.

smpp.addTLV('dlt_pe_id', { id: 0x1400, type: smpp.types.tlv.cstring });
smpp.addTLV('dlt_template_id', { id: 0x1401, type: smpp.types.tlv.cstring });
smpp.addTLV('dlt_chain_hash', { id: 0x1402, type: smpp.types.tlv.cstring });

export type Account = {
  readonly host: string;
  readonly port: number;
  readonly isTls: boolean;
  readonly user: string;
  readonly password: string;
  readonly systemType: string;
  readonly now: () => number;
  readonly timeoutMs: number;
  /** For tests. */
  readonly answeredWithinMs?: number;
};

export type Bound = {
  readonly session: Session;
  readonly news: StatusNews[];
  readonly room: UntilKept;
  readonly isOpen: () => boolean;
  readonly close: () => Promise<void>;
};

/** Why no session could be bound: nothing was submitted in any of these cases. */
export type NotBound = { readonly code: string; readonly isRefused: boolean };

const REFUSED: Readonly<Record<number, string>> = {
  13: 'ESME_RBINDFAIL',
  14: 'ESME_RINVPASWD',
  15: 'ESME_RINVSYSID',
  83: 'ESME_RINVSYSTYP',
};
/** ESME_RX_T_APPN: a temporary failure of ours; the operator tries again. */
const NOT_NOW = 0x64;
const sessions = new Map<string, Promise<Bound | NotBound>>();
/** An account that nobody uses is left; a report that comes later waits at the other side. */
const IDLE_MS = 10 * 60_000;

const placeOf = ({ host, port, user, password }: Account): string =>
  JSON.stringify([host, port, user, password]);

export async function boundTo(account: Account): Promise<Bound | NotBound> {
  const place = placeOf(account);
  const known = await sessions.get(place);
  if (known && 'session' in known && known.isOpen()) return known;
  const opening = bind(account, () => sessions.delete(place));
  sessions.set(place, opening);
  const made = await opening;
  if (!('session' in made)) sessions.delete(place);
  return made;
}

function bind(account: Account, forget: () => void): Promise<Bound | NotBound> {
  const { host, port, isTls, user, password, systemType, timeoutMs } = account;
  return new Promise((resolve) => {
    const session = smpp.connect({ host, port, tls: isTls, auto_enquire_link_period: 30_000 });
    let isOpen = true;
    let idle: NodeJS.Timeout | undefined;
    const timer = setTimeout(() => end('TIMEOUT'), timeoutMs);
    const end = (code: string): void => {
      isOpen = false;
      clearTimeout(timer);
      clearTimeout(idle);
      forget();
      session.destroy();
      bound.room.end();
      resolve({ code, isRefused: false });
    };
    const bound: Bound = {
      session,
      news: [],
      room: untilKept(account.answeredWithinMs),
      isOpen: () => isOpen,
      close: () => {
        end('CLOSED');
        return Promise.resolve();
      },
    };
    const touch = (): void => {
      clearTimeout(idle);
      idle = setTimeout(() => (bound.room.isWatched() ? touch() : end('IDLE')), IDLE_MS).unref();
    };
    session.on('error', (error: { readonly code?: unknown }) =>
      end(typeof error.code === 'string' ? error.code : 'BROKEN'),
    );
    session.on('close', () => end('CLOSED'));
    session.on('pdu', (pdu: Pdu) => {
      touch();
      if (pdu.command === 'enquire_link') session.send(pdu.response());
      if (pdu.command !== 'deliver_sm') return;
      // The operator keeps it until it is told that it was taken, and hands it over again after a "not now".
      const answer = (isKept: boolean): void => {
        if (isOpen) session.send(pdu.response(isKept ? {} : { command_status: NOT_NOW }));
      };
      if (!hear(bound, { pdu, at: account.now() }, answer)) answer(false);
    });
    session.once(isTls ? 'secureConnect' : 'connect', () => {
      const wish = { system_id: user, password, system_type: systemType, interface_version: 0x34 };
      session.bind_transceiver(wish, ({ command_status: status }) => {
        clearTimeout(timer);
        if (status === 0) {
          session.socket.unref();
          touch();
          return resolve(bound);
        }
        resolve({ code: REFUSED[status] ?? `SMPP ${status}`, isRefused: status in REFUSED });
        end('REFUSED');
      });
    });
  });
}

type Heard = { readonly pdu: Pdu; readonly at: number };

/** False: there is no room for it now. */
function hear({ news, room }: Bound, { pdu, at }: Heard, answer: Answer): boolean {
  const text = textOf(pdu.short_message?.message) || textOf(pdu.message_payload);
  // esm_class 4: a receipt, in the TLVs or in the words of the text, or both.
  if (((pdu.esm_class ?? 0) & 0x3c) === 4) {
    const one = receiptOf(pdu, text, at);
    if (one === null) {
      answer(true);
      return true;
    }
    // Told once more to whoever asks: a receipt can come before its message is known to have left.
    news.push(one);
    return room.add(reportAsInbound(one, at), answer);
  }
  const message: InboundMessage = {
    externalId: `${at}|${pdu.source_addr ?? ''}|${text}`,
    kind: 'reply',
    from: e164Of(pdu.source_addr ?? ''),
    at,
    subject: null,
    text,
    about: { uid: null, providerId: null, messageIds: [] },
    attachments: [],
    news: null,
  };
  return room.add(message, answer);
}

function textOf(message: unknown): string {
  if (typeof message === 'string') return message;
  if (Buffer.isBuffer(message)) return message.toString('latin1');
  if (typeof message === 'object' && message !== null && 'message' in message) return textOf(message.message);
  return '';
}

function receiptOf(pdu: Pdu, text: string, at: number): StatusNews | null {
  const providerId = pdu.receipted_message_id ?? /\bid:(\S+)/.exec(text)?.[1] ?? null;
  const word = /\bstat:(\w+)/.exec(text)?.[1] ?? null;
  const error = /\berr:(\w+)/.exec(text)?.[1] ?? null;
  const state = stateOf(pdu.message_state, word);
  if (providerId === null || state === null) return null;
  const hasFailed = state === 'undelivered' || state === 'rejected';
  return {
    uid: null,
    providerId,
    state,
    at,
    errorClass: hasFailed ? classOf(error) : null,
    code: hasFailed ? (error ?? word) : null,
    detail: '',
    parts: null,
    costMicros: null,
  };
}

/** message_state of SMPP 3.4 (5.2.28) and the words of its appendix B. */
function stateOf(code: number | undefined, word: string | null): StatusNews['state'] | null {
  if (code === 2 || word === 'DELIVRD') return 'delivered';
  if (code === 8 || word === 'REJECTD') return 'rejected';
  if (code === 1 || code === 6 || word === 'ENROUTE' || word === 'ACCEPTD') return 'sent';
  if (word === 'UNDELIV' || word === 'EXPIRED' || word === 'DELETED' || word === 'UNKNOWN')
    return 'undelivered';
  return code === 3 || code === 4 || code === 5 || code === 7 ? 'undelivered' : null;
}

function classOf(error: string | null): StatusNews['errorClass'] {
  return dltFailure(error ?? '')?.errorClass ?? 'recipient-temporary';
}
