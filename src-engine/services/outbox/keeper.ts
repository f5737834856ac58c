import type { BookFile } from '../../storage/database.ts';
import { bringNextNearer, bringRetriesNearer, nextInstant } from '../../storage/outbox.ts';
import type { BookContext, Context } from '../door.ts';
import { contextOf } from '../sync/keeper.ts';
import { closeChannels } from './channels.ts';
import { leaseState, releaseLease, RENEWED_EVERY_MS, takeLease, whoOf } from './lease.ts';
import { hasWork, isCrashed, oneRound } from './round.ts';
import { waitsOf } from './pace.ts';
import { noHooks, outboxOf, type OutboxHooks, type Runner } from './runner.ts';

// Keeps the open book's outbox going: it wakes on changes and when something's time has come, looks at least every thirty
// seconds while something waits, and does nothing at all while nothing does.

const LOOKED_MOST_MS = 30_000;
const FIRST_LOOK_MS = 2000;
const WOKEN_AFTER_MS = 100;
/** What is under way when the program ends may take so long still. */
const ENDING_MS = 10_000;
/** A wall clock that moved so much more or less than the monotonic one was set, or the machine slept. */
const JUMP_MS = 5 * 60_000;
/** A lease that is not needed for longer is given back. */
const GIVEN_BACK_MS = 60_000;
const DAY_MS = 24 * 3_600_000;
/** A network that has just come back is given a moment. */
const HURRIED_MS = 2000;
/** One that comes and goes must not use up a message's few attempts. */
const JUST_TRIED_MS = 2 * 60_000;

/** Does all that can be done now, and returns when it is done. Whoever asks while one is under way gets one after it. */
export function roundNow(context: BookContext): Promise<void> {
  const runner = outboxOf(context);
  if (runner.isStopped) return Promise.resolve();
  runner.isAgain = true;
  runner.round ??= rounds(context, runner).finally(() => {
    runner.round = null;
    plan(context, runner);
  });
  return runner.round;
}

async function rounds(context: BookContext, runner: Runner): Promise<void> {
  while (runner.isAgain && !runner.isStopped) {
    runner.isAgain = false;
    const now = contextOf(context, context.db);
    // A process without the vault has no keys to anything: what waits, waits for one that has.
    if (!now?.vault.isOpen()) return;
    seeClock(now, runner);
    const lease = await oneRound(now, runner);
    if (lease.kind !== 'mine') return;
    renewWhileHeld(now, runner);
  }
}

/** After a sleep or a change of the clock everything is reckoned anew: no wait may lie where it can no longer end. */
function seeClock({ now, db }: BookContext, runner: Runner): void {
  const seen = { wall: now(), monotonic: performance.now() };
  const before = runner.seen;
  runner.seen = seen;
  if (before === null) return;
  const jump = seen.wall - before.wall - (seen.monotonic - before.monotonic);
  if (Math.abs(jump) < JUMP_MS) return;
  runner.notBefore.clear();
  runner.domainsNotBefore.clear();
  runner.partyReadAt.clear();
  if (jump < 0) db.write((tx) => bringNextNearer(tx, seen.wall + DAY_MS));
}

/** The lease is renewed by a timer of its own: a request that takes long must not lose it. */
function renewWhileHeld(context: BookContext, runner: Runner): void {
  runner.renewal ??= setInterval(() => {
    if (!context.db.isOpen() || runner.isStopped || !runner.holdsLease) return;
    const who = whoOf(context, runner.owner);
    const state = context.db.write((tx) => takeLease(tx, who, context.now()));
    runner.holdsLease = state.kind === 'mine';
  }, RENEWED_EVERY_MS).unref();
}

/** When to look next; without anything that waits the lease is given back and nothing runs. */
function plan(context: BookContext, runner: Runner): void {
  clearTimeout(runner.timer);
  if (!context.db.isOpen() || runner.isStopped) return;
  const now = context.now();
  const next = context.db.read((tx) => (isCrashed(tx, runner) ? now : nextInstant(tx)));
  if (next === null || next > now + GIVEN_BACK_MS) giveBack(context, runner);
  if (next === null || !context.vault.isOpen()) return;
  const paced = waitsOf(runner).filter((at) => at > now);
  const from = next <= now && paced.length > 0 ? Math.min(...paced) : next;
  // What was due and is still due could not be done now; it is not tried in a circle.
  const least = next <= now && paced.length === 0 ? LOOKED_MOST_MS : WOKEN_AFTER_MS;
  const wait = Math.min(Math.max(from - now, least), LOOKED_MOST_MS);
  runner.timer = setTimeout(() => look(context, runner), wait).unref();
}

