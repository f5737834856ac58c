// The certificate: what Tally says and what Baaki says, side by side, with the cause where they differ; on paper too.
import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import AxeBuilder from '@axe-core/playwright';
import type { ElectronApplication, Page } from '@playwright/test';
import { projectNode } from '../../scripts/project-node.mjs';
import { createFakeCompany, type FakeCompany } from '../fakes/tally/book.ts';
import { startFakeTally, type FakeTally } from '../fakes/tally/index.ts';
import { expect, repo, test as base } from './app.ts';

const CLI = path.join(repo, 'out/main/cli.js');
const COMPANY = 'Sharma Traders';

/** Not execFileSync: the fake answers in this very process. */
async function cli(dataDir: string, ...words: readonly string[]): Promise<string> {
  const run = await promisify(execFile)(projectNode(), [CLI, ...words, '--data-dir', dataDir]);
  return run.stdout;
}

function company(): FakeCompany {
  const made = createFakeCompany({ name: COMPANY, booksFrom: '2026-04-01' });
  made.createLedger({ name: 'Sales', parent: 'Sales Accounts' });
  made.createLedger({ name: 'HDFC Bank', parent: 'Bank Accounts' });
  const party = (name: string, address: readonly string[] = []): void => {
    made.createLedger({ name, parent: 'Sundry Debtors', billWise: true, contact: { address } });
  };
  party('Asha Traders');
  party('Rao & Sons', ['14 Market Road', 'Mob: 98220 12345']);
  party('Mehta Steel', ['Mail: accounts@mehtasteel.example']);
  const sale = (ledger: string, ref: string, amount: number, date: string): void => {
    const bills = [{ type: 'New Ref' as const, ref, amount, period: '30 Days' }];
    const lines = [
      { ledger, amount, bills },
      { ledger: 'Sales', amount: 0 - amount },
    ];
    made.createVoucher({ type: 'Sales', date, lines });
  };
  sale('Asha Traders', 'A/1', 50_000_00, '2026-09-01');
  sale('Asha Traders', 'A/2', 30_000_00, '2026-10-01');
  sale('Rao & Sons', 'R/1', 1_00_000_00, '2026-10-05');
  sale('Mehta Steel', 'M/1', 12_34_567_89, '2026-08-15');
  made.createVoucher({
    type: 'Receipt',
    date: '2026-10-20',
    lines: [
      { ledger: 'Rao & Sons', amount: -20_000_00, bills: [{ type: 'On Account', amount: -20_000_00 }] },
      { ledger: 'HDFC Bank', amount: 20_000_00 },
    ],
  });
  return made;
}

/** The window on a book that has been read from a Tally, and in which a receipt was then entered by hand. */
const test = base.extend<{ fake: FakeTally }>({
  fake: async ({}, use) => {
    const fake = await startFakeTally({ books: [company()] });
    await use(fake);
    await fake.stop();
  },
  dataDir: async ({ dataDir, fake }, use) => {
    await cli(dataDir, 'sync', '--company', COMPANY, '--port', String(fake.port));
    const listed: unknown = JSON.parse(
      await cli(dataDir, 'customers', '--search', 'Asha', '--format', 'json'),
    );
    const customerId = /"customerId":(\d+)/.exec(JSON.stringify(listed))?.[1] ?? '';
    const receipt = { customerId: Number(customerId), receiptDay: '2026-11-02', amountPaise: 5_000_00 };
    await cli(dataDir, 'call', 'receipts.save', JSON.stringify(receipt));
    await cli(dataDir, 'sync', '--full');
    await use(dataDir);
  },
});

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

/** What an accessibility check finds on the screen as it stands. */
async function faultsOf(page: Page): Promise<readonly unknown[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
}

async function openCertificate(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'See which, and why' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tie-out with Tally' })).toBeVisible();
}

