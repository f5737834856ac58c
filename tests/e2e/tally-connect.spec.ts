// A Tally on a port of this machine, found by its address: connect, see its figures, stay in step.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { addDays, day, type Day } from '../../src-domain/days.ts';
import { createFakeCompany, type FakeCompany } from '../fakes/tally/book.ts';
import { startFakeTally, type FakeTally } from '../fakes/tally/index.ts';
import { expect, test as base } from './app.ts';

const COMPANY = 'Sharma Traders Pvt Ltd';
const PARTY = 'Gupta Stores';
const SALES = 'Sales GST 18%';
/** The engine's own day: a book is in the calendar of Kolkata unless told otherwise. */
const today = day(new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Kolkata' }).format(new Date()));
const sold = addDays(today, -40);

function yearStart(of: Day): string {
  const year = Number(of.slice(0, 4)) - (Number(of.slice(5, 7)) < 4 ? 1 : 0);
  return `${year - 1}-04-01`;
}

/** A shop that owes two bills: ₹ 1,18,000.00 and ₹ 59,000.00. */
function shop(): FakeCompany {
  const company = createFakeCompany({ name: COMPANY, booksFrom: yearStart(today) });
  company.createLedger({ name: SALES, parent: 'Sales Accounts' });
  company.createLedger({
    name: PARTY,
    parent: 'Sundry Debtors',
    billWise: true,
    creditPeriod: '30 Days',
  });
  sell(company, 'INV-1', 118_000_00);
  sell(company, 'INV-2', 59_000_00);
  return company;
}

function sell(company: FakeCompany, ref: string, amount: number): void {
  company.createVoucher({
    type: 'Sales',
    date: sold,
    number: ref,
    lines: [
      { ledger: PARTY, amount, bills: [{ type: 'New Ref', ref, amount }] },
      { ledger: SALES, amount: 0 - amount },
    ],
  });
}

function receive(company: FakeCompany, ref: string, amount: number): void {
  company.createVoucher({
    type: 'Receipt',
    date: today,
    lines: [
      { ledger: PARTY, amount: 0 - amount, bills: [{ type: 'Agst Ref', ref, amount: 0 - amount }] },
      { ledger: 'Cash', amount },
    ],
  });
}

type Fixtures = { readonly company: FakeCompany; readonly tally: FakeTally };

const test = base.extend<Fixtures>({
  company: async ({}, use) => use(shop()),
  tally: async ({ company }, use) => {
    const tally = await startFakeTally({ books: [company], today });
    await use(tally);
    await tally.stop();
  },
});

async function lookAt(page: Page, port: number): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Tally', exact: true }).click();
  await page.getByLabel('Computer', { exact: true }).fill('127.0.0.1');
  await page.getByLabel('Port', { exact: true }).fill(String(port));
  await page.keyboard.press('Enter');
}

test('a company is connected with the keyboard, its figures appear, and a new receipt arrives', async ({
  page,
  company,
  tally,
}) => {
  await lookAt(page, tally.port);
  const choice = page.getByRole('radio', { name: new RegExp(COMPANY) });
  await expect(choice).toBeChecked();
  await expect(choice).toBeFocused();
  await expect(page.getByText(`A new book is made for it: ${COMPANY}.`)).toBeVisible();
  await page.keyboard.press('Enter');

  await expect(page.getByTestId('sync-now')).toBeEnabled({ timeout: 20_000 });
  await expect(page.getByRole('banner').getByRole('button', { name: /Tally: just now/ })).toBeVisible();
  await expect(page.getByRole('grid', { name: 'What was read' })).toContainText('First reading');
  await page.getByRole('link', { name: 'Open the dashboard' }).click();
  const owed = page.locator('.figure').filter({ has: page.getByText('Outstanding', { exact: true }) });
  await expect(owed).toContainText('1,77,000.00');

  receive(company, 'INV-1', 100_000_00);
  await page
    .getByRole('banner')
    .getByRole('button', { name: /Tally:/ })
    .click();
  await page.getByTestId('sync-now').click();
  await expect(page.getByRole('grid', { name: 'What was read' })).toContainText('Changes');
  await page.getByRole('link', { name: 'Open the dashboard' }).click();
  await expect(owed).toContainText('77,000.00');
  await expect(owed).not.toContainText('1,77,000.00');
});

