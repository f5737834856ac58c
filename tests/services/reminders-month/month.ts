import type { Dice } from '#domain/demo-dice.ts';
import type { PlannedRow } from '#contract/engine/reminders.ts';
import type { Play } from '#tests/fakes/gateways/counting.ts';
import { refusalOf } from '#tests/builders/facts.ts';
import { expect } from 'vitest';
import { MINUTE, monthBook, type MonthBook } from './book.ts';
import { CHANNELS, type SentBy } from './gateways.ts';
import { mirrorOf, type Mirror, type Row } from './mirror.ts';
import { atClaim, dayOf, type AtClaim } from './at-claim.ts';
import { oracle, type Oracle } from './oracle.ts';
import type { Size } from './people.ts';
import { somethingHappens } from './things-happen.ts';

// A month in the life of an owner: each day he looks at the plan, approves it and it leaves, while his customers pay,
// answer and complain at every moment of it.

export type Month = {
  readonly book: MonthBook;
  readonly mirror: Mirror;
  readonly oracle: Oracle;
  readonly dice: Dice;
  readonly size: Size;
  readonly told: Map<string, number>;
  /** What the test's servers took, in order, and has not been told about yet. */
  readonly fresh: {
    readonly channel: SentBy;
    readonly uid: string;
    readonly id: string;
    readonly to: string;
  }[];
  /** Things that customers did while messages were leaving. */
  readonly pending: Promise<void>[];
  /** Chance that something happens with each message that leaves. */
  during: number;
};

export async function aMonth(dice: Dice, size: Size): Promise<Month> {
  const book = await monthBook(dice, size);
  const judge = oracle();
  const claims = new Map<number, AtClaim>();
  const chosen = new Map<number, AtClaim>();
  const onEvent = (event: Row, seq: number): void => {
    const messageId = Number(event['message_id']);
    const facts = atClaim(mirror, messageId, Number(event['at']), seq);
    if (event['kind'] === 'claimed') claims.set(messageId, facts);
    else chosen.set(messageId, facts);
  };
  const mirror = mirrorOf(onEvent);
  mirror.catchUp(book.db);
  const month: Month = {
    book,
    mirror,
    oracle: judge,
    dice,
    size,
    told: new Map(),
    fresh: [],
    pending: [],
    during: 0,
  };
  for (const channel of CHANNELS) {
    book.posts[channel].server.onPoint = (point, uid) => {
      if (point === 'taken' && uid !== null) taken(month, { claims, chosen }, { channel, uid });
    };
  }
  return month;
}

/** In the very moment in which the server has read the request to its end. */
function taken(
  month: Month,
  known: { readonly claims: ReadonlyMap<number, AtClaim>; readonly chosen: ReadonlyMap<number, AtClaim> },
  { channel, uid }: { readonly channel: SentBy; readonly uid: string },
): void {
  const { book, mirror } = month;
  const last = book.posts[channel].server.taken.at(-1);
  if (last === undefined) throw new Error('Nothing was taken.');
  mirror.catchUp(book.db);
  const { message, bills } = book.db.read(({ sqlite }) => ({
    message: sqlite.prepare<[string], Row>('select * from messages where uid = ?').get(uid) ?? {},
    bills: sqlite
      .prepare<[string], Row>(
        'select b.* from message_bills b join messages m on m.id = b.message_id where m.uid = ? order by b.id',
      )
      .all(uid),
  }));
  const claim = known.claims.get(Number(message['id'])) ?? null;
  const chosen = known.chosen.get(Number(message['id'])) ?? null;
  month.oracle.judge({
    uid,
    to: last.to,
    text: last.text,
    at: book.clock.now,
    message,
    bills,
    claim,
    chosen,
  });
  month.fresh.push({ channel, uid, id: last.id, to: last.to });
  book.clock.now += 120;
  if (month.dice.next() < month.during) {
    const customerId = waitingCustomer(month);
    if (customerId !== null) month.pending.push(happens(month, customerId, 'during'));
  }
}