test('the certificate lists who differs with the cause, bill by bill, and prints', async ({
  app,
  page,
  dataDir,
}) => {
  const outbox = path.join(dataDir, 'outbox');
  await saveInto(app, outbox);
  await openCertificate(page);

  const figure = (name: string) => page.locator(`[data-figure="${name}"] dd`);
  await expect(figure('tally')).toHaveText('₹ 13,94,567.89');
  await expect(figure('onAccount')).toHaveText('−₹ 20,000.00');
  await expect(figure('baaki')).toHaveText('₹ 13,89,567.89');
  await expect(figure('difference')).toHaveText('−₹ 5,000.00');
  await expect(page.getByText('1 of 3 parties do not agree.')).toBeVisible();

  expect(await faultsOf(page)).toEqual([]);
  const grid = page.getByRole('grid');
  const row = grid.getByRole('row').filter({ hasText: 'Asha Traders' });
  await expect(row).toContainText('Entered in Baaki');
  await expect(grid.getByText('Rao & Sons')).toHaveCount(0);
  await page.getByRole('checkbox', { name: 'Only those that differ (1)' }).uncheck();
  await expect(grid.getByRole('row').filter({ hasText: 'Rao & Sons' })).toContainText('−20,000.00');

  // By keys alone: the first row is the one that differs, and Enter lays its bills side by side.
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const drawer = page.getByRole('dialog');
  await expect(drawer.getByText('Enter it in Tally too, then void the one in Baaki.')).toBeVisible();
  await expect(drawer.getByRole('row').filter({ hasText: 'A/1' })).toContainText('01-09-2026');
  expect(await faultsOf(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);

  await page.getByRole('button', { name: 'Export', exact: true }).click();
  await page.getByRole('menuitem', { name: 'CSV' }).click();
  await expect(page.getByText('Saved as “Tie-out with Tally', { exact: false })).toBeVisible();
  const csv = readFileSync(path.join(outbox, readdirSync(outbox)[0] ?? ''), 'utf8');
  expect(csv).toContain('Asha Traders,80000.00,80000.00,0.00,75000.00,-5000.00,');
  expect(csv).toContain('Rao & Sons,80000.00,100000.00,-20000.00,80000.00,0.00,On account');
  await page.getByRole('button', { name: 'Close the message' }).click();

  await page.getByRole('button', { name: 'Print certificate' }).click();
  const told = page.getByText(/^Saved as “Tie-out certificate .+”\.$/);
  await expect(told).toBeVisible();
  const name = /“(.+)”/.exec(await told.innerText())?.[1] ?? '';
  expect(name).toMatch(/^Tie-out certificate Sharma Traders .+\.pdf$/);
  const pdf = readFileSync(path.join(outbox, name));
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.length).toBeGreaterThan(10_000);
});

test('a customer’s page says what Tally has of him, and reads it again', async ({ page, fake }) => {
  await page.getByRole('link', { name: 'Rao & Sons', exact: true }).first().click();
  const strip = page.getByTestId('party-strip');
  await expect(strip).toContainText('closing 80,000.00 Dr');
  await expect(strip).toContainText('on account 20,000.00 Cr');
  expect(await faultsOf(page)).toEqual([]);
  await strip.getByRole('button', { name: 'Read again' }).click();
  await expect(strip).toContainText('Nothing has changed in Tally.');
  const [books] = fake.companies;
  const amount = 15_000_00;
  books?.createVoucher({
    type: 'Sales',
    date: '2026-11-05',
    lines: [
      { ledger: 'Rao & Sons', amount, bills: [{ type: 'New Ref', ref: 'R/2', amount }] },
      { ledger: 'Sales', amount: 0 - amount },
    ],
  });
  await strip.getByRole('button', { name: 'Read again' }).click();
  await expect(strip).toContainText(
    'Closing balance was 80,000.00 Dr, now 95,000.00 Dr. 1 new open bill: R/2',
  );
  await expect(page.getByRole('cell', { name: 'R/2', exact: true })).toBeVisible();
});

test('what stands in an address is taken only when it is told to, and can be taken back before', async ({
  page,
}) => {
  await page.getByRole('navigation').getByRole('link', { name: /Tally/ }).click();
  const offer = page.getByRole('listitem').filter({ hasText: 'Rao & Sons' });
  await offer.getByRole('button', { name: /^Take / }).click();
  await offer.getByRole('button', { name: 'Undo for Rao & Sons' }).click();
  await expect(offer.getByRole('button', { name: /^Take / })).toBeFocused();
  await page.getByRole('button', { name: 'Take all 2 shown' }).click();
  await expect(page.getByText('Found in address lines')).toHaveCount(0, { timeout: 15_000 });
  await page.getByRole('navigation').getByRole('link', { name: 'Customers', exact: true }).click();
  await page.getByRole('grid').getByText('Rao & Sons').dblclick();
  await expect(page.getByText(/98220 ?12345/).first()).toBeVisible();
});
