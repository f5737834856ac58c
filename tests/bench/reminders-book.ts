// A book of 50,000 open bills of 12,500 customers with a history of 30,000 messages, a gateway that counts, and a cadence
// that has something to say to ten thousand of them today. Written by SQLite itself.
import { day } from '#domain/days.ts';
import { paise } from '#domain/money.ts';
import { openEngine, type Engine } from '#engine/open-engine.ts';
import type { BookContext } from '#engine/services/door.ts';
import { contextOf } from '#engine/services/sync/keeper.ts';
import type { BookFile } from '#engine/storage/database.ts';
import { insertGateway, patchGateway } from '#engine/storage/gateways.ts';
import { insertTemplate } from '#engine/storage/templates.ts';
import { countingGateway } from '#tests/fakes/gateways/counting.ts';

/** What a book holds: each customer has four bills. */
export type Sizes = { readonly customers: number; readonly sent: number };
const FULL: Sizes = { customers: 12_500, sent: 30_000 };
const BILLS_EACH = 4;
/** Monday 2026-11-23, 10:00 in India. */
export const MONDAY = Date.UTC(2026, 10, 23, 4, 30);
export const TODAY = day('2026-11-23');

export type RemindersBench = {
  readonly engine: Engine;
  readonly db: BookFile;
  readonly book: () => BookContext;
  /** Moves with the machine's own clock, and further by hand. */
  readonly pass: (milliseconds: number) => void;
};

export async function benchBook(dataFolder: string, port: number): Promise<RemindersBench> {
  let ahead = 0;
  const begun = performance.now();
  const wish = {
    dataFolder,
    version: '0.0.0-bench',
    now: () => MONDAY + ahead + Math.floor(performance.now() - begun),
    onBug: (_: string, error: unknown) => process.stderr.write(`${String(error)}\n`),
    gateways: [countingGateway()],
    vaultKey: new Uint8Array(32).fill(7),
  };
  const made = await openEngine(wish);
  await made.client.books.create({ name: 'Gupta Traders' });
  fileOf(made).write((tx) => fillBook(tx, FULL));
  fileOf(made).write((tx) => addGateway(tx, port));
  fileOf(made).write((tx) => addTexts(tx, null));
  await addCadence(made);
  await made.close();
  const engine = await openEngine(wish);
  const db = fileOf(engine);
  const book = (): BookContext => {
    const now = contextOf(engine.context, db);
    if (!now) throw new Error('No book is open.');
    return now;
  };
  return { engine, db, book, pass: (milliseconds) => (ahead += milliseconds) };
}

export function fileOf(engine: Engine): BookFile {
  const open = engine.context.shelf.current();
  if (!open) throw new Error('No book is open.');
  return open.db;
}

/** Numbers that look thrown, and are the same in every run. */
const thrown = (factor: number, below: number): string => `((n.i * ${factor} + n.i / 7 * 7919) % ${below})`;
const count = (most: number): string =>
  `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${most})`;

