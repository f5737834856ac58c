import type { Buffer } from 'node:buffer';
import type { FailedTally, TallyAddress, TallyCost } from '../ports.ts';
import { refusedBy, type WireFault, wireFailure } from './diagnose.ts';
import { isLoopback, reasonOf, takeTurn } from './queue.ts';
import { HostileReplyError, type ReplyEnd, type ReplyReader } from './reply.ts';
import { exchange, type ExchangeEnd, type ExchangeLimits } from './transport.ts';

/** Every wait has its limit here. */
export type TallyTimings = {
  readonly connectMs: number;
  /** To another machine. */
  readonly remoteConnectMs: number;
  /** How long a first byte is waited for by who only wants to know whether Tally is there: 15 ms is usual. */
  readonly lightSilenceMs: number;
  /** How long somebody who looks on waits for one; the scan for changes of a large book takes half of it. */
  readonly urgentSilenceMs: number;
  /** How long a background read waits: a month of vouchers may take Tally a minute before its first byte. */
  readonly patientSilenceMs: number;
  readonly idleMs: number;
  /** Silence that lasts longer is a box on Tally's screen. */
  readonly dialogMs: number;
  /** How long the address stays occupied at most by something that was left unanswered. */
  readonly recoverMs: number;
  /** For how long a list of open companies that ended one read counts as the one before the next. */
  readonly trustMs: number;
};

export const usualTimings: TallyTimings = {
  connectMs: 3_000,
  remoteConnectMs: 5_000,
  lightSilenceMs: 15_000,
  urgentSilenceMs: 45_000,
  patientSilenceMs: 90_000,
  idleMs: 30_000,
  dialogMs: 90_000,
  recoverMs: 600_000,
  trustMs: 2_000,
};

export type AskWish = {
  readonly address: TallyAddress;
  readonly body: Buffer | null;
  readonly reader: ReplyReader;
  readonly isPatient: boolean;
  /** It costs Tally next to nothing. */
  readonly isLight?: boolean;
  readonly signal?: AbortSignal | undefined;
  readonly timings: TallyTimings;
};

export type Asked = { readonly ok: true; readonly end: ReplyEnd; readonly cost: TallyCost } | FailedTally;

/** One request, when its turn has come, and how its reply ended. Rejects only on abort and on a bug of ours. */
export async function ask(wish: AskWish): Promise<Asked> {
  const { address, signal, isPatient } = wish;
  const patienceMs = patienceOf(wish);
  const answer = await takeTurn({ address, signal, isPatient, patienceMs });
  if ('silentMs' in answer) return failedBy(wish, { kind: 'silent', silentMs: answer.silentMs });
  const { turn } = answer;
  let wasSent = false;
  const opening = openingOf(wish.reader);
  const end = await exchange({
    address,
    body: wish.body,
    take: opening.take,
    limits: limitsOf(wish, patienceMs),
    signal,
    onSent: () => {
      wasSent = true;
      turn.sent();
    },
    onFirstByte: turn.heard,
  });
  const silentMs = turn.silentMs();
  if (!wasSent || end.kind === 'answered' || end.kind === 'not-http') turn.done();
  else turn.left(spokenAgain(wish));
  const asked = heard(wish, end, silentMs);
  const isNarrow = wish.body !== null && asked.ok && asked.end.root === 'ENVELOPE' && !opening.isWide();
  return isNarrow ? refusedBy('its reply came one byte a character, which loses letters') : asked;
}

/**
 * Whatever is asked in UTF-16 is answered in it. A reply of one byte a character has another letter or a '?' for each
 * that it could not hold: two names become one, and money would be counted to the wrong customer.
 */
function openingOf(reader: ReplyReader): {
  readonly take: (chunk: Uint8Array) => void;
  readonly isWide: () => boolean;
} {
  const first: number[] = [];
  return {
    take: (chunk) => {
      if (first.length < 2) first.push(...chunk.subarray(0, 2 - first.length));
      reader.push(chunk);
    },
    isWide: () => first.some((byte) => byte === 0 || byte >= 0xfe),
  };
}

function patienceOf({ isPatient, isLight, timings }: AskWish): number {
  if (isPatient) return timings.patientSilenceMs;
  return isLight ? timings.lightSilenceMs : timings.urgentSilenceMs;
}

function heard(wish: AskWish, end: ExchangeEnd, silentMs: number): Asked {
  switch (end.kind) {
    case 'answered': {
      if (end.httpStatus !== 200) return failedBy(wish, { kind: 'not-tally' });
      const reply = ended(wish.reader);
      if (!reply || !isOfTally(reply)) return failedBy(wish, { kind: 'not-tally' });
      const { rowCount, byteCount } = reply;
      return { ok: true, end: reply, cost: { rowCount, byteCount, milliseconds: end.milliseconds } };
    }
    case 'not-connected':
      return failedBy(wish, end);
    case 'silent':
      return failedBy(wish, { kind: 'silent', silentMs });
    case 'broken':
      return failedBy(wish, { kind: 'broken' });
    case 'not-http':
      return failedBy(wish, { kind: 'not-tally' });
    case 'aborted':
      throw reasonOf(wish.signal);
    case 'thrown':
      if (end.error instanceof HostileReplyError) return failedBy(wish, { kind: 'not-tally' });
      throw end.error;
  }
}

/** Null where the reply was hostile in its last bytes. */
function ended(reader: ReplyReader): ReplyEnd | null {
  try {
    return reader.end();
  } catch (error) {
    if (error instanceof HostileReplyError) return null;
    throw error;
  }
}

/** A Tally says <ENVELOPE> or <RESPONSE> and nothing else; a reply that was cut off at once says nothing yet. */
function isOfTally({ root, byteCount }: ReplyEnd): boolean {
  return byteCount === 0 || root === 'ENVELOPE' || root === 'RESPONSE';
}

/** Waits in Tally's own line, behind what was left there, until it says anything or is gone. */
async function spokenAgain({ address, timings }: AskWish): Promise<boolean> {
  const limits = {
    connectMs: timings.remoteConnectMs,
    firstByteMs: timings.recoverMs,
    idleMs: timings.idleMs,
  };
  const end = await exchange({ address, body: null, take: () => undefined, limits, isIdle: true });
  return end.kind !== 'silent';
}

function limitsOf({ address, timings }: AskWish, firstByteMs: number): ExchangeLimits {
  const connectMs = isLoopback(address.host) ? timings.connectMs : timings.remoteConnectMs;
  return { connectMs, firstByteMs, idleMs: timings.idleMs };
}

function failedBy({ address, timings }: AskWish, fault: WireFault): FailedTally {
  return wireFailure(fault, address, timings.dialogMs);
}
