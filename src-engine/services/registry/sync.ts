import type { RegistryTrouble } from '../../adapters/registry-port.ts';
import { nextStatement } from '#domain/registry/statements.ts';
import type { BookFile } from '../../storage/database.ts';
import { membershipRow, patchMembership, waitingCount } from '../../storage/registry.ts';
import { openBatch } from '../../storage/registry-batches.ts';
import { liveDues, queueDues } from '../../storage/registry-dues.ts';
import type { BookContext } from '../door.ts';
import { askStanding, standingNow } from './admission.ts';
import { readChanges } from './changes-feed.ts';
import { weigh } from './candidates.ts';
import { eraseEndedChecks } from './check.ts';
import { askQueued, fetchGranted } from './consents.ts';
import { beginEpoch, standOf } from './epoch.ts';
import { freezeNext } from './freeze.ts';
import { lastOf } from './items.ts';
import { keptKeys, membered, troubleWords, type Membered } from './link.ts';
import { lookAtLog } from './look-at-log.ts';
import { freezeFull } from './reconcile.ts';
import { OF_NEWS, sendOpen } from './send.ts';

export type Step = {
  readonly phase: 'blinding' | 'sending' | 'fetching' | 'checking' | 'done';
  readonly done: number;
  readonly of: number;
};

const BACKOFF_FIRST_MS = 2000;
export const BACKOFF_MOST_MS = 30 * 60_000;
const POLL_LEAST_SECONDS = 60;
/** Whatever a registry says, and whatever this machine's clock once showed. */
export const POLL_MOST_SECONDS = 24 * 3600;
/** Batches of one sync; more than a day's quota. */
const BATCHES_MOST = 250;

type Ended = RegistryTrouble | { readonly kind: 'stop'; readonly code: string; readonly sentence: string };

export type SyncWish = {
  /** By a person: who asks says with it that this is the book, should it be a copy. */
  readonly isAsked: boolean;
  readonly signal: AbortSignal;
};

const running = new WeakMap<BookFile, Promise<void>>();

/** One after another for a book; never throws for what the world does: that stands in the membership's `trouble`. */
export async function* syncSteps(context: BookContext, wish: SyncWish): AsyncGenerator<Step> {
  const { db } = context;
  const before = running.get(db);
  let finish = (): void => undefined;
  const own = new Promise<void>((resolve) => {
    finish = resolve;
  });
  running.set(db, own);
  try {
    await before;
    if (db.isOpen()) yield* steps(context, wish);
  } finally {
    finish();
    if (running.get(db) === own) running.delete(db);
  }
}

/** Waits for what is under way; for whoever closes the book. */
export function syncEnded(db: BookFile): Promise<void> {
  return running.get(db) ?? Promise.resolve();
}

async function* steps(context: BookContext, wish: SyncWish): AsyncGenerator<Step> {
  const isAtHome = !context.vault.isOpen() || (await keptKeys(context)) !== null;
  const ended = isAtHome ? yield* work(context, wish) : KEYS_GONE;
  if (!context.db.isOpen()) return;
  if (ended === null) noteDone(context);
  else if (!wish.signal.aborted) noteTrouble(context, ended);
  context.changed('registry');
  yield { phase: 'done', done: 1, of: 1 };
}

async function* work(
  context: BookContext,
  { isAsked, signal }: SyncWish,
): AsyncGenerator<Step, Ended | null> {
  const member = await membered(context, signal);
  const stand = standOf(context, member);
  if (stand === 'copied' && !isAsked) return COPIED;
  if (stand !== 'as-it-was') {
    const trouble = await beginEpoch(context, member);
    if (trouble) return trouble;
  }
  eraseEndedChecks(context);
  queueWhatTimeChanged(context);
  const standing = await standingNow(context, member);
  if (!('kind' in standing)) return standing;
  if (standing.kind === 'waits') return null;
  const again = (): Promise<Membered> => membered(context, signal);
  const notSent = yield* sendAll(context, again, isAsked);
  if (notSent && !isOfNews(notSent)) return notSent;
  yield { phase: 'fetching', done: 0, of: 1 };
  const notAsked = await askQueued(context, await again());
  if (notAsked && !isOfNews(notAsked)) return notAsked;
  const fed = await readChanges(context, await again());
  if (!('kind' in fed)) return fed;
  planPoll(context, fed.pollAfterSeconds);
  if (fed.isAboutMember) {
    const told = await askStanding(context, await again());
    if (!('kind' in told)) return told;
  }
  const notFetched = await fetchGranted(context, await again());
  if (notFetched) return notFetched;
  yield { phase: 'checking', done: 0, of: 1 };
  const looked = await lookAtLog(context, await again());
  if (!('kind' in looked)) return looked;
  if (looked.kind === 'ok') return notSent ?? notAsked;
  tellAllAnew(context);
  return brokenLog(looked.code);
}

/** Nothing new is taken just now; objections and answers come all the same. */
function isOfNews(ended: Ended): boolean {
  return !('kind' in ended) && ended.reason === 'refused' && OF_NEWS.has(ended.code);
}

