import { randomUUID } from 'node:crypto';
import type { InboundMessage, Pulled } from '../adapters/message-ports.ts';

// What another program hands over by calling us (Kannel, SMPP) stays with it until it stands in the book: its call is
// answered only then. Whoever is killed in between is handed it once more.

/** Told once: true = it is in the book, false = not in time, so that the other side hands it over again. */
export type Answer = (isKept: boolean) => void;

export type UntilKept = {
  /** False: there is no room, and nothing of it was taken. */
  readonly add: (message: InboundMessage, answer: Answer) => boolean;
  /** A page after a cursor. Asking from a page's own cursor says that the page is in the book. */
  readonly pullInbound: (cursor: string | null) => Pulled<Page>;
  /** Tells of each that came, and at once of those that wait, until the signal or the end. */
  readonly watch: (told: () => void, signal: AbortSignal) => Promise<'lost'>;
  readonly isWatched: () => boolean;
  /** Nobody can be answered any more. */
  readonly end: () => void;
};

type Page = { readonly messages: readonly InboundMessage[]; readonly cursor: string };
type Waiting = {
  readonly place: number;
  readonly message: InboundMessage;
  answers: Answer[];
  timer: NodeJS.Timeout | undefined;
};

const WAITING_MOST = 10_000;
const COMING_AGAIN_MOST = 1000;
const PAGE_MOST = 200;
/** Those who call give up after half a minute or more. */
const ANSWERED_WITHIN_MS = 20_000;

/** `answeredWithinMs` is for tests. */
export function untilKept(answeredWithinMs: number = ANSWERED_WITHIN_MS): UntilKept {
  // A cursor of an earlier program says nothing about what waits in this one.
  const own = randomUUID();
  const waiting: Waiting[] = [];
  const watchers = new Set<{ readonly told: () => void; readonly end: () => void }>();
  const comingAgain: InboundMessage[] = [];
  let last = 0;

  const answerAll = (one: Waiting, isKept: boolean): void => {
    clearTimeout(one.timer);
    for (const answer of one.answers.splice(0)) answer(isKept);
  };
  const waitFor = (one: Waiting, answer: Answer): void => {
    one.answers.push(answer);
    clearTimeout(one.timer);
    one.timer = setTimeout(() => answerAll(one, false), answeredWithinMs).unref();
  };
  const keptUpTo = (place: number): void => {
    while (waiting[0] !== undefined && waiting[0].place <= place) {
      const [one] = waiting.splice(0, 1);
      if (one === undefined) return;
      // It is in the book, but whoever handed it over was told "not now" and will come again.
      if (one.answers.length === 0) comingAgain.push(one.message);
      if (comingAgain.length > COMING_AGAIN_MOST) comingAgain.shift();
      answerAll(one, true);
    }
  };
  return {
    add: (message, answer) => {
      const known = comingAgain.findIndex((one) => isSame(one, message));
      if (known !== -1) {
        comingAgain.splice(known, 1);
        answer(true);
        return true;
      }
      // Handed over again because it was not answered in time: still the same message.
      const same = waiting.find((one) => one.answers.length === 0 && isSame(one.message, message));
      if (same === undefined && waiting.length >= WAITING_MOST) return false;
      const one = same ?? { place: (last += 1), message, answers: [], timer: undefined };
      if (same === undefined) waiting.push(one);
      waitFor(one, answer);
      for (const { told } of watchers) told();
      return true;
    },
    pullInbound: (cursor) => {
      const [of, place] = (cursor ?? '').split('|');
      if (of === own) keptUpTo(Number(place));
      const page = waiting.slice(0, PAGE_MOST);
      const end = page.at(-1);
      return {
        ok: true,
        value: {
          messages: page.map(({ message }) => message),
          cursor: end === undefined ? (cursor ?? '') : `${own}|${end.place}`,
        },
      };
    },
    watch: (told, signal) =>
      new Promise((resolve) => {
        const end = (): void => {
          watchers.delete(watcher);
          resolve('lost');
        };
        const watcher = { told, end };
        watchers.add(watcher);
        if (signal.aborted) end();
        signal.addEventListener('abort', end, { once: true });
        if (waiting.length > 0) told();
      }),
    isWatched: () => watchers.size > 0,
    end: () => {
      for (const one of waiting.splice(0)) answerAll(one, false);
      for (const { end } of watchers) end();
    },
  };
}

function isSame(a: InboundMessage, b: InboundMessage): boolean {
  return (
    a.kind === b.kind &&
    a.from === b.from &&
    a.text === b.text &&
    a.news?.uid === b.news?.uid &&
    a.news?.providerId === b.news?.providerId &&
    a.news?.state === b.news?.state
  );
}

/** A report as something that came in: it is applied in the transaction that keeps it. */
export function reportAsInbound(news: NonNullable<InboundMessage['news']>, at: number): InboundMessage {
  const { uid, providerId } = news;
  return {
    externalId: ['report', uid ?? providerId ?? '', news.state].join(':'),
    kind: 'delivery-report',
    from: '',
    at,
    subject: null,
    text: '',
    about: { uid, providerId, messageIds: [] },
    attachments: [],
    news,
  };
}
