// What a member's book holds when much has happened, written straight into its file while the window is open on it: the
// window sees that another process wrote, and reads anew.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Report } from '#contract/registry/consents.ts';
import { toBase64Url } from '#domain/registry/bytes.ts';
import { signedText } from '#domain/registry/signed-bodies.ts';
import { gstinOf } from '../builders/registry/member.ts';
import type { ServedRegistry } from './registry-server.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FAMILIES =
  'Agarwal Banerjee Chettiar Desai Fernandes Gupta Iyer Jadhav Kapoor Malhotra Naidu Patel Reddy Sharma Thakkar'.split(
    ' ',
  );
const TRADES =
  'Agencies|Cables and Wires|Ceramics|Electricals|Enterprises|Garments|Hardware Stores|Paper Mart|Steel Traders|Textiles'.split(
    '|',
  );
const BILLS_EACH = 20;
export const READY_COUNT = FAMILIES.length * TRADES.length * BILLS_EACH;

type Book = { readonly db: DatabaseSync; readonly now: number };

/** The one book of a data folder; closed after `work`. */
export function inBook(dataDir: string, work: (db: DatabaseSync) => void): void {
  const folder = path.join(dataDir, 'books');
  const file = readdirSync(folder).find((name) => /\.(?:baaki|db|sqlite)$/.test(name));
  if (file === undefined) throw new Error('There is no book here.');
  const db = new DatabaseSync(path.join(folder, file), { timeout: 5_000 });
  try {
    db.exec('pragma foreign_keys = on; begin immediate');
    work(db);
    db.exec('commit');
  } finally {
    db.close();
  }
}

/** Everything that the screens of a member show. */
export function fillMemberBook(dataDir: string, { registry }: ServedRegistry): void {
  const now = registry.now();
  const signed = (body: Omit<Report, 'sig'>): string => {
    const sig = toBase64Url(registry.receiptKey.sign(Buffer.from(signedText(body), 'utf8')));
    return JSON.stringify({ ...body, sig });
  };
  inBook(dataDir, (db) => {
    const book = { db, now };
    addPublished(book);
    addReady(book);
    addBarred(book);
    addConsents(book, signed);
    // Nothing of this is at the registry: nobody asks it.
    db.prepare('update registry_membership set has_confirmed = 0, next_sync_at = ?').run(now + 400 * DAY_MS);
  });
}

type Customer = {
  readonly name: string;
  readonly gstin?: string | null;
  readonly phone?: string | null;
  readonly doNotChase?: string;
};

let customers = 0;

function addCustomer({ db, now }: Book, wish: Customer): number {
  customers += 1;
  const { name, gstin = null, phone = null, doNotChase = null } = wish;
  const made = db
    .prepare(
      `insert into customers (name, name_key, gstin, phone, do_not_chase_reason, created_at, source, source_key)
       values (?, ?, ?, ?, ?, ?, 'test', ?)`,
    )
    .run(name, name.toLowerCase(), gstin, phone, doNotChase, now, `screens-${customers}`);
  return Number(made.lastInsertRowid);
}

type Bill = {
  readonly customerId: number;
  readonly rupees: number;
  readonly dueDay?: string;
  readonly number?: string;
  readonly grade?: 'irp' | 'ack' | 'doc' | null;
};

let bills = 0;

function addBill({ db, now }: Book, wish: Bill): number {
  bills += 1;
  const { customerId, rupees, dueDay = '2026-08-14', grade = 'doc' } = wish;
  const number = wish.number ?? `AT/26-27/${String(bills).padStart(4, '0')}`;
  const made = db
    .prepare(
      `insert into bills (customer_id, kind, number, bill_day, due_day, amount_paise, created_at, source, source_key)
       values (?, 'invoice', ?, '2026-06-01', ?, ?, ?, 'test', ?)`,
    )
    .run(customerId, number, dueDay, rupees * 100, now, `screens-${bills}`);
  const billId = Number(made.lastInsertRowid);
  if (grade !== null)
    db.prepare('insert into registry_evidence (bill_id, grade, hash, at) values (?, ?, ?, ?)').run(
      billId,
      grade,
      String(billId).padStart(43, 'A'),
      now,
    );
  return billId;
}

