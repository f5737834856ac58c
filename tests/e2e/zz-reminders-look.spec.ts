import { cpSync } from 'node:fs';
import { expect, test as base } from './app.ts';
const OUT = '/tmp/ui1/shots';
const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    cpSync('/tmp/ui1/dataB', dataDir, { recursive: true });
    await use(dataDir);
  },
});
test.use({ windowSize: { width: 1366, height: 768 } });
test('flow', async ({ page }) => {
  page.on('console', (m) => { if (m.type() === 'error') console.log('CONSOLE', m.text()); });
  const shot = async (name: string) => { await page.waitForTimeout(300); await page.screenshot({ path: `${OUT}/c-${name}.png` }); };
  await expect(page.getByRole('navigation')).toBeVisible();
  await page.keyboard.press('Alt+9');
  const rows = page.getByRole('option');
  await expect(rows.first()).toBeVisible();
  await page.locator('.run-list').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: 'Text' }).fill('Please pay or we will come to your house and tell your neighbours.');
  await page.keyboard.press('Control+Enter');
  await shot('edit-threat');
  await page.getByRole('textbox', { name: 'Text' }).fill('Dear friend, bill DT/26-02/00310 is still open. When may we expect it? Demo Trading Company').catch(() => console.log('editor closed'));
  await page.keyboard.press('Control+Enter');
  await shot('edited');
  await page.keyboard.press('Delete');
  await page.getByRole('textbox', { name: 'Why?' }).fill('He called this morning');
  await page.keyboard.press('Enter');
  await shot('declined');
  await page.keyboard.press('Escape');
  await page.locator('.run-list').focus();
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.undo-bar')).toBeVisible();
  await page.getByRole('tab', { name: /By hand/ }).click();
  await page.getByText(/Calls to make/).click();
  await page.getByRole('radio', { name: 'Promised to pay' }).click();
  await page.getByRole('textbox', { name: /By when/ }).fill('30/11/2026');
  await page.getByRole('button', { name: 'Keep the call' }).click();
  await shot('called');
  await page.getByText(/Letters to print/).click();
  await page.getByRole('textbox', { name: /registered/ }).fill('RM123456789IN');
  await page.getByRole('button', { name: 'It is posted' }).click();
  await shot('posted');
  await page.getByRole('tab', { name: /Outbox/ }).click();
  await shot('outbox');
  await page.getByRole('row').filter({ hasText: 'Done by you' }).first().dblclick();
  await shot('done');
});
