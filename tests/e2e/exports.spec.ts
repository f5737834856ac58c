// Tables that leave the window: what stands in the files is what the command line says of the same book.
import { mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import ExcelJS from 'exceljs';
import { agingBy, expect, test } from './demo-book.ts';

/** The native dialog cannot be pressed by a test: it answers at once with the name it proposes, in a folder of ours. */
async function saveInto(app: ElectronApplication, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await app.evaluate(({ dialog }, into) => {
    Object.assign(dialog, {
      showSaveDialog: (_window: unknown, options: { readonly defaultPath?: string }) => {
        const name = (options.defaultPath ?? 'unnamed').replace(/^.*[\\/]/, '');
        return Promise.resolve({ canceled: false, filePath: `${into}/${name}` });
      },
    });
  }, folder);
}

type Kind = 'Excel workbook' | 'CSV' | 'Print to PDF';

/** Presses an export and waits until the window says under which name it was saved. */
async function exported(page: Page, button: string, kind: Kind, folder: string): Promise<string> {
  await page.getByRole('button', { name: button, exact: true }).click();
  await page.getByRole('menuitem', { name: kind }).click();
  const told = page.getByText(/^Saved as “.+”\.$/).last();
  await expect(told).toBeVisible();
  const name = /“(.+)”/.exec(await told.innerText())?.[1] ?? '';
  await page.getByRole('button', { name: 'Close the message' }).last().click();
  await expect(page.getByText(/^Saved as/)).toHaveCount(0);
  return path.join(folder, name);
}

async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

type Sheet = {
  readonly title: string;
  readonly labels: readonly string[];
  readonly rows: readonly unknown[][];
};

/** A written workbook as values: the title, the labels of its columns, and all rows below them. */
async function readSheet(file: string): Promise<Sheet> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const lines: unknown[][] = [];
  book.worksheets[0]?.eachRow({ includeEmpty: false }, (row) => {
    const { values } = row;
    lines.push(Array.isArray(values) ? values.slice(1) : []);
  });
  const head = lines.findIndex((line) => line.length > 3);
  return {
    title: String(lines[0]?.[0]),
    labels: (lines[head] ?? []).map(String),
    rows: lines.slice(head + 1),
  };
}

/** A cell of money in paise; the cell itself is in rupees. */
function paiseOf(cell: unknown): number {
  return Math.round(Number(cell) * 100);
}

function sumOf(sheet: Sheet, label: string): { readonly rows: number; readonly total: number } {
  const at = sheet.labels.indexOf(label);
  const own = sheet.rows.slice(0, -1).map((row) => paiseOf(row[at] ?? 0));
  return { rows: own.reduce((sum, one) => sum + one, 0), total: paiseOf(sheet.rows.at(-1)?.[at]) };
}

test('open bills go out as a workbook, CSV and PDF, and add up to the command line’s outstanding', async ({
  app,
  page,
  dataDir,
}) => {
  const folder = path.join(dataDir, 'outbox');
  await saveInto(app, folder);
  const { outstandingPaise, buckets } = agingBy(dataDir).totals;
  await goTo(page, 'Bills');
  await expect(page.getByRole('grid')).toHaveAttribute('aria-busy', 'false');

  const sheet = await readSheet(await exported(page, 'Export', 'Excel workbook', folder));
  expect(sheet.title).toBe('Open bills');
  expect(sumOf(sheet, 'Open')).toEqual({ rows: outstandingPaise, total: outstandingPaise });

  const csv = readFileSync(await exported(page, 'Export', 'CSV', folder), 'utf8');
  const lastLine = csv.trim().split(/\r?\n/).at(-1)?.split(',') ?? [];
  expect(paiseOf(lastLine.at(-1))).toBe(outstandingPaise);

  const pdf = readFileSync(await exported(page, 'Export', 'Print to PDF', folder));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(20_000);

  // What is left out on the screen is left out of the file.
  await page.getByRole('radiogroup', { name: 'How late' }).getByText('Over 120 days').click();
  await expect(page.getByRole('grid')).toHaveAttribute('aria-busy', 'false');
  const old = await readSheet(await exported(page, 'Export', 'Excel workbook', folder));
  expect(sumOf(old, 'Open').rows).toBe(buckets.at(-1));

  await page.getByText('By group', { exact: true }).click();
  const groups = await readSheet(await exported(page, 'Export', 'Excel workbook', folder));
  expect(sumOf(groups, 'Outstanding')).toEqual({ rows: outstandingPaise, total: outstandingPaise });
  expect(sumOf(groups, 'Over 120 days').rows).toBe(buckets.at(-1));
});

test('the aging by customer, a figure’s documents and a customer’s account go out with the same figures', async ({
  app,
  page,
  dataDir,
}) => {
  const folder = path.join(dataDir, 'outbox');
  await saveInto(app, folder);
  const table = agingBy(dataDir);
  const report = await readSheet(await exported(page, 'Export aging by customer', 'Excel workbook', folder));
  const total = table.totals.outstandingPaise;
  expect(sumOf(report, 'Outstanding')).toEqual({ rows: total, total });
  expect(sumOf(report, '1–30 days').rows).toBe(table.totals.buckets[1]);
  expect(report.rows).toHaveLength(table.rows.length + 1);

  await page.getByRole('button', { name: 'How the number came to be: Overdue' }).click();
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByRole('table')).toBeVisible();
  const documents = await readSheet(await exported(page, 'Export', 'Excel workbook', folder));
  const { overduePaise } = table.totals;
  expect(sumOf(documents, 'Open')).toEqual({ rows: overduePaise, total: overduePaise });
  await page.keyboard.press('Escape');

  const first = table.rows[0];
  if (!first) throw new Error('The demo company has no debtor.');
  await page.getByRole('link', { name: first.name, exact: true }).first().click();
  await expect(page.getByRole('heading', { level: 1, name: first.name })).toBeVisible();
  const account = await readSheet(await exported(page, 'Export statement', 'Excel workbook', folder));
  const at = account.labels.indexOf('Balance');
  expect(paiseOf(account.rows.at(-2)?.[at])).toBe(first.outstandingPaise);
  expect(sumOf(account, 'Debit').rows - sumOf(account, 'Credit').rows).toBe(first.outstandingPaise);
  const pdf = readFileSync(await exported(page, 'Export statement', 'Print to PDF', folder));
  expect(pdf.length).toBeGreaterThan(10_000);
});

test('the register of cheques goes out with its total', async ({ app, page, dataDir }) => {
  const folder = path.join(dataDir, 'outbox');
  await saveInto(app, folder);
  const { postDatedPaise } = agingBy(dataDir).totals;
  expect(postDatedPaise).toBeGreaterThan(0);
  await goTo(page, 'Cheques');
  const sheet = await readSheet(await exported(page, 'Export', 'Excel workbook', folder));
  expect(sumOf(sheet, 'Amount')).toEqual({ rows: postDatedPaise, total: postDatedPaise });
});