/** Three thousand dues that nothing speaks against. */
function addReady(book: Book): void {
  FAMILIES.forEach((family, first) =>
    TRADES.forEach((trade, second) => {
      const at = first * TRADES.length + second;
      const customerId = addCustomer(book, {
        name: `${family} ${trade}`,
        gstin: gstinOf(3_000 + at, at % 3 === 0 ? 'F' : 'C'),
        phone: `98${String(20_000_000 + at)}`,
      });
      for (let bill = 0; bill < BILLS_EACH; bill += 1)
        addBill(book, {
          customerId,
          rupees: 1_250 + ((at * 7_919 + bill * 104_729) % 240_000),
          dueDay: `2026-0${7 + (bill % 3)}-${String(1 + ((at + bill) % 28)).padStart(2, '0')}`,
          grade: bill % 6 === 0 ? 'irp' : bill % 5 === 0 ? 'ack' : 'doc',
        });
    }),
  );
}

/** One for every reason that an owner meets. */
function addBarred(book: Book): void {
  const { db, now } = book;
  const person = addCustomer(book, {
    name: 'कावेरी किराना भंडार',
    gstin: gstinOf(3_501, 'P'),
    phone: '9845012345',
  });
  addBill(book, { customerId: person, rupees: 936_400 });
  const plain = { gstin: gstinOf(3_502), phone: '9845012346' };
  const unproven = addCustomer(book, { name: 'Narmada Textiles LLP', ...plain });
  addBill(book, { customerId: unproven, rupees: 940_000, grade: null });
  addBill(book, { customerId: unproven, rupees: 915_000, dueDay: '2026-11-01' });
  const unknown = addCustomer(book, { name: 'Walk-in Contractor' });
  addBill(book, { customerId: unknown, rupees: 909_999, grade: null });
  const marked = addCustomer(book, {
    name: 'Sabarmati Ispat Private Limited',
    gstin: gstinOf(3_503),
    phone: '9845012347',
  });
  addBill(book, { customerId: marked, rupees: 988_000 });
  db.prepare('insert into registry_do_not_publish (customer_id, at) values (?, ?)').run(marked, now);
  const oneBill = addCustomer(book, {
    name: 'Tungabhadra Motors',
    gstin: gstinOf(3_504),
    phone: '9845012348',
  });
  const billId = addBill(book, { customerId: oneBill, rupees: 977_000 });
  db.prepare('insert into registry_do_not_publish_bills (bill_id, at) values (?, ?)').run(billId, now);
  const mourning = addCustomer(book, {
    name: 'Mahanadi Timber',
    gstin: gstinOf(3_505),
    phone: '9845012349',
    doNotChase: 'The owner’s family asked for time until the month’s end.',
  });
  addBill(book, { customerId: mourning, rupees: 966_000 });
}

type Published = {
  readonly visibility?: string | null;
  readonly visibleFrom?: string;
  readonly state?: string;
  readonly errorCode?: string;
  readonly notice?: string;
  readonly holdHours?: number;
  readonly sentDaysAgo?: number;
  readonly dispute?: readonly [reason: string, state: string, answerBy: string | null];
};

