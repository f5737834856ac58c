// Who plays in the story of two desktops and one registry: two businesses with a book each, a third that only the registry
// knows, and one customer of all three.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { batcher, due } from '../builders/registry/batch.ts';
import { gstinOf, member, panOf } from '../builders/registry/member.ts';
import { addDays, day } from '../../src-domain/days.ts';
import { paise } from '../../src-domain/money.ts';
import { admit } from '../../src-registry/operator/acts.ts';
import { launchApp } from './app.ts';
import { askEngine, type Door } from './engine-door.ts';
import type { ServedRegistry } from './registry-server.ts';

type Bill = readonly [number: string, amountPaise: number, dueDay: string];
type Wish = {
  readonly name: string;
  readonly gstin?: string;
  readonly phone?: string;
  readonly bills: readonly Bill[];
};

/** Whom it is all about: a company with a telephone. */
export const deccan = {
  name: 'Deccan Retail Private Limited',
  gstin: gstinOf(7_701),
  mobile: '+919822012345',
  mobileShown: '+91 98220 12345',
} as const;

/** The three that are published; each look finds less of them. */
export const owed = {
  paid: ['AT/26-27/0418', 1_18_000_00, '2026-06-10'],
  disputed: ['AT/26-27/0733', 48_500_00, '2026-09-10'],
  left: ['AT/26-27/0801', 26_750_50, '2026-10-05'],
} as const satisfies Readonly<Record<string, Bill>>;

/** The whole rupees of the three, as they are typed. */
export const OWED_RUPEES = '193250';

const ashaOwes: readonly Wish[] = [
  { name: deccan.name, gstin: deccan.gstin, phone: deccan.mobile, bills: Object.values(owed) },
  // Each of these lacks something.
  {
    name: 'Kaveri Provision Store',
    phone: '9845012345',
    gstin: gstinOf(7_702, 'P'),
    bills: [['AT/26-27/0702', 36_400_00, '2026-09-01']],
  },
  {
    name: 'Narmada Textiles LLP',
    phone: '9845012346',
    gstin: gstinOf(7_703, 'F'),
    bills: [['AT/26-27/0955', 2_40_000_00, '2026-11-01']],
  },
  { name: 'Walk-in Contractor', bills: [['AT/26-27/0610', 9_999_00, '2026-08-20']] },
];

const bharatOwes: readonly Wish[] = [
  { name: 'Deccan Retail', gstin: deccan.gstin, phone: deccan.mobile, bills: [] },
  {
    name: 'Godavari Builders',
    phone: '9845012347',
    bills: [['BS/211', 64_300_00, '2026-11-20']],
  },
];

export const asha = {
  name: 'Asha Traders',
  gstin: gstinOf(7_001),
  phone: '9811111101',
  owed: ashaOwes,
} as const;
export const bharat = {
  name: 'Bharat Steel & Hardware',
  gstin: gstinOf(7_002),
  phone: '9811111102',
  owed: bharatOwes,
} as const;
export type Business = typeof asha | typeof bharat;

/** A business's own computer: its data folder stays from one day to another. */
export type Desk = {
  readonly dataDir: string;
  readonly remove: () => void;
};

export function desk(): Desk {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'baaki-story-'));
  return { dataDir, remove: () => rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 }) };
}

export type Window = { readonly app: ElectronApplication; readonly page: Page };

/** What went wrong in either window without anybody seeing it. */
export const windowErrors: string[] = [];

const switchedOn = new Set<ElectronApplication>();

/** Whatever is still on when a step has failed. */
export async function switchOffAll(): Promise<void> {
  for (const app of switchedOn) await switchOff({ app });
}

export async function switchOff({ app }: Pick<Window, 'app'>): Promise<void> {
  switchedOn.delete(app);
  await app.close();
}

export const DESK_SIZE = { width: 1366, height: 768 };