/** Somebody whose message is still waiting, or was claimed a moment ago. */
function waitingCustomer({ book, dice }: Month): number | null {
  const ids = book.db.read(({ sqlite }) =>
    sqlite
      .prepare<[], number>(
        `select customer_id from messages where state in ('scheduled', 'claimed', 'sending') and customer_id is not null
          order by not_before, id limit 40`,
      )
      .pluck()
      .all(),
  );
  return ids.length === 0 ? null : dice.pick(ids);
}

export function count(month: Month, name: string, by = 1): void {
  month.told.set(name, (month.told.get(name) ?? 0) + by);
}

export async function happens(month: Month, customerId: number, when: string): Promise<void> {
  const { book, dice, mirror, told } = month;
  mirror.catchUp(book.db);
  count(month, `happened ${when}`);
  const today = dayOf(book.clock.now);
  await somethingHappens({ client: book.engine.client, dice, mirror, today, told }, customerId);
}

export async function happenTo(
  month: Month,
  customerIds: readonly number[],
  wish: { readonly count: number; readonly when: string },
): Promise<void> {
  for (let at = 0; at < wish.count; at += 1) {
    const anybody = month.dice.between(1, month.size.customers);
    const isOneOfThem = customerIds.length > 0 && month.dice.next() < 0.8;
    await happens(month, isOneOfThem ? month.dice.pick(customerIds) : anybody, wish.when);
  }
}

const FAULTS: readonly Play[] = [
  'reset-before-answer',
  'reset-after-request',
  'throttled',
  'recipient-permanent',
  'recipient-temporary',
  'policy',
  'window',
];

/** Sends all that may leave now, with things going wrong at the gateways and customers paying meanwhile. */
export async function round(month: Month, faults: number): Promise<void> {
  const { book, dice } = month;
  for (const channel of CHANNELS) {
    const { plays } = book.posts[channel].server;
    while (plays.length < 40) plays.push(dice.next() < faults ? dice.pick(FAULTS) : '');
  }
  await book.engine.client.reminders.round();
  await Promise.all(month.pending.splice(0));
}

/** The engine sends by timers of its own, too: no clock leaps over hours while a request is on the wire. */
export async function clockAt(month: Month, dayNumber: number, hours: number, minutes = 0): Promise<void> {
  const at = FIRST_MIDNIGHT + dayNumber * 1440 * MINUTE + (hours * 60 + minutes) * MINUTE;
  await untilOffTheWire(month);
  if (at > month.book.clock.now) month.book.clock.now = at;
}

export async function untilOffTheWire(month: Month): Promise<void> {
  while (isOnTheWire(month)) {
    count(month, 'the clock waited for a request');
    await month.book.engine.client.reminders.round();
  }
}

function isOnTheWire({ book }: Month): boolean {
  const ids = book.db.read(({ sqlite }) =>
    sqlite.prepare("select id from messages where state in ('claimed', 'sending') limit 1").all(),
  );
  return ids.length > 0;
}

/** Midnight of Monday 2026-11-23 in India. */
const FIRST_MIDNIGHT = Date.UTC(2026, 10, 22, 18, 30);