/** One of each kind that the registry may make of a due. */
const PUBLISHED: readonly Published[] = [
  { holdHours: 22 },
  { holdHours: 0.6 },
  { holdHours: -1 },
  { visibility: 'notice-pending', sentDaysAgo: 1 },
  { visibility: 'notice-pending', sentDaysAgo: 3, notice: 'failed' },
  { visibility: 'notice-running', visibleFrom: '2026-12-12', sentDaysAgo: 1, notice: 'sent' },
  { visibility: 'visible', sentDaysAgo: 30, notice: 'delivered' },
  { visibility: 'visible', sentDaysAgo: 31, notice: 'delivered' },
  { visibility: 'masked', sentDaysAgo: 30, dispute: ['already_paid', 'open', '2026-11-24'] },
  { visibility: 'masked', sentDaysAgo: 30, dispute: ['goods_defective', 'open', '2026-11-22'] },
  { visibility: 'masked', sentDaysAgo: 30, dispute: ['not_mine', 'open', '2026-11-20'] },
  { visibility: 'masked', sentDaysAgo: 30, dispute: ['amount_wrong', 'contested', null] },
  { visibility: 'suppressed', sentDaysAgo: 30, dispute: ['in_litigation', 'resolved_for_debtor', null] },
  { visibility: 'visible', sentDaysAgo: 30, state: 'settled' },
  { visibility: 'visible', sentDaysAgo: 30, state: 'written_off' },
  { visibility: 'stale', sentDaysAgo: 70 },
  { visibility: 'held', sentDaysAgo: 2 },
  { errorCode: 'evidence_reused' },
  { errorCode: 'entity_wrong' },
  { errorCode: 'pan_needed' },
  { errorCode: 'token_unknown' },
  { visibility: 'gone', sentDaysAgo: 40, state: 'withdrawn' },
];
export const PUBLISHED_COUNT = PUBLISHED.length;
/** The customer of all of them, entered before all others. */
export const PUBLISHED_CUSTOMER_ID = 1;

function addPublished(book: Book): void {
  const customerId = addCustomer(book, {
    name: 'Deccan Retail Private Limited',
    gstin: gstinOf(3_600),
    phone: '9822012345',
  });
  PUBLISHED.forEach((one, at) => {
    const billId = addBill(book, { customerId, rupees: 12_500 + at * 9_417, number: `AT/25-26/${900 + at}` });
    addDue(book, billId, { ...one, at });
  });
}

