import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { PlannedRow } from '#contract/engine/reminders.ts';
import { addDays, type Day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import type { MessageLanguage } from '#domain/reminders/languages.ts';
import type { Channel } from '#domain/reminders/words.ts';
import type { Gateway, MessageChannel } from '#engine/adapters/message-ports.ts';
import { openEngine, type Engine } from '#engine/open-engine.ts';
import type { BookContext } from '#engine/services/door.ts';
import { insertCustomer } from '#engine/storage/customers.ts';
import type { BookFile } from '#engine/storage/database.ts';
import { insertGateway, patchGateway } from '#engine/storage/gateways.ts';
import { insertTemplate } from '#engine/storage/templates.ts';
import { fileOf } from '#tests/builders/facts.ts';
import { expect, onTestFinished } from 'vitest';

/** Monday 2026-11-23, 10:00 in India. */
export const MONDAY = '2026-11-23' as Day;
const MONDAY_MS = Date.UTC(2026, 10, 23);
const INDIA_MS = 5.5 * 3_600_000;

export type RemindersBook = Engine & {
  readonly db: BookFile;
  /** Sets the clock to a minute of a day in India. */
  readonly goTo: (daysAfterMonday: number, clock?: string) => void;
  readonly gateways: Readonly<Record<'sms' | 'email' | 'whatsapp', number>>;
  readonly plan: (day?: Day) => ReturnType<Engine['client']['reminders']['plan']>;
  /** The row of a customer in a plan; fails where there is none. */
  readonly rowOf: (customerId: number, day?: Day) => Promise<PlannedRow>;
  /** Why a customer gets nothing; null where he gets something or owes nothing. */
  readonly silenceOf: (customerId: number, day?: Day) => Promise<string | null>;
};

const silent: MessageChannel = {
  check: () => Promise.resolve([]),
  preflight: () => [],
  send: () => Promise.resolve({ ok: true, providerId: null, state: 'accepted', parts: 1, costMicros: null }),
  close: () => Promise.resolve(),
};

/** A gateway that takes everything and tells nobody. */
function quietGateway(channel: Channel): Gateway {
  const words = { en: channel, hi: channel };
  return {
    describe: {
      kind: `${channel}-quiet`,
      channel,
      name: words,
      about: words,
      fields: [],
      capabilities: {
        charsMost: null,
        pullsStatus: 'no',
        pullsInbound: false,
        isIdempotent: true,
        canFind: false,
        takesAttachments: true,
        lookBackDays: null,
        perMinute: 600,
        perDay: null,
        dlt: 'none',
        needsInternet: false,
      },
    },
    open: () => silent,
  };
}

/** A book with texts in two languages, a price on SMS, and nobody in it; Monday at ten in the morning. */
export async function remindersBook(): Promise<RemindersBook> {
  let now = 0;
  const goTo = (days: number, clock = '10:00'): void => {
    const [hours = 0, minutes = 0, seconds = 0] = clock.split(':').map(Number);
    const ofDay = ((hours * 60 + minutes) * 60 + seconds) * 1000;
    now = MONDAY_MS + days * 86_400_000 + ofDay - INDIA_MS;
  };
  goTo(0);
  const dataFolder = mkdtempSync(path.join(os.tmpdir(), 'baaki-reminders-'));
  const gateways = (['sms', 'email', 'whatsapp'] as const).map(quietGateway);
  const engine = await openEngine({ dataFolder, version: '0.0.0-test', now: () => now, gateways });
  onTestFinished(async () => {
    await engine.close();
    rmSync(dataFolder, { recursive: true, force: true });
  });
  await engine.client.books.create({ name: 'Gupta Traders' });
  const db = fileOf(engine);
  const plan: RemindersBook['plan'] = (day) => engine.client.reminders.plan(day === undefined ? {} : { day });
  return {
    ...engine,
    db,
    goTo,
    gateways: addGateways(db),
    plan,
    rowOf: async (customerId, day) => {
      const { rows, silences } = await plan(day);
      const own = rows.filter((row) => row.customerId === customerId);
      expect(own, JSON.stringify(silences)).toHaveLength(1);
      const [row] = own;
      if (row === undefined) throw new Error('No row.');
      return row;
    },
    silenceOf: async (customerId, day) => {
      const { silences } = await plan(day);
      return silences.find((one) => one.customerId === customerId)?.reason ?? null;
    },
  };
}

function addGateways(db: BookFile): RemindersBook['gateways'] {
  return db.write((tx) => {
    const add = (channel: 'sms' | 'email' | 'whatsapp'): number => {
      const id = insertGateway(tx, {
        kind: `${channel}-quiet`,
        channel,
        name: `My ${channel}`,
        fieldsJson: '{}',
        isOn: true,
        place: 0,
        perMinute: 600,
        perDay: null,
        pricePerPartMicros: channel === 'sms' ? 200_000 : null,
        gstBps: 1800,
        vaultName: `gateway-${channel}`,
        createdAt: 0,
      });
      patchGateway(tx, id, { reachedOwnerAt: 1 });
      return id;
    };
    const ids = { sms: add('sms'), email: add('email'), whatsapp: add('whatsapp') };
    for (const channel of ['sms', 'email', 'letter'] as const) {
      addText(tx, {
        channel,
        language: 'en',
        body: 'Dear {{customer_name}}, {{amount}} is due for {{bill_list}}. {{business_name}}',
      });
      addText(tx, {
        channel,
        language: 'hi',
        body: '{{customer_name}} जी, {{bill_list}} के {{amount}} बाकी हैं। {{business_name}}',
      });
    }
    return ids;
  });
}

type TextWish = {
  readonly channel: Channel;
  readonly language: MessageLanguage;
  readonly body: string;
  readonly key?: string;
  readonly purpose?: 'reminder' | 'thanks' | 'notice' | 'reply';
};

export function addText(tx: Parameters<typeof insertTemplate>[0], wish: TextWish): number {
  const hasSubject = wish.channel === 'email' || wish.channel === 'letter';
  return insertTemplate(tx, {
    key: wish.key ?? 'due',
    purpose: wish.purpose ?? 'reminder',
    channel: wish.channel,
    language: wish.language,
    tone: 'plain',
    name: `${wish.key ?? 'due'} ${wish.channel} ${wish.language}`,
    subject: hasSubject ? 'Your bills with {{business_name}}' : null,
    body: wish.body,
    dltJson: null,
    vendorTemplateId: null,
    whatsappJson: null,
    isPaused: false,
    isStarter: false,
    version: 1,
    changedAt: 0,
  });
}

let lastKey = 0;

export type PersonWish = {
  readonly name?: string;
  readonly phone?: string | null;
  readonly email?: string | null;
  readonly address?: string | null;
  readonly language?: MessageLanguage;
};

export function person(book: RemindersBook, wish: PersonWish = {}): number {
  lastKey += 1;
  const name = wish.name ?? `Customer ${lastKey}`;
  return book.db.write((tx) =>
    insertCustomer(tx, {
      name,
      nameKey: name.toLowerCase().replaceAll(' ', ''),
      phone: wish.phone === undefined ? `+91 98${String(20_000_000 + lastKey).padStart(8, '0')}` : wish.phone,
      email: wish.email ?? null,
      address: wish.address ?? null,
      language: wish.language ?? null,
      createdAt: 0,
      source: 'test',
      sourceKey: `person-${lastKey}`,
    }),
  );
}

type StepWish = {
  readonly days: number;
  readonly channels?: readonly Channel[];
  readonly needsPerson?: boolean;
  readonly repeatEveryDays?: number;
  readonly anchor?: 'due' | 'bill' | 'month-end' | 'previous';
};

export type CadenceWish = {
  readonly name?: string;
  readonly steps?: readonly StepWish[];
  readonly isAutomatic?: boolean;
  readonly minimumPaise?: number;
  readonly gapDays?: number;
};

/** A cadence that is on; the day after the due day and a week later, by SMS, unless told otherwise. */
export async function cadence(book: RemindersBook, wish: CadenceWish = {}): Promise<number> {
  const steps = wish.steps ?? [{ days: 1 }, { days: 8 }];
  const { cadenceId } = await book.client.cadences.save({
    name: wish.name ?? 'Usual',
    isOn: true,
    steps: steps.map((step, at) => ({
      stepId: `${wish.name ?? 'usual'}-${at + 1}`,
      anchor: step.anchor ?? 'due',
      days: step.days,
      channels: [...(step.channels ?? ['sms'])],
      tone: 'plain',
      templateKey: 'due',
      repeatEveryDays: step.repeatEveryDays ?? null,
      repeatMost: null,
      needsPerson: step.needsPerson ?? false,
      attaches: null,
    })),
    minimumPaise: paise(wish.minimumPaise ?? 0),
    gapDays: wish.gapDays ?? 0,
    graceDays: 0,
    mostPerBill: null,
    stopAfterDays: null,
    isAutomatic: wish.isAutomatic ?? false,
  });
  return cadenceId;
}

/** The cadence of the whole company. */
export async function companyCadence(book: RemindersBook, wish: CadenceWish = {}): Promise<number> {
  const cadenceId = await cadence(book, wish);
  await book.client.cadences.assign({ scope: 'company', scopeKey: '', cadenceId });
  return cadenceId;
}

export function dayAfterMonday(days: number): Day {
  return addDays(MONDAY, days);
}

/** The context of a call that comes in now. */
export function contextOf(book: RemindersBook): BookContext {
  const open = book.context.shelf.current();
  if (!open) throw new Error('No book is open.');
  const { db, book: row, bookId } = open;
  return {
    ...book.context,
    db,
    book: row,
    bookId,
    today: book.context.dayAt(book.context.now(), row.timeZone),
  };
}
