import Database from 'better-sqlite3';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ended, tethered } from '../processes.ts';

const TABLES = '/usr/share/doc/gammu-smsd/examples/sqlite.sql';
const NEEDS = ['/usr/bin/gammu-smsd', TABLES, '/usr/lib/x86_64-linux-gnu/dbd/libdbdsqlite3.so'] as const;

export type GammuPeer = {
  readonly file: string;
  /** A customer's phone writes. */
  readonly write: (from: string, text: string) => void;
  /** The operator says that the last message to a number arrived. */
  readonly confirm: (to: string) => void;
  readonly stop: () => Promise<void>;
};

/** Why Gammu cannot be started here; null = it can. */
export function gammuMissing(): string | null {
  if (process.platform !== 'linux') return 'gammu-smsd is started on Linux only';
  return NEEDS.every((one) => existsSync(one))
    ? null
    : 'Debian packages missing: gammu, gammu-smsd, libdbd-sqlite3';
}

/** Gammu's daemon with its dummy phone: what it sends is "sent", what lies in a folder has come. */
export function startGammu(): GammuPeer {
  const folder = mkdtempSync(path.join(tmpdir(), 'baaki-gammu-'));
  const file = path.join(folder, 'smsd.db');
  const phone = path.join(folder, 'phone');
  mkdirSync(phone);
  const db = new Database(file);
  db.exec(readFileSync(TABLES, 'utf8'));
  db.close();
  const rc = path.join(folder, 'smsdrc');
  writeFileSync(rc, smsdrcOf(folder));
  const daemon = tethered('/usr/bin/gammu-smsd', ['-c', rc]);
  let count = 0;
  const drop = (lines: Readonly<Record<string, string>>, text: string): void => {
    const hex = Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();
    const all = {
      ...lines,
      Class: '-1',
      Folder: '1',
      State: 'UnRead',
      Length: String(text.length),
      Text00: hex,
    };
    const body = Object.entries(all)
      .map(([key, value]) => `${key} = ${value}`)
      .join('\n');
    mkdirSync(path.join(phone, 'sms', '1'), { recursive: true });
    count += 1;
    writeFileSync(path.join(phone, 'sms', '1', String(count)), `; x\n\n[SMSBackup000]\n${body}\n`);
  };
  return {
    file,
    write: (from, text) =>
      drop(
        {
          PDU: 'Deliver',
          DateTime: stamp(),
          SMSC: '"+919800000000"',
          Number: `"${from}"`,
          Coding: 'Unicode',
        },
        text,
      ),
    confirm: (to) =>
      drop(
        {
          PDU: 'Status_Report',
          DateTime: stamp(),
          SMSCTime: stamp(),
          DeliveryStatus: '0',
          MessageReference: '255',
          SMSC: '"123456"',
          Number: `"${to}"`,
          Coding: 'Default_No_Compression',
        },
        'Delivered',
      ),
    stop: async () => {
      await ended(daemon);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** '20261122T171500' of this machine's own clock, as phones write it. */
function stamp(): string {
  return new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium' })
    .format(Date.now())
    .replaceAll(/[-:]/g, '')
    .replace(' ', 'T');
}

function smsdrcOf(folder: string): string {
  return `[gammu]
port = ${folder}/phone
connection = none
model = dummy

[smsd]
service = sql
driver = sqlite3
database = smsd.db
dbdir = ${folder}
logfile = ${folder}/smsd.log
deliveryreport = log
commtimeout = 1
sendtimeout = 2
loopsleep = 1
receivefrequency = 1
statusfrequency = 1
`;
}
