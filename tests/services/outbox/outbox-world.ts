import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { day } from '#domain/days.ts';
import { isFinal } from '#domain/reminders/outbox-states.ts';
import type { MessageState, Purpose } from '#domain/reminders/words.ts';
import type { Gateway } from '#engine/adapters/message-ports.ts';
import { openEngine, type Engine } from '#engine/open-engine.ts';
import type { BookContext } from '#engine/services/door.ts';
import { roundNow } from '#engine/services/outbox/keeper.ts';
import { contextOf } from '#engine/services/sync/keeper.ts';
import { sha256Of } from '#engine/storage/digest.ts';
import type { BookFile, WriteTx } from '#engine/storage/database.ts';
import { insertGateway, patchGateway, type GatewayRow } from '#engine/storage/gateways.ts';
import { insertMessage, insertRun, type MessageRow, type NewMessage } from '#engine/storage/messages.ts';
import { messagesIn } from '#engine/storage/outbox.ts';
import { aBill, aCustomer, fileOf, rupees } from '#tests/builders/facts.ts';
import { countingGateway } from '#tests/fakes/gateways/counting.ts';
import { onTestFinished } from 'vitest';

// A book with a gateway that counts, and messages put into its outbox.

/** Monday 2026-11-23, 11:00 in India: all channels are open. */
export const MONDAY = Date.UTC(2026, 10, 23, 5, 30);
export const TODAY = day('2026-11-23');
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const VAULT_KEY = new Uint8Array(32).fill(7);

export type World = {
  readonly engine: Engine;
  readonly db: BookFile;
  readonly clock: { now: number };
  readonly dataFolder: string;
  readonly bugs: unknown[];
  /** One round of the outbox, to its end. */
  readonly round: () => Promise<void>;
  readonly book: () => BookContext;
};

export type WorldWish = {
  readonly gateways?: readonly Gateway[];
  readonly clock?: { now: number };
  readonly dataFolder?: string;
  readonly hasVault?: boolean;
};

export async function aWorld(wish: WorldWish = {}): Promise<World> {
  const clock = wish.clock ?? { now: MONDAY };
  const dataFolder = wish.dataFolder ?? mkdtempSync(path.join(os.tmpdir(), 'baaki-outbox-'));
  const bugs: unknown[] = [];
  const engine = await openEngine({
    dataFolder,
    version: '0.0.0-test',
    now: () => clock.now,
    onBug: (_, error) => bugs.push(error),
    gateways: wish.gateways ?? [countingGateway()],
    ...(wish.hasVault === false ? {} : { vaultKey: VAULT_KEY }),
  });
  onTestFinished(async () => {
    await engine.close();
    if (wish.dataFolder === undefined) rmSync(dataFolder, { recursive: true, force: true });
  });
  if (engine.context.shelf.current() === null) await engine.client.books.create({ name: 'Test Traders' });
  const db = fileOf(engine);
  const book = (): BookContext => {
    const now = contextOf(engine.context, db);
    if (!now) throw new Error('No book is open.');
    return now;
  };
  return { engine, db, clock, dataFolder, bugs, round: () => roundNow(book()), book };
}

/** A folder as it was copied to another machine. */
export function copyOf(dataFolder: string): string {
  const copy = mkdtempSync(path.join(os.tmpdir(), 'baaki-outbox-copy-'));
  cpSync(dataFolder, copy, { recursive: true });
  return copy;
}

export function aGateway(tx: WriteTx, fields: Partial<GatewayRow> & { readonly port: number }): number {
  const { port, reachedOwnerAt = 1, pausedAt = null, ...more } = fields;
  const kind = more.kind ?? 'sms-counting';
  const id = insertGateway(tx, {
    kind,
    channel: 'sms',
    name: `Gateway at ${port}`,
    fieldsJson: JSON.stringify({ port: String(port) }),
    isOn: true,
    place: 0,
    perMinute: 6000,
    perDay: null,
    pricePerPartMicros: 120_000,
    gstBps: 1800,
    vaultName: `gateway-${sha256Of(`${port}|${kind}|${Object.keys(more).join()}`)}`,
    createdAt: 0,
    ...more,
  });
  patchGateway(tx, id, { reachedOwnerAt, pausedAt });
  return id;
}

