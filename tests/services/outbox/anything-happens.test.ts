import { isFinal, mayFollow } from '#domain/reminders/outbox-states.ts';
import type { MessageState } from '#domain/reminders/words.ts';
import { patchGateway } from '#engine/storage/gateways.ts';
import { putReminderSetting } from '#engine/storage/reminder-settings.ts';
import { startCounting, type CountingServer, type Play } from '#tests/fakes/gateways/counting.ts';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  aGateway,
  aMessage,
  aWorld,
  HOUR,
  MINUTE,
  states,
  unsettled,
  type World,
  withPerson,
} from './outbox-world.ts';

// Whatever happens in whatever order, the invariants of the outbox (docs/gateways.md 8) hold after each step.

const plays: readonly Play[] = [
  '',
  'reset-before-answer',
  'reset-after-request',
  'throttled',
  'auth',
  'balance',
  'recipient-permanent',
  'recipient-temporary',
  'policy',
  'window',
];

type Step =
  | { readonly kind: 'add'; readonly gateway: 0 | 1; readonly count: number }
  | { readonly kind: 'play'; readonly gateway: 0 | 1; readonly play: Play }
  | { readonly kind: 'time'; readonly minutes: number }
  | { readonly kind: 'kill'; readonly isKilled: boolean }
  | { readonly kind: 'pause'; readonly gateway: 0 | 1; readonly isPaused: boolean }
  | { readonly kind: 'listen'; readonly gateway: 0 | 1; readonly isListening: boolean }
  | { readonly kind: 'cancel'; readonly nth: number }
  | {
      readonly kind: 'news';
      readonly gateway: 0 | 1;
      readonly nth: number;
      readonly state: 'sent' | 'delivered' | 'read' | 'bounced';
    };

const gateway = fc.constantFrom<0 | 1>(0, 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('add'), gateway, count: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('play'), gateway, play: fc.constantFrom(...plays) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('time'),
      minutes: fc.constantFrom(1, 2, 5, 12, 70, -30, -600, 1500, 4320),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('kill'), isKilled: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pause'), gateway, isPaused: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('listen'), gateway, isListening: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel'), nth: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('news'),
      gateway,
      nth: fc.nat(5),
      state: fc.constantFrom('sent', 'delivered', 'read', 'bounced'),
    }),
  },
);

type Bench = {
  readonly world: World;
  readonly servers: readonly [CountingServer, CountingServer];
  readonly gatewayIds: readonly [number, number];
  /** States seen of each message, in order. */
  readonly seen: Map<number, MessageState[]>;
  isKilled: boolean;
};

async function act(bench: Bench, what: Step): Promise<void> {
  const { world, servers, gatewayIds } = bench;
  const { db, clock } = world;
  switch (what.kind) {
    case 'add':
      return db.write((tx) => {
        const times = { notBefore: clock.now, expiresAt: clock.now + 8 * HOUR, createdAt: clock.now };
        const gatewayId = gatewayIds[what.gateway];
        for (let count = 0; count < what.count; count += 1)
          aMessage(tx, { gatewayId, purpose: 'test', ...times });
      });
    case 'play':
      return void servers[what.gateway].plays.push(what.play);
    case 'time':
      clock.now += what.minutes * MINUTE;
      return;
    case 'kill':
      bench.isKilled = what.isKilled;
      return db.write((tx) => putReminderSetting(tx, 'isKilled', what.isKilled));
    case 'pause':
      return db.write((tx) =>
        patchGateway(tx, gatewayIds[what.gateway], { pausedAt: what.isPaused ? clock.now : null }),
      );
    case 'listen':
      return servers[what.gateway].listen(what.isListening);
    case 'cancel': {
      const id = [...bench.seen.keys()][what.nth];
      if (id !== undefined)
        await world.engine.client.messages.cancel({ messageIds: [id] }).catch(() => undefined);
      return;
    }
    case 'news': {
      const sent = servers[what.gateway].taken[what.nth];
      if (sent) servers[what.gateway].news.set(sent.id, what.state);
    }
  }
}