/** A look costs some statements that read; a round is made only where there is something to do. */
function look(context: BookContext, runner: Runner): void {
  if (!context.db.isOpen() || runner.isStopped) return;
  if (needsRound(context, runner)) roundNow(context).catch((error: unknown) => context.logBug(error));
  else plan(context, runner);
}

function giveBack(context: BookContext, runner: Runner): void {
  clearInterval(runner.renewal);
  runner.renewal = undefined;
  if (!runner.holdsLease) return;
  runner.holdsLease = false;
  context.db.write((tx) => releaseLease(tx, whoOf(context, runner.owner), context.now()));
}

/** Somebody has put something into the outbox, or changed what holds it: it is looked at without waiting for it. */
export function wakeOutbox(context: BookContext): void {
  if (!context.vault.isOpen()) return;
  roundNow(context).catch((error: unknown) => (context.db.isOpen() ? context.logBug(error) : undefined));
}

/** Who else sends from this book, for the status; null = this engine may. */
export function heldElsewhere(
  context: BookContext,
): { readonly owner: string; readonly until: number | null; readonly isCopy: boolean } | null {
  const who = whoOf(context, outboxOf(context).owner);
  const state = context.db.read((tx) => leaseState(tx, who, context.now()));
  if (state.kind === 'mine') return null;
  const { kind, owner } = state;
  return { owner, until: kind === 'other' ? state.until : null, isCopy: kind === 'copy' };
}

/** Wakes the outbox of whichever book is open; puts it to rest when the book is closed or the program ends. */
export function keepOutbox(
  context: Context,
  hooks: OutboxHooks = noHooks,
): { readonly wake: () => void; readonly hurry: () => void; readonly stop: () => Promise<void> } {
  let kept: BookContext | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const goOn = (): void => {
    const open = context.shelf.current();
    const now = open ? contextOf(context, open.db) : null;
    if (kept && kept.db !== now?.db) void rest(kept).catch((error: unknown) => context.logBug(error));
    kept = now;
    if (!now) return;
    const runner = outboxOf(now);
    runner.hooks = hooks;
    if (needsRound(now, runner)) roundNow(now).catch((error: unknown) => fail(now.db, error));
    else plan(now, runner);
  };
  const fail = (db: BookFile, error: unknown): void => {
    if (db.isOpen()) context.logBug(error);
  };
  const wakeAfter = (wait: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      try {
        goOn();
      } catch (error) {
        context.logBug(error);
      }
    }, wait).unref();
  };
  wakeAfter(FIRST_LOOK_MS);
  return {
    wake: () => wakeAfter(WOKEN_AFTER_MS),
    hurry: () => {
      const open = context.shelf.current();
      const at = context.now();
      const when = { latest: at + HURRIED_MS, triedBefore: at - JUST_TRIED_MS };
      if (open && context.vault.isOpen()) open.db.write((tx) => bringRetriesNearer(tx, when));
      wakeAfter(WOKEN_AFTER_MS);
    },
    stop: async () => {
      clearTimeout(timer);
      const open = context.shelf.current();
      const now = kept ?? (open ? contextOf(context, open.db) : null);
      if (now) await rest(now);
    },
  };
}

/** A change is worth a round where something is due, or where a hold may be over. */
function needsRound(context: BookContext, runner: Runner): boolean {
  if (!context.vault.isOpen() || runner.round !== null) return false;
  return context.db.read((tx) => hasWork(tx, context, runner));
}

/** Claims nothing more, lets what is under way end, and gives the lease back. */
async function rest(context: BookContext): Promise<void> {
  const runner = outboxOf(context);
  runner.isStopped = true;
  clearTimeout(runner.timer);
  clearInterval(runner.renewal);
  const cut = setTimeout(() => runner.stop.abort(), ENDING_MS);
  await runner.round?.catch((error: unknown) => context.logBug(error));
  clearTimeout(cut);
  if (context.db.isOpen()) giveBack(context, runner);
  await closeChannels(context, runner);
}