export function fillBook({ sqlite }: Tx, { customers, sent }: Sizes): void {
  const of = `1 + (n.i - 1) / ${BILLS_EACH}`;
  sqlite.exec(`
    ${count(customers)} insert into customers
      (id, name, name_key, phone, email, language, created_at, source, source_key)
      select i, 'Sharma Traders ' || i, 'sharmatraders' || i, '+91 98' || printf('%08d', i),
             'accounts' || i || '@example.in', iif(i % 4 = 0, 'hi', 'en'), 0, 'bench', i from n;
    ${count(customers * BILLS_EACH)} insert into bills
      (id, customer_id, kind, number, bill_day, due_day, amount_paise, created_at, source, source_key)
      select i, ${of}, 'invoice', 'INV/26-27/' || i, date(due, '-30 days'), due, 10000 + ${thrown(104_729, 49_990_000)},
             0, 'bench', i
        from (select n.i, date('${TODAY}', (${thrown(331, 105)} - 100) || ' days') as due from n) n;
    ${count(customers)} insert into receipts
      (id, customer_id, receipt_day, amount_paise, created_at, source, source_key)
      select i, i, date('${TODAY}', '-' || (20 + ${thrown(53, 80)}) || ' days'), 5000, 0, 'bench', i from n;
    ${count(customers)} insert into allocations
      (bill_id, receipt_id, allocation_day, amount_paise, created_at, source, source_key)
      select i * 4, i, (select receipt_day from receipts where id = i), 5000, 0, 'bench', i from n;
    insert into reminder_runs (id, kind, run_day, state, created_at) values (1, 'single', '2026-08-01', 'done', 0);
    ${count(sent)} insert into messages
      (id, uid, run_id, customer_id, purpose, channel, is_automatic, address, to_name, language, body, values_json,
       is_edited, balance_paise, overdue_paise, credit_paise, dedupe_key, for_day, not_before, expires_at, state,
       created_at, sent_at, changed_at)
      select i, 'old-' || i, 1, 1 + ${thrown(331, customers)}, 'reminder', 'sms', 1, '+91980000' || i, 'Someone', 'en',
             'Please pay.', '[]', 0, 100, 100, 0, 'old-' || i,
             date('${TODAY}', '-' || (8 + ${thrown(17, 80)}) || ' days'), 0, 1, 'delivered', 0, 0, 0 from n;
    insert into message_bills (message_id, bill_id, number, bill_day, due_day, open_paise)
      select m.id, b.id, b.number, b.bill_day, b.due_day, b.amount_paise
        from messages m join bills b on b.customer_id = m.customer_id and b.id % 4 = m.id % 4;
    analyze;`);
}

type Tx = Parameters<typeof insertTemplate>[0];

export function addGateway(tx: Tx, port: number): void {
  const id = insertGateway(tx, {
    kind: 'sms-counting',
    channel: 'sms',
    name: 'Counting',
    fieldsJson: JSON.stringify({ port: String(port) }),
    isOn: true,
    place: 0,
    perMinute: 600_000,
    perDay: null,
    pricePerPartMicros: 120_000,
    gstBps: 1800,
    vaultName: 'gateway-bench',
    createdAt: 0,
  });
  patchGateway(tx, id, { reachedOwnerAt: 1 });
}

/** `dltJson`: how the texts are registered; null where the gateway asks for nothing. */
export function addTexts(tx: Tx, dltJson: string | null): void {
  const words = {
    en: 'Dear {{customer_name}}, {{bill_list}} of {{amount}} is overdue. {{business_name}}',
    hi: 'प्रिय {{customer_name}}, {{bill_list}} के {{amount}} बाकी हैं। {{business_name}}',
  } as const;
  for (const language of ['en', 'hi'] as const)
    insertTemplate(tx, {
      key: 'due',
      purpose: 'reminder',
      channel: 'sms',
      language,
      tone: 'plain',
      name: `Due ${language}`,
      subject: null,
      body: words[language],
      dltJson,
      vendorTemplateId: null,
      whatsappJson: null,
      isPaused: false,
      isStarter: false,
      version: 1,
      changedAt: 0,
    });
}

export async function addCadence(engine: Engine): Promise<void> {
  const { client } = engine;
  const { cadenceId } = await client.cadences.save({
    name: 'Standard',
    isOn: true,
    steps: [-3, 1, 7, 15, 30].map((days, at) => ({
      stepId: `step-${at + 1}`,
      anchor: 'due',
      days,
      channels: ['sms'],
      tone: at > 2 ? 'firm' : 'plain',
      templateKey: 'due',
      repeatEveryDays: at === 4 ? 7 : null,
      repeatMost: null,
      needsPerson: false,
      attaches: null,
    })),
    minimumPaise: paise(10_000),
    gapDays: 3,
    graceDays: 0,
    mostPerBill: 30,
    stopAfterDays: null,
    isAutomatic: false,
  });
  await client.cadences.assign({ scope: 'company', scopeKey: '', cadenceId });
  // As if it had been on for a year: rules never act backwards.
  fileOf(engine).write(({ sqlite }) =>
    sqlite.exec(
      `update cadences set active_from = '2025-11-01'; update cadence_assignments set active_from = '2025-11-01'`,
    ),
  );
}
