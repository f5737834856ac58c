import { performance } from 'node:perf_hooks';
import type { TallyAddress } from '../ports.ts';

// A Tally does one thing at a time and its screen stands still meanwhile, so one line of waiters stands before each
// address for the whole process, whoever asks. What was sent keeps the address occupied until Tally has said something
// again: a request that nobody waits for any more still keeps it busy.

/** The right to speak with a Tally now. It is given back exactly once, by `done` or by `left`. */
export type Turn = {
  readonly sent: () => void;
  /** The first byte came: it lives. */
  readonly heard: () => void;
  /** For how long it has said nothing to what was sent, over all requests since it last spoke. */
  readonly silentMs: () => number;
  /** Nothing is left behind: the next in line may speak. */
  readonly done: () => void;
  /** What was sent is not answered to its end: the next waits until `until` says whether Tally spoke again. */
  readonly left: (until: Promise<boolean>) => void;
};

export type TurnWish = {
  readonly address: TallyAddress;
  readonly isPatient: boolean;
  readonly signal?: AbortSignal | undefined;
  /** How long to wait for a Tally that says nothing. Waiting behind requests that are answered has no limit. */
  readonly patienceMs: number;
};

/** What a waiter gets: his turn, or for how long Tally has said nothing. */
export type TurnAnswer = { readonly turn: Turn } | { readonly silentMs: number };

type Waiter = {
  readonly wish: TurnWish;
  readonly start: (answer: TurnAnswer) => void;
};

type Lane = {
  isTaken: boolean;
  /** When the first request was sent that is unanswered; null while Tally answers. */
  silentSince: number | null;
  readonly urgent: Waiter[];
  readonly patient: Waiter[];
};

/** How often a waiter looks whether Tally is silent, within his patience. */
const LOOKS_A_WAIT = 8;

const lanes = new Map<string, Lane>();

/** Rejects with the signal's reason when the caller gives up before it is his turn. */
export function takeTurn(wish: TurnWish): Promise<TurnAnswer> {
  if (wish.signal?.aborted) return Promise.reject(reasonOf(wish.signal));
  const key = keyOf(wish.address);
  const lane = lanes.get(key) ?? openLane(key);
  return new Promise((resolve, reject) => {
    const line = wish.isPatient ? lane.patient : lane.urgent;
    const joinedAt = performance.now();
    const leave = (): void => {
      clearInterval(timer);
      wish.signal?.removeEventListener('abort', giveUp);
      const place = line.indexOf(waiter);
      if (place >= 0) line.splice(place, 1);
    };
    const waiter: Waiter = {
      wish,
      start: (answer) => {
        leave();
        resolve(answer);
      },
    };
    const giveUp = (): void => {
      leave();
      reject(reasonOf(wish.signal));
    };
    const timer = setInterval(() => {
      const silentMs = silenceOf(lane);
      const waitedMs = performance.now() - joinedAt;
      if (Math.min(silentMs, waitedMs) >= wish.patienceMs) waiter.start({ silentMs });
    }, wish.patienceMs / LOOKS_A_WAIT);
    wish.signal?.addEventListener('abort', giveUp, { once: true });
    line.push(waiter);
    next(key, lane);
  });
}

/** How many wait before an address; for tests. */
export function waitingAt(address: TallyAddress): number {
  const lane = lanes.get(keyOf(address));
  return lane ? lane.urgent.length + lane.patient.length : 0;
}

export function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('Stopped.', { cause: reason });
}

/** Whether an address is this machine, by whatever name. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

/** Three names of this machine lead to one Tally. */
function keyOf({ host, port }: TallyAddress): string {
  return `${isLoopback(host) ? 'loopback' : host.toLowerCase()}:${port}`;
}

function openLane(key: string): Lane {
  const lane: Lane = { isTaken: false, silentSince: null, urgent: [], patient: [] };
  lanes.set(key, lane);
  return lane;
}

function next(key: string, lane: Lane): void {
  if (lane.isTaken) return;
  const waiter = lane.urgent[0] ?? lane.patient[0];
  if (!waiter) {
    // A Tally that is still silent is remembered, so that the next who asks hears how long it has been.
    if (lane.silentSince === null) lanes.delete(key);
    return;
  }
  lane.isTaken = true;
  waiter.start({ turn: turnOf(key, lane) });
}

function turnOf(key: string, lane: Lane): Turn {
  const free = (): void => {
    lane.isTaken = false;
    next(key, lane);
  };
  const heard = (): void => {
    lane.silentSince = null;
  };
  return {
    sent: () => {
      lane.silentSince ??= performance.now();
    },
    heard,
    silentMs: () => silenceOf(lane),
    done: () => {
      heard();
      free();
    },
    left: (until) => {
      lane.silentSince ??= performance.now();
      void until.then((hasSpoken) => {
        if (hasSpoken) heard();
        free();
      });
    },
  };
}

function silenceOf(lane: Lane): number {
  return lane.silentSince === null ? 0 : performance.now() - lane.silentSince;
}
