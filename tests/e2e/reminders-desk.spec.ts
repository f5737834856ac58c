// The desk where reminders are worked on by hand, with data on it: letters, calls, WhatsApp by hand, what became of each
// message, replies, payments to confirm, lists, costs, and one customer's card.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { startFakeRazorpay, type FakeRazorpay } from '../fakes/gateways/razorpay.ts';
import { startFakeTwilio, TWILIO_FROM, type FakeTwilio } from '../fakes/gateways/twilio.ts';
import { expect as hard, repo, test as base } from './app.ts';
import {
  beginMonday,
  FRIDAY,
  hearReplies,
  MONDAY,
  MONDAY_EARLY,
  openShop,
  people,
  sendOnFriday,
  type Ids,
} from './desk-book.ts';
import { withEngine } from './engine-door.ts';

const expect = hard.configure({ soft: Boolean(process.env['B1SOFT']) });
type Shop = { ids: Ids | undefined; readonly twilio: FakeTwilio; readonly razorpay: FakeRazorpay };

const test = base.extend<{ readonly shop: Shop }>({
  env: { BAAKI_CLOCK: String(MONDAY) },
  windowSize: { width: 1366, height: 768 },
  shop: async ({}, use) => {
    const twilio = await startFakeTwilio();
    const razorpay = await startFakeRazorpay();
    await use({ ids: undefined, twilio, razorpay });
    await Promise.all([twilio.close(), razorpay.close()]);
  },
  // Made before the window opens on it.
  dataDir: async ({ dataDir, lang, shop }, use) => {
    const at = (clock: number) => ({ dataDir, lang, env: { BAAKI_CLOCK: String(clock) } });
    await withEngine(at(FRIDAY), async (door) => {
      const ids = await openShop(door, shop);
      shop.ids = ids;
      await sendOnFriday(door, ids, shop.twilio);
    });
    await withEngine(at(MONDAY_EARLY), async (door) => {
      if (shop.ids) await beginMonday(door, shop.ids, shop);
      await hearReplies(door, shop.twilio);
    });
    await use(dataDir);
  },
});

const folder = path.join(repo, 'test-results/screens');
const isLooking = Boolean(process.env['BAAKI_SHOTS']);
let shot = 0;
async function look(page: Page, name: string): Promise<void> {
  if (!isLooking) return;
  await page.waitForTimeout(500);
  mkdirSync(folder, { recursive: true });
  const number = String((shot += 1)).padStart(2, '0');
  await page.screenshot({ path: path.join(folder, `desk-${number}-${name}.png`) });
}

/** The system's browser and its dialogs cannot be pressed by a test: they answer at once, and keep what they were asked. */
async function answerFor(app: ElectronApplication, savedAs: string): Promise<() => Promise<string[]>> {
  await app.evaluate(({ dialog, shell }, filePath) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
    Object.assign(shell, { openExternal: (url: string) => Promise.resolve(void opened.push(url)) });
  }, savedAs);
  return () => app.evaluate(() => Reflect.get(globalThis, 'opened') as string[]);
}

async function go(page: Page, route: string): Promise<void> {
  await page.evaluate((hash) => (location.hash = hash), `#${route}`);
}
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });

test('what waits for hands is worked through: WhatsApp, calls, letters', async ({ app, page, dataDir }) => {
  test.setTimeout(120_000);
  const opened = await answerFor(app, path.join(dataDir, 'letters.pdf'));
  await page.clock.setFixedTime(MONDAY + 60_000);
  await go(page, '/reminders?tab=by-hand');
  await expect(page.getByText('WhatsApp to send (2)')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('heading', { name: 'Indira Provision Store' })).toBeVisible();
  await look(page, 'by-hand-whatsapp');
  await button(page, 'Open in WhatsApp').click();
  await expect
    .poll(opened)
    .toEqual([expect.stringMatching(/^https:\/\/wa\.me\/919876500021\?text=Dear%20Indira/)]);
  await look(page, 'by-hand-whatsapp-opened');
  await button(page, 'I pressed send').click();
  await expect(page.getByRole('heading', { name: people.kamala.name })).toBeVisible();
  await look(page, 'by-hand-whatsapp-next');
  await button(page, 'I did not send it').click();
  await expect(page.getByText('No WhatsApp message waits')).toBeVisible();
  await look(page, 'by-hand-whatsapp-empty');

  await page.getByText('Calls to make (1)').click();
  await expect(page.getByRole('heading', { name: 'Gopal Hardware' })).toBeVisible();
  await look(page, 'by-hand-calls');
  await page.getByLabel('Promised to pay').check();
  await page.getByLabel('By when will he pay?').fill('5-12-2026');
  await page.getByLabel('In his words').fill('Half of it now, the rest after the fair.');
  await look(page, 'by-hand-call-promise');
  await button(page, 'Keep the call').click();
  await expect(page.getByText('No call waits')).toBeVisible();

  await page.getByText('Letters to print (3)').click();
  await expect(page.getByRole('heading', { name: people.farida.name })).toBeVisible();
  await look(page, 'by-hand-letters');
  await button(page, 'Print 3 letters to one PDF').click();
  await expect(page.getByText(/^3 letters on \d pages/)).toBeVisible({ timeout: 20_000 });
  expect(existsSync(path.join(dataDir, 'letters.pdf'))).toBe(true);
  expect(readFileSync(path.join(dataDir, 'letters.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
  if (isLooking) mkdirSync(folder, { recursive: true });
  if (isLooking)
    await import('node:fs').then((fs) =>
      fs.copyFileSync(path.join(dataDir, 'letters.pdf'), path.join(folder, 'letters.pdf')),
    );
  await look(page, 'by-hand-letters-printed');
  await page.getByLabel('Number of the registered post or courier').fill('EI123456789IN');
  await button(page, 'It is posted').click();
  await expect(page.getByText('Letters to print (2)')).toBeVisible();
  await look(page, 'by-hand-letters-2');

  // The outbox: each ended message in its own words.
  await go(page, '/reminders?tab=outbox');
  for (const [name, state] of [
    ['Anita Stores', 'Arrived'],
    ['Bharat Agencies', 'Did not arrive'],
    [people.chetan.name, 'Read'],
    ['Esha Enterprises', 'Refused'],
    ['Gita Opticals', 'Sent, no report'],
    ['Jagdish Motors', 'Declined'],
    ['Deepa Textiles', 'Not sent'],
    ['Indira Provision Store', 'Done by you'],
    [people.kamala.name, 'Not done by you'],
    ['Farida Garments', 'Done by you'],
    ['Harish Medicals', 'Given to you'],
  ] as const)
    await expect(row(page, name)).toContainText(state);
  await look(page, 'outbox');
  for (const view of ['On the way', 'Need you', 'Sent', 'Failed', 'Not sent']) {
    await page.getByText(view, { exact: true }).first().click();
    await look(page, `outbox-${view}`);
  }
  await page.getByText('All', { exact: true }).first().click();
  for (const name of [
    'Bharat Agencies',
    'Farida Garments',
    'Deepa Textiles',
    'Gopal Hardware',
    people.kamala.name,
  ]) {
    await row(page, name).dblclick();
    await expect(page.getByRole('dialog')).toBeVisible();
    await look(page, `story-${name}`);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
});

test('replies, payments to confirm, lists, costs and one customer', async ({ page, shop }) => {
  test.setTimeout(150_000);
  const { ids, twilio, razorpay } = shop;
  if (!ids) throw new Error('No shop.');
  await page.clock.setFixedTime(MONDAY + 60_000);
  await go(page, '/inbox');
  await expect(page.getByText('Waiting (2)')).toBeVisible({ timeout: 20_000 });
  await look(page, 'inbox');
  await page.getByText('Anita Stores').first().click();
  await button(page, /^Has paid/).click();
  await button(page, /^To the payments/).click();
  await look(page, 'inbox-anita-marked');
  await page.getByText(/^All \(/).click();
  await page.getByText('Bharat Agencies').first().click();
  await look(page, 'inbox-stop');
  await page.getByRole('tab', { name: /^Payments to confirm/ }).click();
  await expect(row(page, 'Anita Stores')).toBeVisible();
  await look(page, 'claims');
  await row(page, 'Om Prakash').click();
  await look(page, 'claims-link');
  await button(page, /^Confirm|^It came|^Book/)
    .first()
    .click({ timeout: 3000 })
    .catch(() => undefined);
  await look(page, 'claims-after');

  await go(page, '/reminders?tab=consents');
  await look(page, 'suppressions');
  await page
    .getByText('Consents', { exact: true })
    .first()
    .click({ timeout: 3000 })
    .catch(() => undefined);
  await look(page, 'consents');
  await row(page, 'Pooja')
    .first()
    .dblclick({ timeout: 3000 })
    .catch(() => undefined);
  await look(page, 'consent-drawer');
  await page.keyboard.press('Escape');
  await page
    .getByText('Pauses', { exact: true })
    .first()
    .click({ timeout: 3000 })
    .catch(() => undefined);
  await look(page, 'pauses');
  await go(page, '/reminders?tab=costs');
  await look(page, 'costs');

  for (const who of ['nandini', 'mohan', 'pooja', 'anita', 'qadir', 'bharat'] as const) {
    await go(page, `/customers/${ids[who]}`);
    await expect(page.getByRole('heading', { level: 1 })).toContainText(people[who].name);
    await look(page, `customer-${who}`);
    await page.getByRole('heading', { name: 'Reminders', exact: true }).scrollIntoViewIfNeeded();
    await look(page, `customer-${who}-card`);
  }
  await go(page, `/customers/${ids.omprakash}`);
  await page.getByText('All open bills').click();
  await button(page, 'Payment link by Razorpay').click();
  await expect(page.getByText('The payment link is made.')).toBeVisible();
  await page.getByRole('heading', { name: 'To pay' }).scrollIntoViewIfNeeded();
  await look(page, 'pay-link');
  const made = razorpay.links.at(-1);
  razorpay.pay(made?.reference_id ?? '', 5_000_00);
  await button(page, 'Look whether it was paid').first().click();
  await expect(page.getByText('paid in part')).toBeVisible();
  await look(page, 'pay-link-part');
  await go(page, '/inbox?tab=claims');
  await look(page, 'claims-part');

  await go(page, `/customers/${ids.esha}`);
  await button(page, 'Send now').click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await look(page, 'send');
  await page.getByRole('combobox', { name: 'By' }).click();
  await look(page, 'send-channels');
  await page.getByRole('option', { name: 'Email' }).click();
  await look(page, 'send-email');
  await page.keyboard.press('Escape');
});

const combos =
  process.env['BAAKI_SHOTS'] === 'all'
    ? ['en', 'hi'].flatMap((language) =>
        ['light', 'dark'].flatMap((theme) => [1366, 1920].map((width) => ({ language, theme, width }))),
      )
    : [
        { language: 'hi', theme: 'dark', width: 1366 },
        { language: 'hi', theme: 'light', width: 1920 },
      ];
const part = (at: number) => async (page: Page) =>
  page.locator('main .mantine-SegmentedControl-label').nth(at).click();
const screens: readonly {
  readonly name: string;
  readonly route: string;
  readonly act?: (page: Page) => Promise<void>;
}[] = [
  { name: 'by-hand-whatsapp', route: '/reminders?tab=by-hand', act: part(0) },
  { name: 'by-hand-calls', route: '/reminders?tab=by-hand', act: part(1) },
  { name: 'by-hand-letters', route: '/reminders?tab=by-hand', act: part(2) },
  { name: 'outbox', route: '/reminders?tab=outbox' },
  {
    name: 'story',
    route: '/reminders?tab=outbox',
    act: async (page) => row(page, 'Bharat Agencies').dblclick(),
  },
  { name: 'inbox', route: '/inbox' },
  { name: 'claims', route: '/inbox?tab=claims' },
  { name: 'suppressions', route: '/reminders?tab=consents', act: part(0) },
  { name: 'consents', route: '/reminders?tab=consents', act: part(1) },
  { name: 'pauses', route: '/reminders?tab=consents', act: part(2) },
  { name: 'costs', route: '/reminders?tab=costs' },
  { name: 'customer-paused', route: '/customers/15' },
  {
    name: 'customer-pay',
    route: '/customers/17',
    act: async (page) => page.locator('.upi').scrollIntoViewIfNeeded(),
  },
  { name: 'send', route: '/customers/4?send=sms' },
];

test('every screen of the desk as a picture', async ({ page, app }) => {
  test.skip(!isLooking, 'Pictures are made when BAAKI_SHOTS is set.');
  test.setTimeout(600_000);
  await page.clock.setFixedTime(MONDAY + 60_000);
  const window = await app.browserWindow(page);
  for (const { language, theme, width } of combos) {
    await window.evaluate((target, to) => target.setContentSize(to, to === 1366 ? 768 : 1080), width);
    for (const { name, route, act } of screens) {
      await page.evaluate(
        ([hash, l, t]) => {
          localStorage.setItem('baaki.language', l ?? '');
          localStorage.setItem('baaki.theme', t ?? '');
          location.hash = hash ?? '';
        },
        [`#${route}`, language, theme],
      );
      await page.reload();
      await page.waitForTimeout(900);
      await act?.(page).catch((error: unknown) => console.log(name, String(error).slice(0, 200)));
      await page.waitForTimeout(400);
      mkdirSync(folder, { recursive: true });
      await page.screenshot({ path: path.join(folder, `desk-${name}-${language}-${theme}-${width}.png`) });
    }
  }
});