/** A registry that was set back has forgotten payments too: what it has is compared with this book, once for each alarm. */
function tellAllAnew({ db }: BookContext): void {
  db.write((tx) => {
    if (membershipRow(tx)?.troubleCode !== 'log-broken') patchMembership(tx, { fullAt: 0 });
  });
}

const COPIED: Ended = {
  kind: 'stop',
  code: 'copied-book',
  sentence:
    'This book was copied or moved. Press “sync now” here if this is the one that reports from now on.',
};

const KEYS_GONE: Ended = {
  kind: 'stop',
  code: 'keys-gone',
  sentence: 'The keys of this membership are not on this machine. Join again with the same GSTIN.',
};

function brokenLog(code: string): Ended {
  const sentence = `The registry’s log does not go on from what it said before (${code}). Tell whoever runs it.`;
  return { kind: 'stop', code: 'log-broken', sentence };
}

async function* sendAll(
  context: BookContext,
  again: () => Promise<Membered>,
  isAsked: boolean,
): AsyncGenerator<Step, Ended | null> {
  const of = Math.max(1, context.db.read(waitingCount));
  let hasNewEpoch = false;
  let noNews: RegistryTrouble | null = null;
  for (let sent = 0; sent < BATCHES_MOST; sent += 1) {
    const member = await again();
    yield { phase: 'blinding', done: of - Math.min(of, context.db.read(waitingCount)), of };
    const frozen = await freezeNext(context, member, noNews !== null);
    if (!('kind' in frozen) && !context.db.read(openBatch)) return frozen;
    if (!context.db.read(openBatch) && (noNews || !(await freezeFull(context, await again())))) return noNews;
    yield { phase: 'sending', done: of - Math.min(of, context.db.read(waitingCount)), of };
    const outcome = await sendOpen(context, await again());
    if (!('kind' in outcome)) {
      if (noNews || !isOfNews(outcome)) return outcome;
      noNews = outcome;
    } else if (outcome.kind === 'other-epoch') {
      if (!isAsked) return COPIED;
      if (hasNewEpoch) return { ok: false, reason: 'refused', code: 'conflict', retryAfterSeconds: null };
      hasNewEpoch = true;
      const trouble = await beginEpoch(context, await again());
      if (trouble) return trouble;
    }
  }
  return null;
}

const swept = new WeakMap<BookFile, string>();

/** A post-dated cheque counts from its day on, though nobody writes anything then; looked at once a day. */
function queueWhatTimeChanged({ db, today }: BookContext): void {
  if (swept.get(db) === today) return;
  const news = db.read((tx) => {
    const dues = liveDues(tx).filter(({ rev }) => rev > 0);
    const billIds = dues.flatMap(({ billId }) => (billId === null ? [] : [billId]));
    const found = weigh(tx, { billIds, asOf: today, unmatched: new Map() });
    const standings = new Map(found.map(({ bill, standing }) => [bill.billId, standing]));
    return dues.filter((due) => {
      const standing = standings.get(due.billId ?? 0) ?? null;
      const isWithdrawn = due.withdrawnAt !== null;
      const isWrittenOff = due.writtenOffAt !== null;
      return nextStatement({ standing, last: lastOf(due), isWithdrawn, isWrittenOff, asOf: today }) !== null;
    });
  });
  if (news.length > 0)
    db.write((tx) =>
      queueDues(
        tx,
        news.map(({ id }) => id),
      ),
    );
  swept.set(db, today);
}

function planPoll({ db, now }: BookContext, seconds: number): void {
  const wait = Math.min(POLL_MOST_SECONDS, Math.max(POLL_LEAST_SECONDS, seconds)) * 1000;
  db.write((tx) => patchMembership(tx, { nextSyncAt: now() + wait }));
}

function noteDone({ db, now }: BookContext): void {
  db.write((tx) =>
    patchMembership(tx, {
      lastSyncAt: now(),
      failures: 0,
      troubleCode: null,
      troubleSentence: null,
      troubleAt: null,
    }),
  );
}

/** What the registry says of the member himself is how he stands. */
function statusOf(code: string): { readonly status?: 'suspended' | 'pending' } {
  if (code === 'suspended') return { status: 'suspended' };
  return code === 'member_pending' ? { status: 'pending' } : {};
}

/** Full jitter: nobody comes back at the same moment as all the others. */
function noteTrouble({ db, registry, now }: BookContext, ended: Ended): void {
  const isStop = 'kind' in ended;
  const sentence = isStop ? ended.sentence : troubleWords(ended.reason, ended.code).sentence;
  db.write((tx) => {
    const failures = Math.min(30, (membershipRow(tx)?.failures ?? 0) + 1);
    const most = Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** (failures - 1));
    const told = isStop ? 0 : Math.min(ended.retryAfterSeconds ?? 0, POLL_MOST_SECONDS) * 1000;
    const wait = isStop || ended.reason === 'refused' ? BACKOFF_MOST_MS : registry.below(most) + 1;
    patchMembership(tx, {
      failures,
      nextSyncAt: now() + Math.max(told, wait),
      // Closed, so that the window has words for each: where nobody of the registry spoke, who did counts and not how.
      troubleCode: isStop || ended.reason === 'refused' ? ended.code : ended.reason,
      troubleSentence: sentence,
      troubleAt: now(),
      ...statusOf(ended.code),
    });
  });
}
