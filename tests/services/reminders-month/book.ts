import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Dice } from '#domain/demo-dice.ts';
import { paise } from '#domain/money.ts';
import type { Channel } from '#domain/reminders/words.ts';
import { openEngine, type Engine } from '#engine/open-engine.ts';
import type { BookFile } from '#engine/storage/database.ts';
import { fileOf } from '#tests/builders/facts.ts';
import { onTestFinished } from 'vitest';
import { CHANNELS, posts, type Post, type SentBy } from './gateways.ts';
import { listenTo } from './mirror.ts';
import { dayOf } from './at-claim.ts';
import { populate, type Size } from './people.ts';

// The owner's book with his gateways, texts, rules and customers on the first morning.

export const MINUTE = 60_000;
/** Monday 2026-11-23, 08:00 in India. */
export const FIRST_MORNING = Date.UTC(2026, 10, 23, 2, 30);
const VAULT_KEY = new Uint8Array(32).fill(3);

export type MonthBook = {
  readonly clock: { now: number };
  readonly posts: Readonly<Record<SentBy, Post>>;
  readonly gatewayIds: Readonly<Record<SentBy, number>>;
  readonly bugs: unknown[];
  engine: Engine;
  db: BookFile;
  /** The machine goes off, and on again so many milliseconds later. */
  readonly offFor: (milliseconds: number) => Promise<void>;
};

export async function monthBook(dice: Dice, size: Size): Promise<MonthBook> {
  const clock = { now: FIRST_MORNING };
  const bugs: unknown[] = [];
  const own = await posts();
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-month-'));
  const open = (): Promise<Engine> =>
    openEngine({
      dataFolder,
      version: '0.0.0-test',
      now: () => clock.now,
      onBug: (_, error) => bugs.push(error),
      gateways: CHANNELS.map((channel) => own[channel].gateway),
      vaultKey: VAULT_KEY,
    });
  const engine = await open();
  onTestFinished(async () => {
    await made.engine.close();
    await Promise.all(CHANNELS.map((channel) => own[channel].server.close()));
    rmSync(dataFolder, { recursive: true, force: true });
  });
  const { bookId } = await engine.client.books.create({ name: 'Gupta Traders' });
  const gatewayIds = await settingsOf(engine, own);
  const db = fileOf(engine);
  db.write((tx) => populate(tx, dice, { size, today: dayOf(clock.now) }));
  await engine.client.cadences.list();
  await addCadences(engine);
  listenTo(db);
  engine.context.changed('bills', 'receipts', 'credits', 'customers', 'consents');
  const made: MonthBook = {
    clock,
    posts: own,
    gatewayIds,
    bugs,
    engine,
    db,
    offFor: async (milliseconds) => {
      await made.engine.close();
      clock.now += milliseconds;
      made.engine = await open();
      if (made.engine.context.shelf.current() === null) await made.engine.client.books.open({ bookId });
      made.db = fileOf(made.engine);
    },
  };
  return made;
}

async function settingsOf({ client }: Engine, own: MonthBook['posts']): Promise<Record<SentBy, number>> {
  await client.business.save({ name: 'Gupta Traders', phone: '+91 98100 00000', vpa: 'gupta@bank' });
  await client.templates.addStarters({ languages: ['en', 'hi', 'gu', 'ta'] });
  const ids = { sms: 0, whatsapp: 0, email: 0 };
  for (const channel of CHANNELS) {
    const { gatewayId } = await client.gateways.save({
      kind: `${channel}-counting`,
      name: `My ${channel}`,
      fields: { port: String(own[channel].server.port) },
      secrets: {},
      isOn: true,
      perMinute: 6000,
      pricePerPartMicros: channel === 'email' ? 0 : 150_000,
    });
    await client.gateways.confirmOwner({ gatewayId });
    ids[channel] = gatewayId;
  }
  const { policy } = await client.reminders.policy();
  const { hours } = policy;
  await client.reminders.savePolicy({
    ...policy,
    hours: {
      ...hours,
      sms: { ...hours.sms, fromMinute: 570, toMinute: 1110 },
      whatsapp: { ...hours.whatsapp, fromMinute: 600, toMinute: 1140 },
    },
    holidays: [...policy.holidays, { day: dayOf(FIRST_MORNING + 3 * 1440 * MINUTE), name: 'Town fair' }],
    sendsThanks: true,
  });
  return ids;
}

type StepWish = {
  readonly days: number;
  readonly key: string;
  readonly channels: readonly Channel[];
  readonly repeat?: number;
  readonly needsPerson?: boolean;
};

const LADDER: readonly Channel[] = ['whatsapp', 'sms', 'email'];
const USUAL: readonly StepWish[] = [
  { days: -3, key: 'before-due', channels: LADDER },
  { days: 0, key: 'on-due', channels: ['sms', 'email'] },
  { days: 4, key: 'after-due-1', channels: LADDER },
  { days: 11, key: 'after-due-2', channels: ['email', 'sms'] },
  { days: 20, key: 'after-due-3', channels: LADDER, repeat: 6 },
  { days: 45, key: 'final', channels: ['sms'], needsPerson: true },
];
const BY_ITSELF: readonly StepWish[] = [
  { days: 1, key: 'after-due-1', channels: ['sms', 'email'] },
  { days: 5, key: 'after-due-2', channels: LADDER, repeat: 3 },
];

async function addCadences({ client }: Engine): Promise<void> {
  const save = (name: string, isAutomatic: boolean, steps: readonly StepWish[]) =>
    client.cadences.save({
      name,
      isOn: true,
      steps: steps.map((step, at) => ({
        stepId: `${name}-${at + 1}`,
        anchor: 'due',
        days: step.days,
        channels: [...step.channels],
        tone: 'plain',
        templateKey: step.key,
        repeatEveryDays: step.repeat ?? null,
        repeatMost: null,
        needsPerson: step.needsPerson ?? false,
        attaches: null,
      })),
      minimumPaise: paise(50_000),
      gapDays: 0,
      graceDays: 0,
      mostPerBill: null,
      stopAfterDays: null,
      isAutomatic,
    });
  const usual = await save('Usual', false, USUAL);
  const byItself = await save('By itself', true, BY_ITSELF);
  await client.cadences.assign({ scope: 'company', scopeKey: '', cadenceId: usual.cadenceId });
  await client.cadences.assign({ scope: 'tag', scopeKey: 'By itself', cadenceId: byItself.cadenceId });
  await client.cadences.assign({ scope: 'tag', scopeKey: 'Leave alone', cadenceId: null });
  await client.cadences.assign({ scope: 'customer', scopeKey: '7', cadenceId: byItself.cadenceId });
}