let uids = 0;

/** A message that names one bill and nothing of a cadence: what a person sends by hand. */
export function aMessage(
  tx: WriteTx,
  fields: Partial<NewMessage> & {
    readonly gatewayId: number | null;
    readonly bill?: { readonly billId: number; readonly amount: number } | undefined;
  },
): number {
  const { bill, ...own } = fields;
  uids += 1;
  const uid = own.uid ?? `uid-${process.pid}-${uids}`;
  const purpose: Purpose = own.purpose ?? 'reply';
  const runId = own.runId ?? insertRun(tx, { kind: 'single', runDay: TODAY, createdAt: MONDAY });
  const amount = rupees(bill?.amount ?? 0);
  const id = insertMessage(tx, {
    uid,
    customerId: null,
    channel: 'sms',
    templateId: null,
    templateVersion: null,
    cadenceId: null,
    stepId: null,
    stepNumber: null,
    isAutomatic: true,
    address: '+919876500001',
    toName: 'Asha Stores',
    language: 'en',
    subject: null,
    body: `Please pay ${uid}.`,
    valuesJson: '[]',
    isEdited: false,
    attaches: null,
    balancePaise: amount,
    overduePaise: amount,
    creditPaise: rupees(0),
    parts: 1,
    estimateMicros: 120_000,
    dedupeKey: sha256Of(uid),
    forDay: TODAY,
    notBefore: MONDAY,
    expiresAt: MONDAY + 8 * HOUR,
    state: 'scheduled',
    createdAt: MONDAY,
    ...own,
    runId,
    purpose,
    bills:
      bill === undefined
        ? []
        : [
            {
              billId: bill.billId,
              number: null,
              billDay: day('2026-09-01'),
              dueDay: day('2026-10-01'),
              openPaise: amount,
              currency: null,
              foreignMinor: null,
            },
          ],
  });
  if (id === null) throw new Error('The message is there already.');
  return id;
}

/** A customer who owes one bill, with a mobile number of his own. */
export function aDebtor(
  tx: WriteTx,
  at: number,
  amount = 1000,
): { customerId: number; billId: number; amount: number } {
  const customerId = aCustomer(tx, `Customer ${at}`);
  tx.sqlite.prepare('update customers set phone = ? where id = ?').run(phoneOf(at), customerId);
  const billId = aBill(tx, customerId, { amount, billDay: '2026-09-01', dueDay: '2026-10-01' });
  return { customerId, billId, amount };
}

export function phoneOf(at: number): string {
  return `+9198765${String(10_000 + at)}`;
}

export function states(db: BookFile): Readonly<Record<string, number>> {
  const rows = db.read(({ sqlite }) =>
    sqlite.prepare<[], [string, number]>('select state, count(*) from messages group by state').raw().all(),
  );
  return Object.fromEntries(rows);
}

export function one(db: BookFile, messageId: number): MessageRow {
  const row = db
    .read((tx) => messagesIn(tx, stateOf(db, messageId), 100_000))
    .find(({ id }) => id === messageId);
  if (!row) throw new Error(`There is no message ${messageId}.`);
  return row;
}

export function stateOf(db: BookFile, messageId: number): MessageState {
  const state = db.read(({ sqlite }) =>
    sqlite.prepare<[number], MessageState>('select state from messages where id = ?').pluck().get(messageId),
  );
  if (state === undefined) throw new Error(`There is no message ${messageId}.`);
  return state;
}

/** What is told of a message, in order. */
export function kindsOf(db: BookFile, messageId: number): readonly string[] {
  return db.read(({ sqlite }) =>
    sqlite
      .prepare<[number], string>('select kind from message_events where message_id = ? order by id')
      .pluck()
      .all(messageId),
  );
}

/** Nothing goes on with these before a person has said something. */
export const withPerson: ReadonlySet<MessageState> = new Set([
  'awaiting-approval',
  'needs-person',
  'handed-to-user',
]);

/** Messages that are neither at an end nor with a person. */
export function unsettled(db: BookFile): readonly string[] {
  return Object.keys(states(db)).filter((state) => {
    const known = state as MessageState;
    return !isFinal(known) && !withPerson.has(known);
  });
}
