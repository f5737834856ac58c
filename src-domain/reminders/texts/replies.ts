import type { Day } from '../../days.ts';
import type { ReplyMark } from '../words.ts';
import { promisedDay } from './promise-day.ts';
import {
  disputeWords,
  notPaidWords,
  paidWords,
  promiseWords,
  questionWords,
  stopFillers,
  stopPhrases,
} from './reply-words.ts';

/** What an answer seems to say. Only 'stop' is acted on by itself; all else is a hint for the person who reads it. */
export type ReplyReading = {
  readonly mark: ReplyMark;
  /** The bank's number of the payment, where the customer gave one. */
  readonly utr: string | null;
  /** Null without `today`, or where no day is understood. */
  readonly promiseDay: Day | null;
};

const STOP_WORDS_MOST = 12;
const CHARS_MOST = 4_000;
const fillers = new Set(stopFillers.map(tidyText));
const stops = new Set(stopPhrases.map(tidyText));
const bareStops = new Set(stopPhrases.map((phrase) => withoutFillers(tidyText(phrase))));

/** `text` without the quoted message it answers. */
export function readReply(text: string, today?: Day): ReplyReading {
  const said = text.slice(0, CHARS_MOST).normalize('NFC');
  if (isStop(said)) return { mark: 'stop', utr: null, promiseDay: null };
  const utr = utrOf(said);
  const mark = markOf(said, utr);
  const promiseDay = mark === 'promise' && today !== undefined ? promisedDay(said, today) : null;
  return { mark, utr, promiseDay };
}

/** The wish to get no more messages, and nothing else: "stop by tomorrow I will pay" is no such wish. */
export function isStop(text: string): boolean {
  const said = spelledOut(tidyText(text));
  if (said === '' || said.split(' ').length > STOP_WORDS_MOST) return false;
  if (stops.has(said)) return true;
  const bare = withoutFillers(saidOnce(said));
  // "No" alone is taken as the wish, but "no sir" answers some question.
  return bare !== '' && bare !== 'no' && (stops.has(bare) || bareStops.has(bare));
}

/** "S.T.O.P" is one word. */
function spelledOut(tidy: string): string {
  return /^\p{L}(?: \p{L}){2,}$/u.test(tidy) ? tidy.replaceAll(' ', '') : tidy;
}

/** "Stop stop stop" says no more than once. */
function saidOnce(tidy: string): string {
  const words = tidy.split(' ');
  return words.filter((word, at) => word !== words[at - 1]).join(' ');
}

/** Lower case, NFKC (fancy letters are plain ones), letters and digits with single spaces; the paint of an emoji is none. */
function tidyText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[\p{Cf}\uFE00-\uFE0F\u20E3]+/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

function withoutFillers(tidy: string): string {
  return tidy
    .split(' ')
    .filter((word) => !fillers.has(word))
    .join(' ');
}

function markOf(said: string, utr: string | null): ReplyMark {
  if (disputeWords.test(said)) return 'dispute';
  if (utr !== null) return 'paid';
  const isDone = paidWords.test(said) && !notPaidWords.test(said);
  const isPromise = promiseWords.test(said);
  // "Paid yesterday" with "kal" in it: a finished act is stronger than a word that can mean both days.
  if (isDone && !/\b(?:will|shall|would)\b|\?/iu.test(said)) return 'paid';
  if (isPromise) return 'promise';
  if (questionWords.test(said)) return 'question';
  return isDone ? 'paid' : 'other';
}

const NEFT = /\b[A-Z]{4}[A-Z0-9]\d{11,17}\b/u;
const NAMED =
  /\b(?:utr|rrn|ref(?:erence)?|txn|transaction|imps|neft|rtgs)\b(?:[^\p{L}\d]|\b(?:no|number|id|is)\b){1,20}([A-Z0-9]{9,22})\b/iu;
/** Twelve digits alone are a UPI or IMPS number; those of a telephone begin with 91 and a mobile's digit. */
const TWELVE = /(?<![\d+])(?!91[6-9])\d{12}(?!\d)/u;

/** NEFT and RTGS numbers (16 and 22 characters), UPI and IMPS numbers (12 digits), or what stands after "UTR". */
export function utrOf(text: string): string | null {
  const named = NAMED.exec(text)?.[1];
  if (named !== undefined && /\d{6}/u.test(named)) return named.toUpperCase();
  return NEFT.exec(text.toUpperCase())?.[0] ?? TWELVE.exec(text)?.[0] ?? null;
}
