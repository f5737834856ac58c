// Files come in through the window: chosen, dropped, by mouse and by keyboard alone.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect, repo, test } from './app.ts';

const DATA = path.resolve(repo, '../shared/data');
const HIGHRADIUS = path.join(DATA, 'ar/dev/highradius_open_9700.csv');
const ZOHO = path.join(DATA, 'csv-exports/invoiceninja/zoho_invoices.csv');
const DAY_BOOK = path.join(DATA, 'tally-excel/tally_daybook_titlerows_pseudonymised.xlsx');
const SAMPLE = path.join(repo, 'resources/samples/sample-ledger.xlsx');

const indian = new Intl.NumberFormat('en-IN', { minimumFractionDigits: 2 });
const western = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2 });

function needs(file: string): void {
  test.skip(
    !existsSync(file),
    `${path.basename(file)} is not on this machine: the real data is not part of the project`,
  );
}

/** The native dialog cannot be pressed by a test: it answers with the file at once. */
async function answerDialogWith(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [chosen] });
  }, file);
}

/** The welcome makes a book and leads on to the import. */
async function makeBook(page: Page): Promise<void> {
  await page.getByRole('textbox', { name: 'Company' }).fill('Sharma Traders');
  await page.getByRole('button', { name: 'Make the book' }).click();
  await expect(page.getByRole('button', { name: 'Choose file…' })).toBeVisible();
}

async function chooseFile(app: ElectronApplication, page: Page, file: string): Promise<void> {
  await answerDialogWith(app, file);
  await page.getByRole('button', { name: 'Choose file…' }).click();
  await expect(page.getByRole('region', { name: 'First rows of the sheet' })).toBeVisible();
}

const goOn = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Dry run', exact: true }).click();

async function approve(page: Page, words: RegExp): Promise<void> {
  await page.getByRole('button', { name: words }).click();
  await expect(page.getByTestId('import-done')).toBeVisible();
}

/** The cells of a row of a table of facts, without its name. */
async function cellsOf(page: Page, table: string, name: string): Promise<string[]> {
  const row = page
    .getByTestId(table)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) });
  const cells = await row.getByRole('cell').allTextContents();
  return cells.map((cell) => cell.trim());
}

/** What the file itself adds up to, in cents: summed here without any code of the app. */
function centsByCurrency(file: string): {
  readonly cents: Map<string, number>;
  readonly rows: Map<string, number>;
} {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split(/\r?\n/);
  const columns = header.split(',');
  const [amountAt, currencyAt] = [columns.indexOf('total_open_amount'), columns.indexOf('invoice_currency')];
  const cents = new Map<string, number>();
  const rows = new Map<string, number>();
  for (const line of lines) {
    const cells = line.split(',');
    const currency = cells[currencyAt] ?? '';
    const amount = Math.round(Number(cells[amountAt]) * 100);
    cents.set(currency, (cents.get(currency) ?? 0) + amount);
    rows.set(currency, (rows.get(currency) ?? 0) + 1);
  }
  return { cents, rows };
}

