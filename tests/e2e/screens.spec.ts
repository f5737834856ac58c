// The main screens on the demo company: every figure is held against the command line's.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { addDays } from '../../src-domain/days.ts';
import { formatMoney } from '../../src-domain/money.ts';
import { agingBy, expect, test } from './demo-book.ts';

const figure = (page: Page, label: string) =>
  page.locator('.figure').filter({ has: page.getByText(label, { exact: true }) });

async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

test('the dashboard shows the figures that the command line shows', async ({ page, dataDir }) => {
  const { totals, rows } = agingBy(dataDir);
  await expect(figure(page, 'Outstanding')).toContainText(formatMoney(totals.outstandingPaise));
  await expect(figure(page, 'Overdue')).toContainText(formatMoney(totals.overduePaise));
  const biggest = rows[0];
  const debtors = page.getByRole('table').filter({ hasText: 'Days late' });
  await expect(debtors.getByRole('row').nth(1)).toContainText(biggest?.name ?? 'nobody');
  await expect(debtors.getByRole('row').nth(1)).toContainText(formatMoney(biggest?.outstandingPaise ?? 0));
});

test('a bucket of the bar opens its bills, and they add up to it', async ({ page, dataDir }) => {
  const { totals } = agingBy(dataDir);
  await page.getByRole('button', { name: /31–60 days.*Show these bills/ }).click();
  await expect(page.getByRole('heading', { name: 'Open bills' })).toBeVisible();
  const total = page.getByRole('row').filter({ hasText: 'Total' });
  await expect(total).toContainText(formatMoney(totals.buckets[2] ?? 0));
});

test('every figure of the dashboard opens the bills that it is the sum of', async ({ page }) => {
  for (const label of ['Overdue', 'More than 90 days late', 'Due in 30 days', 'Outstanding']) {
    await goTo(page, 'Dashboard');
    const opener = figure(page, label).getByRole('button', { name: 'Show these bills' });
    const amount = /[−\d][\d,]*\.\d\d/.exec((await opener.textContent()) ?? '')?.[0] ?? 'no amount';
    await opener.click();
    await expect(page.getByRole('heading', { name: 'Open bills' })).toBeVisible();
    await expect(page.getByRole('row').filter({ hasText: 'Total' })).toContainText(amount);
  }
});

test('a part of a month in the trend opens its bills as of that day', async ({ page, dataDir }) => {
  await page.locator('.trend .months__part').first().click();
  await expect(page.getByText('You are looking at', { exact: false })).toBeVisible();
  const strip = (await page.getByText('You are looking at', { exact: false }).textContent()) ?? '';
  const [, dd, mm, yyyy] = /(\d\d)-(\d\d)-(\d{4})/.exec(strip) ?? [];
  const { totals } = agingBy(dataDir, '--as-of', `${yyyy}-${mm}-${dd}`);
  await expect(page.getByRole('row').filter({ hasText: 'Total' })).toContainText(
    formatMoney(totals.buckets[0] ?? 0),
  );
});

test('a customer is found in the palette by part of his name and opened with Enter', async ({
  page,
  dataDir,
}) => {
  const { rows } = agingBy(dataDir);
  const wanted = rows[5];
  if (!wanted) throw new Error('The demo company has too few debtors.');
  await expect(figure(page, 'Outstanding')).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.keyboard.type(wanted.name.slice(0, 14));
  await expect(page.getByRole('button', { name: wanted.name }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText(wanted.name.slice(0, 10));
  await expect(figure(page, 'Outstanding')).toBeVisible();
});

test('from the customers table, with the keyboard alone, to a customer whose figures add up', async ({
  page,
  dataDir,
}) => {
  const { rows } = agingBy(dataDir);
  await goTo(page, 'Customers');
  const grid = page.getByRole('grid');
  await expect(grid.getByRole('row').nth(1)).toContainText(rows[0]?.name ?? 'nobody');
  await grid.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(rows[0]?.name ?? 'nobody');
  await expect(figure(page, 'Outstanding')).toContainText(formatMoney(rows[0]?.outstandingPaise ?? 0));
});

test('moving the as-of day says so over the whole window and changes every figure', async ({
  page,
  dataDir,
}) => {
  const today = agingBy(dataDir).asOf;
  const then = addDays(today, -1);
  const before = agingBy(dataDir, '--as-of', then);
  await page.getByTestId('as-of').click();
  const label = Number(then.slice(8, 10));
  if (then.slice(0, 7) !== today.slice(0, 7))
    await page.getByRole('button', { name: 'Previous month' }).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: new RegExp(`^${label} `) })
    .click();
  await expect(page.getByText('You are looking at', { exact: false })).toBeVisible();
  await expect(figure(page, 'Outstanding')).toContainText(formatMoney(before.totals.outstandingPaise));
  await page.getByRole('button', { name: 'Back to today' }).first().click();
  await expect(page.getByText('You are looking at', { exact: false })).toHaveCount(0);
});

test('Hindi takes effect at once and is still there after the window is loaded anew', async ({ page }) => {
  await goTo(page, 'Settings');
  await page.getByText('हिन्दी', { exact: true }).click();
  await expect(page.getByRole('link', { name: 'ग्राहक' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('link', { name: 'ग्राहक' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'hi');
});

for (const size of [
  { width: 1366, height: 768 },
  { width: 1920, height: 1080 },
]) {
  test.describe(`at ${size.width}×${size.height}`, () => {
    test.use({ windowSize: size });

    test('no screen scrolls sideways', async ({ page }) => {
      for (const place of ['Dashboard', 'Customers', 'Bills', 'Tally', 'Import', 'Books', 'Settings']) {
        await goTo(page, place);
        const spills = await page.evaluate(() => {
          const main = document.querySelector('main') ?? document.body;
          return [document.documentElement, main].some((one) => one.scrollWidth > one.clientWidth);
        });
        expect({ place, spills }).toEqual({ place, spills: false });
      }
    });
  });
}

for (const theme of ['light', 'dark'] as const) {
  test(`every screen is free of accessibility faults in ${theme}`, async ({ page }) => {
    await page.evaluate((wanted) => localStorage.setItem('baaki.theme', wanted), theme);
    await page.reload();
    for (const place of ['Dashboard', 'Customers', 'Bills', 'Tally', 'Import', 'Books', 'Settings']) {
      await goTo(page, place);
      await page.waitForLoadState('networkidle');
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect({ place, faults: violations.map(({ id, nodes }) => [id, nodes[0]?.html]) }).toEqual({
        place,
        faults: [],
      });
    }
  });
}

test('nothing the window does breaks its own security policy', async ({ page }) => {
  await page.evaluate(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      document.body.dataset['violations'] =
        `${document.body.dataset['violations'] ?? ''} ${event.violatedDirective} ${event.sourceFile}:${event.lineNumber}`;
    });
  });
  for (const place of ['Customers', 'Bills', 'Tally', 'Import', 'Books', 'Settings', 'Dashboard'])
    await goTo(page, place);
  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await page.getByTestId('as-of').click();
  expect(await page.evaluate(() => document.body.dataset['violations'] ?? '')).toBe('');
});