test('a Tally that went away is told with its next step, and the figures stay', async ({ page, tally }) => {
  await lookAt(page, tally.port);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByTestId('sync-now')).toBeEnabled({ timeout: 20_000 });
  await tally.stop();
  await page.getByTestId('sync-now').click();
  await expect(page.locator('[data-failure=tally-not-running]')).toBeVisible();
  // The figures are some seconds old: no alarm yet, but no green either.
  await expect(page.getByRole('banner').getByRole('button', { name: /Not quite up to date/ })).toBeVisible();
  await page.getByRole('link', { name: 'Open the dashboard' }).click();
  await expect(page.locator('.figure').first()).toContainText('1,77,000.00');
});

test('coming back to the window asks Tally once, and not again within a minute', async ({ page, tally }) => {
  await lookAt(page, tally.port);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByText('Past vouchers: complete')).toBeVisible({ timeout: 20_000 });
  await expect(page.getByText('Nothing is being read.', { exact: false })).toBeVisible();
  const before = tally.requests.length;
  const comeBack = async (): Promise<void> =>
    page.evaluate(() => void window.dispatchEvent(new FocusEvent('focus')));
  await comeBack();
  await expect.poll(() => tally.requests.length).toBe(before + 1);
  await comeBack();
  await page.getByRole('link', { name: 'Open the dashboard' }).click();
  await expect(page.locator('.figure').first()).toContainText('1,77,000.00');
  expect(tally.requests).toHaveLength(before + 1);
});

test('a company that was disconnected comes back into its own book', async ({ page, tally }) => {
  await lookAt(page, tally.port);
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByTestId('sync-now')).toBeEnabled({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Disconnect' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Disconnect' }).click();
  await expect(page.getByRole('banner').getByRole('button', { name: /Not connected. Tally:/ })).toBeVisible();
  await expect(page.getByText(`The bills come into the open book, ${COMPANY}.`)).toBeVisible();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await expect(page.getByTestId('sync-now')).toBeEnabled({ timeout: 20_000 });
  await page.getByRole('link', { name: 'Books', exact: true }).click();
  await expect(page.getByRole('grid').getByText(COMPANY)).toHaveCount(1);
});

test('a silent port shows how to switch it on, in both kinds of Tally', async ({ page, tally }) => {
  const { port } = tally;
  await tally.stop();
  await lookAt(page, port);
  await expect(page.getByText(`Tally does not answer on port ${port}`)).toBeVisible();
  await expect(page.getByText('In TallyPrime press F1 (Help).')).toBeVisible();
  await page.getByText('Tally.ERP 9', { exact: true }).click();
  await expect(page.getByText('Choose Advanced Configuration.')).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  await tally.restart();
  await page.getByRole('button', { name: 'Look again' }).click();
  await expect(page.getByRole('radio', { name: new RegExp(COMPANY) })).toBeChecked();
});

test('a company that cannot be asked for stands there with the reason', async ({ page, company, tally }) => {
  tally.open(createFakeCompany({ name: 'Sharma Group', isGroupCompany: true }));
  await lookAt(page, tally.port);
  await expect(page.getByRole('radio', { name: new RegExp(company.name) })).toBeEnabled();
  await expect(page.getByRole('radio', { name: /Sharma Group.*adds other companies up/ })).toBeDisabled();
});

test('the places of the rail are reached by their keys', async ({ page }) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  for (const [keys, heading] of [
    ['Alt+5', 'Tally'],
    ['Alt+6', 'Import'],
    ['Alt+7', 'Books'],
    ['Alt+8', 'Settings'],
  ] as const) {
    await page.keyboard.press(keys);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
  }
});