test.describe('files of other programs', () => {
  test('takes 9,700 open bills in two currencies at the rates it asks for, and a second time as the same', async ({
    app,
    page,
  }) => {
    needs(HIGHRADIUS);
    const { cents, rows } = centsByCurrency(HIGHRADIUS);
    const [usd, cad] = [cents.get('USD') ?? 0, cents.get('CAD') ?? 0];
    await makeBook(page);
    await chooseFile(app, page, HIGHRADIUS);
    await expect(
      page.getByText(`${indian.format(rows.get('USD') ?? 0).replace('.00', '')} rows are in USD.`),
    ).toBeVisible();
    await page.getByLabel('1 USD in INR').fill('83.25');
    await page.getByLabel('1 CAD in INR').fill('61');
    await expect(page.getByText('Everything is clear.')).toBeVisible();
    await goOn(page);
    await expect
      .poll(() => cellsOf(page, 'tie-out', 'Rows of the file'))
      .toEqual(['9,700', '9,700', '0', '0', '0']);
    for (const [currency, sum] of [
      ['USD', usd],
      ['CAD', cad],
    ] as const) {
      const words = western.format(sum / 100);
      expect(await cellsOf(page, 'tie-out', currency)).toEqual([words, words, '0.00', '0.00', '0.00']);
    }
    await expect(page.getByTestId('tie-out-mark')).toHaveAttribute('data-tied', 'true');
    expect(await cellsOf(page, 'import-counts', 'Bills')).toEqual(['9,700', '0', '0']);
    const [worth = ''] = await cellsOf(page, 'import-worth', 'Bills');
    // Each bill is rounded to the paisa for itself, so the sum may be off by half a paisa a bill.
    const exactPaise = usd * 83.25 + cad * 61;
    expect(Math.abs(Number(worth.replaceAll(',', '')) * 100 - exactPaise)).toBeLessThan(9700 / 2);
    await approve(page, /^Import 9,700 bills, ₹ 2,5\d\d Cr$/);
    await expect(page.getByTestId('import-done')).toHaveText('Rows: 9,700 taken, 0 refused, 0 left out.');

    await page.getByRole('button', { name: 'Import another file' }).click();
    await chooseFile(app, page, HIGHRADIUS);
    await page.getByLabel('1 USD in INR').fill('83.25');
    await page.getByLabel('1 CAD in INR').fill('61');
    await goOn(page);
    await expect.poll(() => cellsOf(page, 'import-counts', 'Bills')).toEqual(['0', '0', '9,700']);
    await expect(page.getByText('Everything in this file is already in the book.')).toBeVisible();
    await page.getByRole('button', { name: 'Choose another file' }).click();
    await expect(page.getByRole('button', { name: 'Choose file…' })).toBeVisible();
  });

  test('leaves drafts of Zoho out with the reason, and takes them when told that they were sent', async ({
    app,
    page,
  }) => {
    needs(ZOHO);
    await makeBook(page);
    await chooseFile(app, page, ZOHO);
    await expect(page.getByText('Known layout: Zoho invoices')).toBeVisible();
    await goOn(page);
    await expect
      .poll(() => cellsOf(page, 'tie-out', 'Rows of the file'))
      .toEqual(['13', '0', '0', '13', '0']);
    await expect(
      page.getByTestId('import-notes').getByText('The bill is a draft (“Draft”), so it is not owed.').first(),
    ).toBeVisible();
    await expect(page.getByText('No row can be taken.')).toBeVisible();

    await page.getByRole('button', { name: 'Back to the columns' }).click();
    await page.getByRole('checkbox', { name: 'Take drafts too' }).check();
    await expect(page.getByText('13 rows are in USD.')).toBeVisible();
    await page.getByLabel('1 USD in INR').fill('80');
    await goOn(page);
    await expect.poll(() => cellsOf(page, 'import-counts', 'Bills')).toEqual(['3', '0', '0']);
    // Three invoices of 489.75, 460.00 and 390.00, whatever number of lines the file gives each.
    expect(await cellsOf(page, 'import-worth', 'Bills')).toEqual(['1,07,180.00']);
    await expect(page.getByTestId('tie-out-mark')).toHaveAttribute('data-tied', 'true');
    await expect(
      page.getByTestId('import-notes').getByText('The row is a further line of INV-000001').first(),
    ).toBeVisible();
    await approve(page, /^Import 3 bills, ₹ /);
    await expect(page.getByTestId('import-done')).toContainText('0 refused');
  });

  test('finds the header of a Tally Day Book below its title and takes its 28 bills', async ({
    app,
    page,
  }) => {
    needs(DAY_BOOK);
    await makeBook(page);
    await chooseFile(app, page, DAY_BOOK);
    await expect(page.getByRole('button', { name: 'Row 6 is the header row' })).toBeVisible();
    await expect(page.getByText('Known layout: Tally Day Book')).toBeVisible();
    await goOn(page);
    await expect
      .poll(() => cellsOf(page, 'tie-out', 'INR'))
      .toEqual(['57,27,783.30', '57,27,783.30', '0.00', '0.00', '0.00']);
    await approve(page, /^Import 28 bills, ₹ 57\.2 L$/);
    await page.getByRole('link', { name: 'See customers' }).click();
    await expect(page.getByRole('heading', { name: 'Customers' })).toBeVisible();
  });
});

