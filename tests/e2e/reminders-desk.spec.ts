// The desk where reminders are worked on by hand, with data on it: letters, calls, WhatsApp by hand, what became of each
// message, replies, payments to confirm, lists, costs, and one customer's card.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { startFakeRazorpay, type FakeRazorpay } from '../fakes/gateways/razorpay.ts';
import { startFakeTwilio, type FakeTwilio } from '../fakes/gateways/twilio.ts';
import { expect, test as base } from './app.ts';
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
import { dresses, isLooking, look, photographDesk } from './desk-screens.ts';
import { withEngine } from './engine-door.ts';

type Fakes = { readonly twilio: FakeTwilio; readonly razorpay: FakeRazorpay; readonly ids: Ids[] };

const test = base.extend<{ readonly fakes: Fakes }>({
  env: { BAAKI_CLOCK: String(MONDAY) },
  windowSize: { width: 1366, height: 768 },
  fakes: async ({}, use) => {
    const twilio = await startFakeTwilio();
    const razorpay = await startFakeRazorpay();
    await use({ twilio, razorpay, ids: [] });
    await Promise.all([twilio.close(), razorpay.close()]);
  },
  // Made before the window opens on it.
  dataDir: async ({ dataDir, lang, fakes }, use) => {
    const at = (clock: number) => ({ dataDir, lang, env: { BAAKI_CLOCK: String(clock) } });
    await withEngine(at(FRIDAY), async (door) => {
      fakes.ids.push(await openShop(door, fakes));
      await sendOnFriday(door, idsOf(fakes), fakes.twilio);
    });
    await withEngine(at(MONDAY_EARLY), async (door) => {
      await beginMonday(door, idsOf(fakes), fakes);
      await hearReplies(door, fakes.twilio);
    });
    await use(dataDir);
  },
  // The window reads its own clock for "4 min ago".
  page: async ({ page }, use) => {
    await page.clock.setFixedTime(MONDAY + 60_000);
    await use(page);
  },
});
test.setTimeout(120_000);

function idsOf({ ids: [ids] }: Fakes): Ids {
  if (!ids) throw new Error('The shop is not open yet.');
  return ids;
}

/** The system's browser and its dialogs cannot be pressed by a test: they answer at once, and keep what they were asked. */
async function answerFor(app: ElectronApplication, savedAs: string): Promise<() => Promise<unknown>> {
  await app.evaluate(({ dialog, shell }, filePath) => {
    const opened: string[] = [];
    Object.assign(globalThis, { opened });
    Object.assign(dialog, { showSaveDialog: () => Promise.resolve({ canceled: false, filePath }) });
    Object.assign(shell, { openExternal: (url: string) => Promise.resolve(void opened.push(url)) });
  }, savedAs);
  return () => app.evaluate((): unknown => Reflect.get(globalThis, 'opened'));
}

const go = (page: Page, route: string): Promise<void> =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#${route}`);
const row = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name });
const heading = (page: Page, name: string) => page.getByRole('heading', { name });