/** The owner looks, puts some away, rewords some, and approves; customers act in between. */
export async function approveToday(month: Month, between: number): Promise<number | null> {
  const { client } = month.book.engine;
  const { dice } = month;
  let plan = await client.reminders.plan({});
  if (plan.rows.length === 0) return null;
  const clean = (row: PlannedRow): boolean => !row.problems.some((one) => one.isBlocking);
  const away = plan.rows.filter(() => dice.next() < 0.02).map((row) => row.rowKey);
  if (away.length > 0) {
    await unlessMoved(month, client.reminders.decline({ rowKeys: away, reason: 'Not today.' }));
  }
  const reworded = plan.rows.find(
    (row) => clean(row) && !away.includes(row.rowKey) && row.channel === 'email',
  );
  if (reworded) {
    const { rowKey, subject, text } = reworded;
    const wish = { rowKey, subject, text: `${text}\n\nThank you.` };
    await unlessMoved(month, client.reminders.editRow(wish));
  }
  plan = await client.reminders.plan({});
  const customerIds = plan.rows.map((row) => row.customerId);
  await happenTo(month, customerIds, { count: between, when: 'between planning and approving' });
  for (let times = 0; times < 3; times += 1) {
    const rowKeys = plan.rows.filter(clean).map((row) => row.rowKey);
    if (rowKeys.length === 0) return null;
    const { rowsHash } = plan;
    const now = await client.reminders.plan({});
    if (now.rowsHash === rowsHash) {
      const asked = client.reminders.approve({ rowsHash, rowKeys });
      const made = await asked.catch(() => null);
      if (made === null) {
        const { code } = await refusalOf(asked);
        // In the last minute before the hours end nothing could leave any more.
        expect(['too-late-today', 'plan-changed']).toContain(code);
        count(month, `approval refused: ${code}`);
        plan = await client.reminders.plan({});
        if (code === 'plan-changed') continue;
        return null;
      }
      count(month, 'approved', made.approvedCount);
      return made.runId;
    }
    const { code } = await refusalOf(client.reminders.approve({ rowsHash, rowKeys }));
    count(month, `approval refused: ${code}`);
    plan = now;
  }
  return null;
}

/** Replies and reports come in at any moment: what he looked at may be another plan by the time he presses. */
async function unlessMoved(month: Month, asked: Promise<unknown>): Promise<void> {
  if (await asked.then(() => true).catch(() => false)) return;
  const { code } = await refusalOf(asked);
  expect(code).toBe('plan-changed');
  count(month, `refused: ${code}`);
}

/** What the other side says of messages that left: reports, bounces, answers, "STOP". */
export async function othersSpeak(month: Month): Promise<void> {
  const { book, dice } = month;
  for (const { channel, uid, id, to } of month.fresh.splice(0)) {
    const { server, inbound } = book.posts[channel];
    const roll = dice.next();
    if (roll < 0.6) server.news.set(id, dice.pick(['delivered', 'delivered', 'read', 'sent'] as const));
    else if (roll < 0.7) server.news.set(id, 'undelivered');
    const base = {
      externalId: `${channel}-${inbound.length}`,
      from: to,
      at: book.clock.now,
      subject: null,
      attachments: [],
    };
    const about = { uid: null, providerId: null, messageIds: [] };
    if (channel === 'email' && roll > 0.94) {
      const why = {
        errorClass: 'recipient-permanent',
        code: '5.1.1',
        detail: '',
        parts: null,
        costMicros: null,
      } as const;
      const news = { uid, providerId: null, state: 'bounced', at: null, ...why } as const;
      inbound.push({ ...base, kind: 'bounce', text: '', about: { ...about, uid }, news });
      count(month, 'bounced');
    } else if (roll > 0.9) {
      const text = dice.pick([
        'STOP',
        'रोकें',
        'Will pay on Friday',
        'Paid yesterday',
        'Which bill?',
        'બંધ કરો',
      ]);
      inbound.push({ ...base, kind: 'reply', text, about, news: null });
      count(month, 'answered');
    }
  }
  await book.engine.client.replies.pull();
}

/** The owner works through his inbox, but not through all of it. */
export async function answerSome(month: Month): Promise<void> {
  const { client } = month.book.engine;
  for (const reply of month.mirror.rows('replies').values()) {
    if (reply['answered_at'] !== null || reply['kind'] !== 'reply' || month.dice.next() < 0.4) continue;
    const mark = month.dice.pick(['question', 'promise', 'paid', 'dispute'] as const);
    const on = mark === 'promise' ? dayOf(month.book.clock.now + 3 * 1440 * MINUTE) : null;
    await client.replies.mark({ replyId: Number(reply['id']), mark, day: on });
  }
}
