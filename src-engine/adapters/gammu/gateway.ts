import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { check } from '../../transport/checks.ts';
import type {
  Gateway,
  GatewayCheck,
  GatewayConfig,
  MessageChannel,
  OutgoingMessage,
  Pulled,
  SendOutcome,
  SentMark,
  StatusNews,
} from '../message-ports.ts';
import { describe } from './describe.ts';
import { readInbox } from './inbox.ts';
import { partsOf } from './parts.ts';

// Gammu's daemon and we share its SQLite file (docs/gateways.md 2.12): a row in `outbox` is a message, and our id stays
// with it as CreatorID when the daemon moves it to `sentitems`. So handing the same message over twice makes one.

const STATES: Readonly<Record<string, StatusNews['state']>> = {
  SendingOK: 'sent',
  SendingOKNoReport: 'sent',
  DeliveryPending: 'sent',
  DeliveryUnknown: 'sent',
  DeliveryOK: 'delivered',
  DeliveryFailed: 'undelivered',
  SendingError: 'rejected',
  Error: 'rejected',
};
const WAIT_MS = 5_000;

export const gateways: readonly Gateway[] = [{ describe, open: openGammu }];

export function openGammu({ fields }: GatewayConfig): MessageChannel {
  const file = fields['file'] ?? '';
  return {
    check: () => Promise.resolve(checkFile(file)),
    preflight: () => [],
    send: (message) => Promise.resolve(send(file, message)),
    pull: (sent) => Promise.resolve(within(file, (db) => newsOf(db, sent))),
    pullInbound: (cursor) => Promise.resolve(within(file, (db) => readInbox(db, cursor))),
    find: (mark) =>
      Promise.resolve(
        within(file, (db) =>
          isThere(db, mark.uid) ? { providerId: mark.uid, state: 'accepted' as const } : null,
        ),
      ),
    close: () => Promise.resolve(),
  };
}

/** Opened for each use: the daemon writes at the same time, and a lock must never be held. */
function within<T>(file: string, use: (db: Database.Database) => T): Pulled<T> {
  if (!existsSync(file))
    return { ok: false, errorClass: 'account-config', code: 'NO-FILE', detail: 'The file is not there.' };
  try {
    const db = new Database(file, { timeout: WAIT_MS, fileMustExist: true });
    try {
      return { ok: true, value: use(db) };
    } finally {
      db.close();
    }
  } catch (error) {
    const code = error instanceof Database.SqliteError ? error.code : 'BROKEN';
    const isBusy = code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED');
    const errorClass = isBusy ? 'transient-before-send' : 'account-config';
    return { ok: false, errorClass, code, detail: 'Gammu’s file could not be used.' };
  }
}

function send(file: string, message: OutgoingMessage): SendOutcome {
  const done = within(file, (db) =>
    // One transaction: what is committed is handed over, what is not never was.
    db.transaction(() => {
      if (!isThere(db, message.uid)) put(db, message);
    })(),
  );
  if (!done.ok) return { ...done, phase: 'not-connected', retryAfterSeconds: null };
  const { length } = partsOf(message.text).parts;
  return { ok: true, providerId: message.uid, state: 'accepted', parts: length, costMicros: null };
}

function isThere(db: Database.Database, uid: string): boolean {
  const sql =
    'select 1 from outbox where CreatorID = @uid union select 1 from sentitems where CreatorID = @uid';
  return db.prepare(sql).get({ uid }) !== undefined;
}

function put(db: Database.Database, message: OutgoingMessage): void {
  const { coding, parts } = partsOf(message.text);
  const [first] = parts;
  const { lastInsertRowid } = db
    .prepare(
      `insert into outbox (DestinationNumber, TextDecoded, Coding, UDH, MultiPart, DeliveryReport, CreatorID, Class)
         values (@to, @text, @coding, @udh, @isMany, 'yes', @uid, -1)`,
    )
    .run({
      to: message.to,
      text: first?.text ?? '',
      coding,
      udh: first?.udh ?? null,
      isMany: parts.length > 1 ? 'true' : 'false',
      uid: message.uid,
    });
  const more = db.prepare(
    `insert into outbox_multipart (ID, SequencePosition, TextDecoded, Coding, UDH, Class)
       values (@id, @position, @text, @coding, @udh, -1)`,
  );
  parts.slice(1).forEach(({ text, udh }, place) => {
    more.run({ id: lastInsertRowid, position: place + 2, text, coding, udh });
  });
}

type SentRow = { readonly uid: string; readonly status: string; readonly partCount: number };

function newsOf(db: Database.Database, sent: readonly SentMark[]): readonly StatusNews[] {
  const rows = db.prepare<[string], SentRow>(
    'select CreatorID as uid, Status as status, count(*) over () as partCount from sentitems where CreatorID = ?',
  );
  return sent.flatMap((mark) => {
    const parts = rows.all(mark.uid);
    // A message is as far as the part of it that is least far; one that failed, failed.
    const states = parts.map(({ status }) => STATES[status]).filter((state) => state !== undefined);
    const worst = (['rejected', 'undelivered', 'sent', 'delivered'] as const).find((state) =>
      states.includes(state),
    );
    if (!worst || states.length < parts.length) return [];
    const hasFailed = worst === 'rejected' || worst === 'undelivered';
    return [
      {
        uid: mark.uid,
        providerId: mark.uid,
        state: worst,
        at: null,
        errorClass: hasFailed ? ('recipient-temporary' as const) : null,
        code: hasFailed ? (parts.find(({ status }) => STATES[status] === worst)?.status ?? null) : null,
        detail: '',
        parts: parts.length,
        costMicros: null,
      },
    ];
  });
}

type PhoneRow = { readonly battery: number; readonly signal: number; readonly isLate: number };

function checkFile(file: string): readonly GatewayCheck[] {
  const found = within(file, (db) =>
    db
      .prepare<[], PhoneRow>(
        `select Battery as battery, Signal as signal, TimeOut < datetime('now', 'localtime', '-60 seconds') as isLate
           from phones order by UpdatedInDB desc limit 1`,
      )
      .get(),
  );
  if (!found.ok) {
    return [
      check('settings', 'failed', {
        en: 'Gammu’s database cannot be opened. Enter the path that gammu-smsdrc names under “database”.',
        hi: 'Gammu का डेटाबेस नहीं खुला। gammu-smsdrc में “database” वाला पता डालें।',
      }),
    ];
  }
  const opened = check('settings', 'ok', { en: 'Gammu’s database is there.', hi: 'Gammu का डेटाबेस मिला।' });
  if (!found.value || found.value.isLate === 1) {
    return [
      opened,
      check('connect', 'warning', {
        en: 'No phone or modem has reported lately. Is gammu-smsd running, and the modem plugged in?',
        hi: 'कोई फ़ोन या modem हाल में नहीं दिखा। क्या gammu-smsd चल रहा है और modem लगा है?',
      }),
    ];
  }
  const { battery, signal } = found.value;
  return [
    opened,
    check('connect', 'ok', {
      en: `The modem is there: signal ${signal} %, battery ${battery} %.`,
      hi: `Modem मिला: सिग्नल ${signal} %, बैटरी ${battery} %.`,
    }),
  ];
}