function addDue({ db, now }: Book, billId: number, wish: Published & { readonly at: number }): void {
  const { visibility = null, state = 'open', errorCode = null, holdHours, sentDaysAgo, dispute, at } = wish;
  const { visibleFrom = null, notice = null } = wish;
  const sentAt = sentDaysAgo === undefined ? null : now - sentDaysAgo * DAY_MS;
  const isSaid = holdHours === undefined;
  const rupees = 12_500 + at * 9_417;
  const open = state === 'settled' ? 0 : rupees * 100;
  const stated = {
    state,
    invoiceDay: '2026-06-01',
    dueDay: '2026-08-14',
    amountPaise: rupees * 100,
    openPaise: open,
  };
  const ref = `screens${at}`.padEnd(22, 'A');
  const made = db
    .prepare(
      `insert into registry_dues (bill_id, due_ref, salt, subject, state, stated, stated_open_paise, evidence, evidence_hash,
         rev, epoch, published_at, hold_until, withdrawn_at, sent_rev, sent_at, visibility, visible_from, notice, error_code)
       values (?, ?, ?, '', ?, ?, ?, 'doc', ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      billId,
      ref,
      ref,
      state,
      isSaid ? JSON.stringify({ ...stated, settledDay: state === 'settled' ? '2026-11-20' : null }) : null,
      open,
      'A'.repeat(43),
      isSaid ? 1 : 0,
      (sentAt ?? now - 2 * HOUR_MS) - DAY_MS + at * 60_000,
      now + (holdHours ?? -48) * HOUR_MS,
      state === 'withdrawn' ? now - DAY_MS : null,
      isSaid ? 1 : null,
      sentAt,
      visibility,
      visibleFrom,
      notice,
      errorCode,
    );
  if (dispute === undefined) return;
  const [reason, disputeState, answerBy] = dispute;
  db.prepare(
    'insert into registry_disputes (dispute_id, due_id, reason, state, opened_at, answer_by) values (?, ?, ?, ?, ?, ?)',
  ).run(`screens-${at}`, made.lastInsertRowid, reason, disputeState, now - (at - 5) * DAY_MS, answerBy);
}

/** Prospects of whom nobody, one, two and four members report. */
const REPORTERS = [0, 1, 2, 4] as const;

function addConsents({ db, now }: Book, signed: (body: Omit<Report, 'sig'>) => string): void {
  const states: readonly (readonly [
    name: string,
    purpose: string,
    state: string,
    assurance: string | null,
  ])[] = [
    ...REPORTERS.map((n) => [`Prospect of ${n}`, 'TC01', 'used', n === 0 ? 'A3' : 'A2'] as const),
    ['Anand Cloth House', 'TC01', 'granted', 'A2'],
    ['Rehman Traders', 'TC01', 'sent', 'A1'],
    ['Iqbal Enterprises', 'TC01', 'held', 'A0'],
    ['Das Brothers', 'TC01', 'denied', 'A2'],
    ['कावेरी किराना भंडार', 'TC02', 'granted', 'A2'],
    ['Old Bazaar Stores', 'TC01', 'expired', null],
    ['Waiting Mills', 'TC01', 'queued', null],
  ];
  states.forEach(([name, purpose, state, assurance], at) => {
    const id = `0192${String(at).padStart(4, '0')}-0000-7000-8000-000000000000`;
    const expires = purpose === 'TC02' ? '2029-11-21' : '2026-12-06';
    db.prepare(
      `insert into registry_consents (consent_id, customer_id, name, identifiers, contact, purpose, state, assurance,
         with_trend, language, asked_at, expires_day) values (?, null, ?, '[]', '{}', ?, ?, ?, 1, 'en', ?, ?)`,
    ).run(id, name, purpose, state, assurance, now - (at + 1) * HOUR_MS, expires);
    const look = db.prepare('insert into registry_looks (at, what, name, consent_id) values (?, ?, ?, ?)');
    look.run(now - (at + 1) * HOUR_MS, 'asked', name, id);
    const n = REPORTERS[at];
    if (n === undefined) return;
    look.run(now - at * HOUR_MS, 'checked', name, id);
    db.prepare(
      `insert into registry_checks (check_id, consent_id, name, report, valid_until, at) values (?, ?, ?, ?, '2026-12-22', ?)`,
    ).run(`check-${at}`, id, name, signed(reportWith(n)), now - at * HOUR_MS);
  });
}

/** As the registry tells it: fewer facts where fewer report. */
function reportWith(n: (typeof REPORTERS)[number]): Omit<Report, 'sig'> {
  const isRecord = n > 0;
  return {
    schema: 'report.v1',
    check_id: '01920000-0000-7000-8000-000000000000',
    consent_id: '01920000-0000-7000-8000-000000000000',
    result: isRecord ? 'record' : 'no_record',
    as_of: '2026-11-22',
    valid_until: '2026-12-22',
    kv: 'h1',
    match: { keys: [n === 1 ? 'mobile' : 'pan'], strength: n === 1 ? 'weak' : 'strong', branches: n },
    reporting_members: { n, verified: n, since: n > 1 ? '2025-02' : null },
    outstanding: { band: isRecord ? '1L-5L' : '0', currency: 'INR' },
    overdue: { band: isRecord ? '50k-1L' : '0' },
    oldest_dpd: isRecord ? '61-90' : '0',
    worst_dpd_24m: n > 1 ? '91-180' : null,
    settled_ratio: n > 1 ? { by_count: 0.86, by_value_band: '80-90', median_days_late: '1-30' } : null,
    trend_24m: n > 2 ? '---000111223311000122344'.split('') : null,
    disputes: { open: n > 1 ? 1 : 0, resolved_for_debtor: n > 2 ? 2 : 0, resolved_for_reporter: 0 },
    evidence: n > 1 ? { irp: 0.7, ack: 0.1, doc: 0.2, claim: 0 } : { irp: 0, ack: 0, doc: 0, claim: 0 },
    legal: { written_off: n > 2 ? 1 : 0, withdrawn: n > 2 ? 1 : 0 },
    suppressed: n === 1 ? ['trend', 'ratio', 'details'] : n === 2 ? ['trend'] : [],
    reason: n === 1 ? 'fewer_than_2_reporters' : n === 2 ? 'fewer_than_3_reporters' : null,
    text: 'Facts that members reported, not a rating.',
    log: { checkpoint: '' },
  };
}