const FAULTY = `Party,Bill No,Date,Amount
Asha Stores,1,05/04/2026,"1,18,000.00"
Balu & Sons,2,31/02/2026,500
,3,06/04/2026,700
Chandra Co,4,13/04/2026,twelve
Total,,,"1,19,200.00"
`;

function faultyFile(dataDir: string): string {
  const file = path.join(dataDir, 'faulty.csv');
  writeFileSync(file, FAULTY);
  return file;
}

test.describe('rows that cannot be taken', () => {
  test('stand with row number and reason in the dry run and are kept with the import', async ({
    app,
    page,
    dataDir,
  }) => {
    await makeBook(page);
    await chooseFile(app, page, faultyFile(dataDir));
    await goOn(page);
    await expect.poll(() => cellsOf(page, 'tie-out', 'Rows of the file')).toEqual(['5', '1', '3', '1', '0']);
    const notes = page.getByRole('grid', { name: 'Rows not taken' });
    const note = (row: string) =>
      notes.getByRole('row').filter({ has: page.getByRole('gridcell', { name: row, exact: true }) });
    await expect(note('3')).toContainText('“31/02/2026” is no day of the calendar.');
    await expect(note('4')).toContainText('The row names no customer.');
    await expect(note('5')).toContainText('“twelve” is not an amount.');
    await expect(note('6')).toContainText('is a totals row, not a bill.');
    await approve(page, /^Import 1 bill, ₹ 1\.1 L$/);
    await page.getByRole('button', { name: 'See the rows not taken' }).click();
    await expect(page.getByRole('dialog').getByText('“twelve” is not an amount.')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  test('leave the drop zone standing when the file is of no kind that can be read', async ({
    page,
    dataDir,
  }) => {
    await makeBook(page);
    const picture = path.join(dataDir, 'bill.png');
    writeFileSync(picture, 'no workbook');
    await page.locator('input[type=file]').setInputFiles(picture);
    await expect(page.getByRole('alert')).toContainText('“bill.png” is none of the files that Baaki reads');
    await page.locator('input[type=file]').setInputFiles(faultyFile(dataDir));
    await expect(page.getByRole('region', { name: 'First rows of the sheet' })).toBeVisible();
  });
});

test.describe('in Hindi', () => {
  test.use({ lang: 'hi' });

  test('says steps, figures and reasons in Hindi', async ({ app, page, dataDir }) => {
    await page.getByRole('textbox', { name: 'कंपनी' }).fill('शर्मा ट्रेडर्स');
    await page.getByRole('button', { name: 'बही बनाएँ' }).click();
    await answerDialogWith(app, faultyFile(dataDir));
    await page.getByRole('button', { name: 'फ़ाइल चुनें…' }).click();
    await page.getByRole('button', { name: 'जाँच लें', exact: true }).click();
    await expect(page.getByText('“twelve” राशि नहीं है।')).toBeVisible();
    await expect(page.getByRole('button', { name: '1 बिल लाएँ, ₹ 1.1 लाख' })).toBeEnabled();
  });
});

test.describe('with the keyboard alone', () => {
  test('makes a book, imports the sample ledger and ends on the dashboard', async ({ app, page }) => {
    await answerDialogWith(app, SAMPLE);
    await expect(page.getByRole('textbox', { name: 'Company' })).toBeFocused();
    await page.keyboard.type('Sharma Traders');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Choose file…' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'First rows of the sheet' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('tie-out')).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('region', { name: 'First rows of the sheet' })).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('tie-out-mark')).toHaveAttribute('data-tied', 'true');
    await expect(page.getByRole('button', { name: /^Import \d+ bills/ })).toBeEnabled();
    await page.keyboard.press('Enter');
    await expect(page.getByTestId('import-done')).toBeVisible();
    await expect(page.getByRole('link', { name: 'See the dashboard' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/$/);
  });
});