/** What must hold whenever one looks. */
function expectInvariants(
  bench: Bench,
  before: readonly [number, number],
  wasPaused: readonly boolean[],
): void {
  const { world, servers, seen } = bench;
  const uids = servers.flatMap(({ taken }) => taken.map(({ uid }) => uid));
  expect(new Set(uids).size).toBe(uids.length);
  for (const at of [0, 1] as const) {
    if (bench.isKilled || wasPaused[at] === true) expect(servers[at].taken.length).toBe(before[at]);
  }
  const rows = world.db.read(({ sqlite }) =>
    sqlite
      .prepare<[], { id: number; state: MessageState; nextAt: number | null }>(
        'select id, state, next_at as nextAt from messages',
      )
      .all(),
  );
  for (const { id, state, nextAt } of rows) {
    const past = seen.get(id) ?? [];
    const last = past.at(-1);
    if (last !== undefined && isFinal(last)) {
      const moreIsSaid = last === state || mayFollow(last, state);
      expect({ id, moreIsSaid }).toEqual({ id, moreIsSaid: true });
    }
    if (last !== state) seen.set(id, [...past, state]);
    // Nothing is forgotten: what is not at its end waits for its time, for a change, or for a person.
    const isGoing = isFinal(state) || withPerson.has(state) || ['scheduled', 'held'].includes(state);
    expect({ id, state, isGoing: isGoing || nextAt !== null }).toEqual({ id, state, isGoing: true });
  }
  expect(world.bugs).toEqual([]);
}

function isPaused({ world, gatewayIds }: Bench): readonly boolean[] {
  return gatewayIds.map((id) =>
    world.db.read(
      ({ sqlite }) => sqlite.prepare('select paused_at from gateways where id = ?').pluck().get(id) !== null,
    ),
  );
}

/** Everything is put right, and time passes. */
async function untilQuiet(bench: Bench): Promise<void> {
  const { world, servers, gatewayIds } = bench;
  bench.isKilled = false;
  for (const server of servers) {
    server.plays.length = 0;
    await server.listen(true);
  }
  world.db.write((tx) => putReminderSetting(tx, 'isKilled', false));
  for (let rounds = 0; rounds < 40 && unsettled(world.db).length > 0; rounds += 1) {
    world.db.write((tx) => gatewayIds.forEach((id) => patchGateway(tx, id, { pausedAt: null })));
    await world.round();
    world.clock.now += rounds < 8 ? 15 * MINUTE : 24 * HOUR;
  }
}

it('keeps its word whatever happens: once, not while stopped, and to one end with a reason', async () => {
  const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
    const bench = await aBench();
    for (const what of steps) {
      await act(bench, what);
      const paused = isPaused(bench);
      const [first, second] = bench.servers;
      const before = [first.taken.length, second.taken.length] as const;
      await bench.world.round();
      expectInvariants(bench, before, paused);
    }
    await untilQuiet(bench);
    expect(states(bench.world.db)).not.toHaveProperty('scheduled');
    expect(unsettled(bench.world.db)).toEqual([]);
    const silent = bench.world.db.read(({ sqlite }) =>
      sqlite
        .prepare(
          `select id, state from messages m where state in ('skipped', 'cancelled', 'held') and reason is null
             or state in ('rejected', 'not-sent') and reason is null and not exists (
               select 1 from message_events e where e.message_id = m.id
                 and (e.detail is not null or e.kind = 'not-found'))`,
        )
        .all(),
    );
    expect(silent).toEqual([]);
    await bench.world.engine.close();
    await Promise.all(bench.servers.map((server) => server.close()));
  });
  await fc.assert(property, { numRuns: Number(process.env['BAAKI_RUNS'] ?? 12), seed: 20_261_122 });
}, 120_000);

async function aBench(): Promise<Bench> {
  const servers = [await startCounting(), await startCounting()] as const;
  const world = await aWorld();
  const gatewayIds = world.db.write(
    (tx) => [aGateway(tx, { port: servers[0].port }), aGateway(tx, { port: servers[1].port })] as const,
  );
  return { world, servers, gatewayIds, seen: new Map(), isKilled: false };
}