/** Switched on when it is as late as it is at the registry. */
export async function switchOn({ dataDir }: Desk, { registry }: ServedRegistry): Promise<Window> {
  const env = { BAAKI_CLOCK: String(registry.now()), TZ: 'Asia/Kolkata' };
  const app = await launchApp({ dataDir, lang: 'en', env });
  switchedOn.add(app);
  const page = await app.firstWindow();
  // The window's own clock, by which it says how long ago something was.
  await page.clock.setFixedTime(registry.now());
  page.on('pageerror', ({ message }) => windowErrors.push(message));
  page.on('console', (said) => {
    // The empty page from which the engine is asked is none.
    const isBare = said.location().url.endsWith('/nothing');
    if (said.type() === 'error' && !isBare) windowErrors.push(said.text());
  });
  await page.emulateMedia({ colorScheme: 'light' });
  await resize({ app, page }, DESK_SIZE);
  return { app, page };
}

export async function resize({ app, page }: Window, size: typeof DESK_SIZE): Promise<void> {
  const window = await app.browserWindow(page);
  await window.evaluate((target, to) => target.setContentSize(to.width, to.height), size);
}

/** What the business has written down before the story begins: through the engine's own contract, then back to the window. */
export async function fillBook({ page }: Window, business: Business): Promise<void> {
  const home = page.url();
  await askEngine(page, async (door) => {
    await door.books.create({ name: business.name });
    await door.business.save({ name: business.name, gstin: business.gstin, ownerPhone: business.phone });
    for (const wish of business.owed) await addCustomer(door, wish);
  });
  await page.goto(home);
}

async function addCustomer(door: Door, { bills, ...customer }: Wish): Promise<void> {
  const { customerId } = await door.customers.save(customer);
  for (const [number, amountPaise, dueDay] of bills) {
    const by = day(dueDay);
    const { id: billId } = await door.bills.save({
      customerId,
      number,
      amountPaise: paise(amountPaise),
      billDay: addDays(by, -30),
      dueDay: by,
    });
    // The signed challan of one is shown in the window itself.
    if (number !== owed.paid[0] && customer.gstin !== undefined)
      await door.registry.setEvidence({ billId, grade: 'doc', text: `Signed challan of ${number}` });
  }
}

/** The operator has looked the GSTIN up and called them: he knows the business. */
export async function admitKnown({ registry }: ServedRegistry, { name }: Business): Promise<void> {
  const [row] = await registry.store.rows<{ readonly member_no: number }>({
    text: 'SELECT member_no FROM member WHERE legal_name = $1',
    values: [name],
  });
  if (row === undefined) throw new Error(`${name} never joined.`);
  await admit(registry, row.member_no, { isKnown: true });
}

/** So many days at the registry, with what its jobs do in each: at eleven in the morning of the last one it stands again. */
export async function daysPass(served: ServedRegistry, days: number): Promise<void> {
  for (let day = 0; day < days; day += 1) {
    served.pass({ days: 1 });
    for (const job of served.jobs) await job.run(served.registry);
  }
}

/** One who reported a due of the same customer already, by another program than this one: ₹22,000, with a proof. */
export async function otherReporter(served: ServedRegistry): Promise<void> {
  const chetan = await member(served, { legalName: 'Chetan Cables' });
  const { member_id: memberId, device_id: deviceId } = chetan.member;
  const { origin, now } = served.registry;
  const { tokens } = await chetan.answer('blind', {
    body: { schema: 'blind.v1', kv: 'h1', ids: [{ kind: 'pan', value: panOf(deccan.gstin) }] },
  });
  const of = tokens[0];
  if (typeof of !== 'string') throw new Error('The blinder made no token.');
  const one = due({
    ref: 'CC/77',
    of,
    amountPaise: 22_000_00,
    invoiceDay: day('2026-09-01'),
    dueDay: day('2026-10-01'),
  });
  const contacts = [{ subject: of, mobile: deccan.mobile, email: null, lang: 'en' as const }];
  const { batch } = batcher({ origin, memberId, deviceId, key: chetan.key, now });
  await chetan.answer('sendBatch', { body: batch([one], { contacts }) });
}
