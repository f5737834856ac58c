// One customer's past as a chart, and what is done with many customers or taken back.
import AxeBuilder from '@axe-core/playwright';
import { agingBy, expect, test } from './demo-book.ts';

test('the chart of a customer tells his month-ends, and a press on one moves the whole window there', async ({
  page,
  dataDir,
}) => {
  const first = agingBy(dataDir).rows[0];
  if (!first) throw new Error('The demo company has no debtor.');
  await page.getByRole('link', { name: first.name, exact: true }).first().click();
  const table = page.getByRole('table', { name: /^Outstanding at the last 24 month-ends/ });
  await expect(table.getByRole('row')).toHaveCount(25);
  const cells = await table.getByRole('row').nth(20).getByRole('cell').allInnerTexts();
  const day = (await table.getByRole('rowheader').nth(19).innerText()).split('-').toReversed().join('-');
  const then = agingBy(dataDir, '--as-of', day).rows.find((row) => row.customerId === first.customerId);
  const paise = cells.map((text) => Number(text.replaceAll(/[^\d−]/g, '').replace('−', '-')));
  expect(paise).toEqual([...(then?.buckets ?? [0, 0, 0, 0, 0, 0]), then?.outstandingPaise ?? 0]);

  const chart = page.getByRole('application');
  await chart.focus();
  // It begins at the oldest month; the card beside it tells the figures.
  for (let step = 0; step < 19; step += 1) await page.keyboard.press('ArrowRight');
  const words = day.split('-').toReversed().join('-');
  await expect(page.getByText(`Show everything as of ${words}`)).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('as-of')).toContainText(words);
});

test('a customer entered by mistake is taken back, and tags of many come and go in one press', async ({
  page,
}) => {
  await expect(page.getByRole('heading', { level: 1, name: 'Dashboard' })).toBeVisible();
  await expect(page.getByText('Who owes most')).toBeVisible();
  await page.keyboard.press('Alt+c');
  await expect(page.getByLabel('Name')).toBeFocused();
  await page.keyboard.type('Entered by mistake');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Entered by mistake' })).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Customers' })).toBeVisible();
  await expect(page.getByText('60 of 60 customers')).toBeVisible();

  await page.getByRole('grid', { name: 'Customers' }).focus();
  await page.keyboard.press('Control+a');
  await page.getByRole('button', { name: 'Tags…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Tags of 60 customers' });
  await dialog.getByRole('combobox', { name: 'Put these tags on' }).fill('Diwali list');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('The tags of 60 customers are changed.')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back.').last()).toBeVisible();
  await page.getByRole('button', { name: 'Tags…' }).click();
  await page.getByRole('combobox', { name: 'Take these tags off' }).fill('Diwali');
  await expect(page.getByRole('option', { name: 'Diwali list' })).toHaveCount(0);
});