test('what waits for hands is worked through, and the outbox tells what became of each message', async ({
  app,
  page,
  dataDir,
}) => {
  const pdf = path.join(dataDir, 'letters.pdf');
  const opened = await answerFor(app, pdf);

  // WhatsApp: the chat opens with the text in it; only the user's word makes it sent. The keyboard goes on with the next.
  await go(page, '/reminders?tab=by-hand');
  await expect(page.getByText('WhatsApp to send (2)')).toBeVisible({ timeout: 20_000 });
  await expect(heading(page, 'Indira Provision Store')).toBeVisible();
  await expect(page.locator('.hand__phone').getByText('+91 98765 00021')).toBeVisible();
  await button(page, 'Open in WhatsApp').click();
  await expect
    .poll(opened)
    .toEqual([expect.stringMatching(/^https:\/\/wa\.me\/919876500021\?text=Dear%20Indira.*21%2C500\.00/)]);
  await look(page, 'whatsapp-opened');
  await button(page, 'I pressed send').click();
  await expect(heading(page, people.kamala.name)).toBeVisible();
  await expect(button(page, 'Open in WhatsApp')).toBeFocused();
  await button(page, 'I did not send it').click();
  await expect(page.getByText('No WhatsApp message waits')).toBeVisible();

  // A call: what to say, what came of it, and a promise with its day.
  await page.getByText('Calls to make (1)').click();
  await expect(heading(page, 'Gopal Hardware')).toBeVisible();
  await expect(button(page, 'Note the call')).toBeDisabled();
  await page.getByLabel('Promised to pay').check();
  await page.getByLabel('By when will he pay?').fill('5-12-2026');
  await page.getByLabel('In his words').fill('Half of it now, the rest after the fair.');
  await expect(button(page, 'Note the call')).toBeInViewport({ ratio: 1 });
  await look(page, 'call-promise');
  await button(page, 'Note the call').click();
  await expect(page.getByText('No call waits')).toBeVisible();

  // Letters: one PDF of all, then each posted with its number.
  await page.getByText('Letters to print (3)').click();
  await expect(heading(page, people.farida.name)).toBeVisible();
  await button(page, 'Print 3 letters to one PDF').click();
  await expect(page.getByText(/^3 letters on 3 pages/)).toBeVisible({ timeout: 20_000 });
  expect(readFileSync(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  await page.getByLabel('Number of the registered post or courier').fill('EI123456789IN');
  await look(page, 'letter-printed');
  await expect(button(page, 'It is posted')).toBeInViewport({ ratio: 1 });
  await button(page, 'It is posted').click();
  await expect(page.getByText('Letters to print (2)')).toBeVisible();
  await expect(page.getByLabel('Number of the registered post or courier')).toBeFocused();

  await go(page, '/reminders?tab=outbox');
  for (const [name, ...told] of [
    ['Anita Stores', 'Arrived', '1,18,000.00'],
    ['Bharat Agencies', 'Did not arrive', '59,000.00'],
    [people.chetan.name, 'Read', '25,500.50'],
    ['Esha Enterprises', 'Refused'],
    ['Gita Opticals', 'Sent, no report'],
    ['Jagdish Motors', 'Declined', 'Declined by you'],
    ['Deepa Textiles', 'Not sent', 'Paid'],
    ['Indira Provision Store', 'Done by you', '21,500.00'],
    [people.kamala.name, 'Not done by you'],
    ['Farida Garments', 'Done by you', '5,17,350.00'],
    ['Harish Medicals', 'Given to you'],
  ] as const) {
    for (const words of told) await expect(row(page, name)).toContainText(words);
  }
  const story = page.getByRole('dialog');
  for (const [name, why, happened] of [
    [
      'Bharat Agencies',
      'you wrote it by hand. The gateway reports that it did not arrive.',
      'Written by hand',
    ],
    [
      'Deepa Textiles',
      'and was not sent. It was approved on 30-11-2026, 10:50. The bills were paid',
      'Not sent',
    ],
    ['Farida Garments', 'step 1 of “Letters by post” came due for 2 bills', 'posted as EI123456789IN'],
    ['Gopal Hardware', 'step 1 of “Calls” came due for 1 bill', 'Promised to pay · until 05-12-2026'],
  ] as const) {
    await row(page, name).dblclick();
    await expect(story).toContainText(why);
    await expect(story).toContainText(happened);
    await page.keyboard.press('Escape');
    await expect(story).toHaveCount(0);
  }
});

test('a reply and a payment link become receipts only by a word of the user', async ({ page, fakes }) => {
  const { razorpay } = fakes;
  const ids = idsOf(fakes);
  await go(page, '/inbox');
  await expect(page.getByText('Waiting (2)')).toBeVisible({ timeout: 20_000 });
  await page.getByText('Anita Stores').first().click();
  await expect(page.getByText('Looks like: has paid.')).toBeVisible();
  await button(page, /^Has paid/).click();
  await expect(page.getByText('HDFCN52026113012345', { exact: true })).toBeVisible();
  await button(page, /^To the payments/).click();
  await expect(page.getByText('Marked as: has paid.')).toBeVisible();

  // One claim is looked up and dismissed, the other one entered: only that changes what he owes.
  await page.getByRole('tab', { name: /^Payments to confirm/ }).click();
  await expect(row(page, 'Om Prakash')).toContainText('18,000.00');
  await row(page, 'Anita Stores').click();
  await button(page, 'No money came').click();
  await expect(row(page, 'Anita Stores')).toHaveCount(0);
  await expect(heading(page, 'Om Prakash & Bros')).toBeVisible();
  await expect(page.getByLabel('Reference (UTR)')).toHaveValue('532112345678');
  await button(page, /^Enter the receipt/).click();
  await expect(page.getByText(/^The receipt of Om Prakash & Bros is entered: .*18,000\.00/)).toBeVisible();
  await expect(page.getByText('No payment waits')).toBeVisible();
  await look(page, 'claims-done');

  // A link of the window's own: made, paid in part, looked at, to be confirmed.
  await go(page, `/customers/${ids.omprakash}`);
  await expect(page.locator('.upi__amount')).toContainText('6,500.00', { timeout: 15_000 });
  await button(page, 'Payment link by Razorpay').click();
  await expect(page.getByText('The payment link is made.')).toBeVisible();
  const made = razorpay.links.at(-1);
  expect(made).toMatchObject({ amount: 6_500_00, status: 'created' });
  razorpay.pay(made?.reference_id ?? '', 5_000_00);
  await button(page, 'Look whether it was paid').click();
  await expect(page.getByText('paid in part')).toBeVisible();
  await look(page, 'pay-link-part');
  await go(page, '/inbox?tab=claims');
  await expect(row(page, 'Om Prakash')).toContainText('5,000.00');
  await expect(page.getByText('Paid through a link', { exact: false }).first()).toBeVisible();
});

test('who gets nothing, who agreed and whose reminders rest is listed with its reason and can be taken back', async ({
  page,
  fakes,
}) => {
  const ids = idsOf(fakes);
  await go(page, '/reminders?tab=consents');
  await expect(row(page, 'Qadir Leather Works')).toContainText(
    'Put here by you: Number belongs to his brother',
    {
      timeout: 20_000,
    },
  );
  await expect(row(page, 'Bharat Agencies')).toContainText('Said stop: STOP');
  await expect(row(page, 'Esha Enterprises')).toContainText('Address does not exist');
  await button(page, 'Take off: +919876500026').click();
  await page
    .getByRole('dialog')
    .getByLabel('Why may he be written to again?')
    .fill('It is his own after all');
  await page.keyboard.press('Control+Enter');
  await expect(row(page, 'Qadir Leather Works')).toHaveCount(0);

  await page.getByText('Consents', { exact: true }).click();
  await expect(row(page, 'Pooja Boutique')).toContainText('Refused');
  await row(page, 'Indira Provision Store').dblclick();
  await button(page, 'Withdraw').click();
  const withdrawn = page.getByRole('dialog', { name: 'Consent withdrawn' });
  await withdrawn.getByRole('textbox', { name: 'How it was given' }).fill('On the phone');
  await look(page, 'consent-withdraw');
  await page.keyboard.press('Control+Enter');
  await expect(withdrawn).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(row(page, 'Indira Provision Store')).toContainText('Refused');

  await page.getByText('Pauses', { exact: true }).click();
  await expect(row(page, 'Nandini Dairy')).toContainText('15-12-2026');
  await button(page, 'End the pause of Nandini Dairy').click();
  await expect(row(page, 'Nandini Dairy')).toHaveCount(0);
  await button(page, 'Undo').last().click();
  await expect(row(page, 'Nandini Dairy')).toContainText('Wedding in the family');

  // His own page says the same of each.
  const card = page.locator('section', { has: heading(page, 'Reminders') });
  for (const [who, ...told] of [
    ['nandini', 'You paused the reminders of this customer. Again from 16-12-2026.', 'until 15-12-2026'],
    ['mohan', 'You marked this customer as not to be chased.'],
    ['bharat', 'Did not arrive'],
  ] as const) {
    await go(page, `/customers/${ids[who]}`);
    for (const words of told) await expect(card).toContainText(words, { timeout: 15_000 });
  }

  // By hand: the text that fits the day, a gateway that has not reached the owner yet, and a dry run.
  await go(page, `/customers/${ids.pooja}`);
  await button(page, 'Send now').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveValue(
    /not yet received Rs\.3,200\.00 for bill INV-503/,
  );
  await look(page, 'send');
  await dialog.getByRole('combobox', { name: 'By' }).click();
  await page.getByRole('option', { name: 'Mail' }).click();
  await expect(dialog).toContainText('A test must reach you before this gateway writes to customers.');
  await look(page, 'send-mail');
  await page.keyboard.press('Escape');
  await go(page, '/reminders?tab=outbox');
  const dryRun = page.getByRole('switch', { name: 'Dry run' });
  await dryRun.click({ force: true });
  await expect(dryRun).toBeChecked();
  await go(page, `/customers/${ids.pooja}?send=sms`);
  await expect(dialog.getByRole('textbox', { name: 'Message' })).toHaveValue(/INV-503/);
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('The message to Pooja Boutique is in the outbox.')).toBeVisible();
  await go(page, '/reminders?tab=outbox');
  await expect(row(page, 'Pooja Boutique')).toContainText('Dry run', { timeout: 15_000 });
  await look(page, 'dry-run');

  await go(page, '/reminders?tab=costs');
  await expect(page.getByText('Messages that left')).toBeVisible();
  await expect(row(page, 'Twilio')).toContainText('0.986');
  await expect(row(page, 'Total')).toContainText('7');
});

test('every screen of the desk as a picture', async ({ page, app }) => {
  test.skip(!isLooking, 'Pictures are made when BAAKI_SHOTS is set.');
  test.setTimeout(600_000);
  const window = await app.browserWindow(page);
  for (const dress of dresses) {
    const height = dress.width === 1366 ? 768 : 1080;
    await window.evaluate((target, size) => target.setContentSize(size.width, size.height), {
      width: dress.width,
      height,
    });
    await photographDesk(page, dress);
  }
});
