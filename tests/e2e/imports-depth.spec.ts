// The import at full depth, through the window: pasted cells, corrections in place, "the same customer?", complete lists.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import * as sheets from '@e965/xlsx';
import { expect, test } from './app.ts';

const HEAD = ['Party', 'Bill No', 'Bill Date', 'Due Date', 'Amount'];

const ROWS = [
  ['Shree Traders', 'A-1', '01/04/2026', '30/04/2026', '1,250.00'],
  ['Shree Traders', 'A-2', '15/05/2026', '31/05/2026', '12,34O.00'],
  ['Gupta & Sons', 'A-3', '20/05/2026', '20/06/2026', '500.50'],
];

const tabbed = (rows: readonly (readonly string[])[]): string =>
  [HEAD, ...rows].map((row) => row.join('\t')).join('\r\n');

async function makeBook(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Company' }).fill('Sharma Traders');
  await page.getByRole('button', { name: 'Make the book' }).click();
  await expect(page.getByRole('button', { name: 'Choose file…' })).toBeVisible();
}

/** What Ctrl+V does after cells were copied in a spreadsheet. */
async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((copied) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', copied);
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, text);
  await expect(page.getByRole('region', { name: 'First rows of the sheet' })).toBeVisible();
}

async function chooseFile(app: ElectronApplication, page: Page, file: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
  await page.getByRole('button', { name: 'Choose file…' }).click();
  await expect(page.getByRole('region', { name: 'First rows of the sheet' })).toBeVisible();
}

const goOn = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Dry run', exact: true }).click();

async function approve(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Import \d/ }).click();
  await expect(page.getByTestId('import-done')).toBeVisible();
}

async function again(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Import another file' }).click();
  await expect(page.getByRole('button', { name: 'Choose file…' })).toBeVisible();
}

test('takes pasted cells, and a refused row once it is put right in place', async ({ page }) => {
  await makeBook(page);
  await paste(page, tabbed(ROWS));
  await goOn(page);
  const notes = page.getByTestId('import-notes');
  await expect(notes.getByRole('row', { name: /A-2/ })).toBeVisible();
  await notes.getByRole('button', { name: 'Put right' }).click();
  const cells = page.getByRole('form', { name: 'Row 3' });
  await expect(cells.getByRole('textbox', { name: 'Amount' })).toBeFocused();
  await cells.getByRole('textbox', { name: 'Amount' }).fill('12,340.00');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('import-fixes')).toContainText('12,340.00');
  await expect(page.getByText('Every row is taken.')).toBeVisible();
  await expect(page.getByTestId('tie-out-mark')).toHaveAttribute('data-tied', 'true');
  await expect(page.getByRole('grid', { name: 'Customer by customer' })).toContainText('Gupta & Sons');
  await approve(page);
  await expect(page.getByRole('heading', { name: /Pasted cells/ })).toBeVisible();
});

test('asks whether a name that is close is the same customer, and remembers the answer', async ({ page }) => {
  await makeBook(page);
  await paste(page, tabbed(ROWS.slice(0, 1)));
  await goOn(page);
  await approve(page);
  await again(page);
  await paste(page, tabbed([['Shri Traders', 'B-1', '01/06/2026', '30/06/2026', '900.00']]));
  await expect(page.getByText('Mapped as the last time')).toBeVisible();
  await goOn(page);
  const same = page.getByTestId('same-customers');
  await same.getByRole('button', { name: 'Shri Traders is Shree Traders' }).click();
  await expect(same.getByText('The same', { exact: true })).toBeVisible();
  await approve(page);
  await page.getByRole('link', { name: 'See customers' }).click();
  await expect(
    page.getByRole('grid', { name: 'Customers' }).getByRole('row', { name: /Traders/ }),
  ).toHaveCount(1);
});

test('settles the bills that a complete list lacks, only when told that it is complete', async ({ page }) => {
  await makeBook(page);
  await paste(page, tabbed([ROWS[0] ?? [], ROWS[2] ?? []]));
  await goOn(page);
  await approve(page);
  await again(page);
  await paste(page, tabbed([ROWS[0] ?? []]));
  await goOn(page);
  const vanished = page.getByTestId('vanished');
  await expect(vanished).toContainText('1 bill of earlier lists');
  await vanished.getByRole('checkbox').check();
  await approve(page);
  await page.getByRole('link', { name: 'See the dashboard' }).click();
  await expect(page.locator('.figure__value').first()).toContainText('1,250');
});

for (const bookType of ['xls', 'ods', 'xlsb'] as const) {
  test(`reads .${bookType} like any other workbook`, async ({ app, page, dataDir }) => {
    const file = path.join(dataDir, `bills.${bookType}`);
    const book = sheets.utils.book_new();
    const rows = [HEAD, ...ROWS.map((row) => row.map((cell) => cell.replace('O', '0')))];
    sheets.utils.book_append_sheet(book, sheets.utils.aoa_to_sheet(rows), 'Bills');
    writeFileSync(file, sheets.write(book, { type: 'buffer', bookType }));
    await makeBook(page);
    await chooseFile(app, page, file);
    await goOn(page);
    await expect(page.getByText('Every row is taken.')).toBeVisible();
    await approve(page);
  });
}
