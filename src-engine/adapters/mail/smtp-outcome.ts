import type { ErrorClass, Phase } from '#domain/reminders/words.ts';
import type { SendOutcome } from '../message-ports.ts';

type Failed = Extract<SendOutcome, { readonly ok: false }>;

/** What the mail library tells of a failure; every part may be missing. */
export type SmtpFailure = {
  readonly code: string;
  /** The code of the socket or of TLS beneath ('ECONNREFUSED', 'DEPTH_ZERO_SELF_SIGNED_CERT'). */
  readonly beneath: string;
  readonly status: number | null;
  readonly command: string;
  readonly response: string;
};

/** How far the sending got. The server's "send the body" is the only border that decides (docs/gateways.md 4.6). */
export type SmtpProgress = 'not-connected' | 'connected' | 'body';

const DETAIL_CHARS_MOST = 200;
const THROTTLED_SECONDS = 60;

const sentences = {
  oauth:
    'The server no longer takes a password from this account. Sign in with OAuth in the settings, or use an app password.',
  signIn:
    'The server refused the sign-in. Check the name and the password; Gmail, Zoho and Microsoft want an app password or OAuth.',
  certificate:
    'No known authority vouches for the certificate of this server. If it is your own, put its fingerprint into the settings.',
  noTls: 'The server offers no encrypted connection; nothing is sent without.',
  unreachable: 'The mail server could not be reached.',
  unknown: 'The connection broke after the mail had begun to leave; it may have been taken.',
  oddAnswer: 'The server gave an answer that is none; the mail may have been taken.',
} as const;

/** Turns a failure of one sending into an outcome. Source of the classes: docs/gateways.md 4.5, 4.6 and 8.5. */
export function outcomeOf(failure: SmtpFailure, progress: SmtpProgress): Failed {
  const isAnswered = failure.status !== null && failure.status >= 400 && failure.status < 600;
  if (progress === 'body' && !isAnswered) {
    const isOdd = failure.code === 'EMESSAGE' || failure.code === 'EPROTOCOL';
    return failed({
      errorClass: 'transient-after-send',
      phase: 'request-written',
      code: isOdd ? 'BAD-ANSWER' : failure.code,
      detail: isOdd ? sentences.oddAnswer : sentences.unknown,
    });
  }
  const phase: Phase = progress === 'body' ? 'response-read' : progress;
  if (isCertificateFault(failure))
    return failed({
      errorClass: 'account-config',
      phase,
      code: failure.beneath,
      detail: sentences.certificate,
    });
  if (isAnswered) return byAnswer(failure, phase);
  if (failure.code === 'EAUTH' || failure.code === 'ENOAUTH')
    return failed({ errorClass: 'auth', phase, code: failure.code, detail: sentences.signIn });
  if (failure.code === 'ETLS')
    return failed({ errorClass: 'account-config', phase, code: failure.code, detail: sentences.noTls });
  return failed({
    errorClass: 'transient-before-send',
    phase,
    code: failure.beneath || failure.code,
    detail: sentences.unreachable,
  });
}

function byAnswer(failure: SmtpFailure, phase: Phase): Failed {
  const enhanced = enhancedOf(failure.response);
  const base = {
    phase,
    code: `${failure.status ?? ''}${enhanced ? ` ${enhanced}` : ''}`,
    detail: saidBy(failure.response),
  };
  if (enhanced === '5.7.30' || enhanced === '5.7.139')
    return failed({ ...base, errorClass: 'auth', detail: sentences.oauth });
  if (failure.command.startsWith('AUTH') || failure.code === 'EAUTH')
    return isSoft(failure)
      ? failed({ ...base, errorClass: 'throttled', retryAfterSeconds: THROTTLED_SECONDS })
      : failed({ ...base, errorClass: 'auth', detail: sentences.signIn });
  if (failure.status === 530 || failure.status === 535)
    return failed({ ...base, errorClass: 'auth', detail: sentences.signIn });
  if (failure.command === 'STARTTLS')
    return failed({ ...base, errorClass: 'account-config', detail: sentences.noTls });
  const errorClass = classOf({
    status: failure.status ?? 0,
    enhanced,
    isSender: failure.command === 'MAIL FROM',
  });
  return failed({
    ...base,
    errorClass,
    retryAfterSeconds: errorClass === 'throttled' ? THROTTLED_SECONDS : null,
  });
}

/**
 * The class of an answer or of a bounce by its codes (RFC 3463; docs/gateways.md 4.5). A refusal that may pass is
 * 'transient-before-send' although it can come after the body: the server says that it has not taken the mail.
 */
export function classOf(answer: {
  readonly status: number;
  readonly enhanced: string | null;
  /** The sender's address was refused, not the customer's. */
  readonly isSender: boolean;
}): ErrorClass {
  const { status, enhanced } = answer;
  const isHard = status >= 500 || (enhanced?.startsWith('5') ?? false);
  const subject = enhanced?.slice(2) ?? '';
  if (status === 421 || status === 454 || enhanced === '4.7.0' || enhanced === '4.3.2') return 'throttled';
  if (answer.isSender && isHard) return subject.startsWith('7.') ? 'policy' : 'account-config';
  if (subject === '2.2') return 'recipient-temporary';
  if (!isHard) return subject.startsWith('2.') ? 'recipient-temporary' : 'transient-before-send';
  if (subject.startsWith('1.') || subject === '2.1') return 'recipient-permanent';
  if (status === 552 && subject === '') return 'recipient-temporary';
  if (subject.startsWith('7.')) return 'policy';
  if (subject === '' && (status === 550 || status === 551 || status === 553)) return 'recipient-permanent';
  return 'unknown';
}

/** '5.1.1' out of '550 5.1.1 No such user'. */
function enhancedOf(response: string): string | null {
  return /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1] ?? null;
}

/** What the server said, in one line, without addresses. */
export function saidBy(response: string): string {
  return response
    .replace(/<?[^\s<>@]+@[^\s<>@]+>?/g, '(address)')
    .replace(/\s+/g, ' ')
    .slice(0, DETAIL_CHARS_MOST)
    .trim();
}

export function isCertificateFault({ beneath }: Pick<SmtpFailure, 'beneath'>): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|PINNED/.test(beneath);
}

function isSoft(failure: SmtpFailure): boolean {
  return failure.status !== null && failure.status < 500;
}

function failed(
  of: Pick<Failed, 'errorClass' | 'phase' | 'code' | 'detail'> & {
    readonly retryAfterSeconds?: number | null;
  },
): Failed {
  return { ok: false, retryAfterSeconds: null, ...of };
}
