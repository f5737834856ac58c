// Customers by hand, with the keyboard alone, and the customers table: groups, the look beside it, saved views.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { agingBy, expect, test } from './demo-book.ts';

const figure = (page: Page, label: string) =>
  page.locator('.figure').filter({ has: page.getByText(label, { exact: true }) });

async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
}

/** Types into the field that has the keyboard, and goes on to the next. */
async function fill(page: Page, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) {
    if (text !== '') await page.keyboard.type(text);
    await page.keyboard.press('Tab');
  }
}

async function enterCustomer(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Alt+c');
  await expect(page.getByRole('dialog', { name: 'New customer' })).toBeVisible();
  await expect(page.getByLabel('Name')).toBeFocused();
  // Name, phone, e-mail, credit days, credit limit.
  await fill(page, name, '98765 43210', '', '30', '1L');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

async function enterBill(page: Page, number: string, amount: string): Promise<void> {
  await page.keyboard.press('F8');
  const dialog = page.getByRole('dialog', { name: 'New bill' });
  await expect(dialog.getByLabel('Number')).toBeFocused();
  await expect(dialog.getByText(/by 30 days’ credit/)).toBeVisible();
  // Number, kind, bill date, due date, amount.
  await fill(page, number, '', '', '', amount);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
}

test('a customer, a bill and a receipt are entered by keyboard, applied, and taken back', async ({
  page,
}) => {
  await expect(figure(page, 'Outstanding')).toBeVisible();
  await enterCustomer(page, 'Gupta Hand Tools');
  await enterBill(page, 'GH/1', '75,000');
  await expect(figure(page, 'Outstanding')).toContainText('75,000.00');
  await enterBill(page, 'GH/2', '50,000.50');
  await expect(figure(page, 'Outstanding')).toContainText('1,25,000.50');
  await expect(page.getByText(/1,00,000\.00/).first()).toBeVisible();
  await expect(figure(page, 'Credit limit')).toContainText('25,000.50');

  await page.keyboard.press('F6');
  const dialog = page.getByRole('dialog', { name: 'New receipt' });
  await expect(dialog.getByLabel('Amount')).toBeFocused();
  await page.keyboard.type('80,000');
  await dialog.getByText('Chosen bills').click();
  // What oldest-first would do stands there, to be changed by hand.
  await expect(dialog.getByLabel('What GH/1 gets')).toHaveValue('75,000.00');
  await expect(dialog.getByLabel('What GH/2 gets')).toHaveValue('5,000.00');
  await dialog.getByLabel('What GH/2 gets').fill('2,000');
  await expect(dialog.getByTestId('left-on-account')).toContainText('3,000.00');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(figure(page, 'Outstanding')).toContainText('45,000.50');
  await expect(figure(page, 'Not matched')).toContainText('−₹ 3,000.00');

  // The receipt is folded under its bill; taken off, its money is on account.
  await page.getByRole('button', { name: 'GH/2', exact: true }).click();
  await page.getByRole('button', { name: /off this bill$/ }).click();
  await expect(figure(page, 'Not matched')).toContainText('−₹ 5,000.00');
  await page.keyboard.press('Control+z');
  await expect(figure(page, 'Not matched')).toContainText('−₹ 3,000.00');
});

test('money on account is matched to bills, and a voided bill comes back with one press', async ({
  page,
}) => {
  await expect(figure(page, 'Outstanding')).toBeVisible();
  await enterCustomer(page, 'Gupta Hand Tools');
  await enterBill(page, 'GH/1', '10,000');
  await page.keyboard.press('F6');
  const receipt = page.getByRole('dialog', { name: 'New receipt' });
  await expect(receipt.getByLabel('Amount')).toBeFocused();
  await page.keyboard.type('4k');
  await receipt.getByText('Leave on account').click();
  await page.keyboard.press('Control+Enter');
  await expect(figure(page, 'Not matched')).toContainText('−₹ 4,000.00');

  await page.getByRole('button', { name: 'Actions for Receipt' }).click();
  await page.getByRole('menuitem', { name: 'Match to bills' }).click();
  const matching = page.getByRole('dialog', { name: 'Match Receipt to bills' });
  await expect(matching.getByLabel('What GH/1 gets')).toHaveValue('4,000.00');
  await page.keyboard.press('Control+Enter');
  await expect(figure(page, 'Not matched')).toContainText('₹ 0.00');
  await expect(page.getByRole('row').filter({ hasText: 'GH/1' })).toContainText('6,000.00');

  await page.getByRole('button', { name: 'Actions for GH/1' }).click();
  await page.getByRole('menuitem', { name: 'Void' }).click();
  await expect(page.getByRole('dialog', { name: 'Void GH/1' }).getByLabel('Why')).toBeFocused();
  await page.keyboard.type('Entered twice');
  await page.keyboard.press('Control+Enter');
  await expect(figure(page, 'Outstanding')).toContainText('−₹ 4,000.00');
  await page.getByRole('button', { name: 'Bring it back' }).click();
  await expect(page.getByRole('row').filter({ hasText: 'GH/1' })).toBeVisible();
});

test('typing a part of a name and Enter picks the customer, and does not send the form', async ({
  page,
  dataDir,
}) => {
  const wanted = agingBy(dataDir).rows[2]?.name ?? 'nobody';
  await expect(figure(page, 'Outstanding')).toBeVisible();
  await page.keyboard.press('F6');
  const dialog = page.getByRole('dialog', { name: 'New receipt' });
  await expect(dialog.getByRole('combobox', { name: 'Customer' })).toBeFocused();
  await page.keyboard.type(wanted.slice(0, 12));
  await expect(page.getByRole('option', { name: wanted }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('combobox', { name: 'Customer' })).toHaveValue(new RegExp(wanted));
  await expect(dialog.getByText('Write an amount above zero.')).toHaveCount(0);
});

test('a refusal stands beside the field that it is about', async ({ page }) => {
  await expect(figure(page, 'Outstanding')).toBeVisible();
  await page.keyboard.press('F8');
  const dialog = page.getByRole('dialog', { name: 'New bill' });
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(dialog.getByText('Choose the customer.')).toBeVisible();
  await expect(dialog.getByText('Write an amount above zero.')).toBeVisible();
  await dialog.getByLabel('Bill date').fill('31/02/2026');
  await expect(dialog.getByText('This is no day. Write it like 22/11/2026.')).toBeVisible();
});

test('nothing can be entered while another day is looked at', async ({ page }) => {
  await page.getByTestId('as-of').click();
  await page.getByRole('button', { name: 'Previous month' }).click();
  await page.getByRole('dialog').getByRole('button', { name: /^15 / }).click();
  await expect(page.getByText('You are looking at', { exact: false })).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('F8');
  await expect(page.getByText('Go back to today to enter something.')).toBeVisible();
  await expect(page.getByRole('dialog', { name: 'New bill' })).toHaveCount(0);
});

test('the table is grouped with sums, searched, and looked into, and a view is kept', async ({
  page,
  dataDir,
}) => {
  const { rows } = agingBy(dataDir);
  await goTo(page, 'Customers');
  await page.getByRole('combobox', { name: 'Group by' }).click();
  await page.getByRole('option', { name: 'By salesperson' }).click();
  const grid = page.getByRole('treegrid');
  const groups = grid.locator('[aria-expanded]');
  await expect(groups.first()).toHaveAttribute('aria-expanded', 'true');
  await grid.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowLeft');
  await expect(groups.first()).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press(' ');
  await expect(page.getByRole('complementary', { name: 'A look at the customer' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('complementary', { name: 'A look at the customer' })).toHaveCount(0);

  // The keys of the window work beside the fields of a toolbar.
  await page.keyboard.press('Alt+c');
  await expect(page.getByRole('dialog', { name: 'New customer' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.getByRole('button', { name: 'Save as view' }).click();
  await page.keyboard.type('By person');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'By person', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.getByRole('button', { name: 'All customers' }).click();
  await expect(page.getByRole('grid')).toBeVisible();
  await page.reload();
  await page.getByRole('button', { name: 'By person', exact: true }).click();
  await expect(page.getByRole('treegrid')).toBeVisible();

  await page.getByRole('button', { name: 'All customers' }).click();
  const wanted = rows[3];
  await page.getByRole('grid').focus();
  await page.keyboard.type((wanted?.name ?? '').slice(0, 12));
  await expect(page.getByRole('grid').getByRole('row').nth(1)).toContainText(wanted?.name ?? 'nobody');
});

for (const theme of ['light', 'dark'] as const) {
  test(`the dialogs, a customer and the cheques are free of accessibility faults in ${theme}`, async ({
    page,
    dataDir,
  }) => {
    const { rows } = agingBy(dataDir);
    await page.evaluate((wanted) => localStorage.setItem('baaki.theme', wanted), theme);
    await page.reload();
    await expect(figure(page, 'Outstanding')).toBeVisible();
    const faultsOf = async (place: string): Promise<void> => {
      await page.waitForLoadState('networkidle');
      const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
      expect({ place, faults: violations.map(({ id, nodes }) => [id, nodes[0]?.html]) }).toEqual({
        place,
        faults: [],
      });
    };
    await goTo(page, 'Cheques');
    await faultsOf('cheques');
    await page.evaluate((id) => (window.location.hash = `#/customers/${id}`), rows[0]?.customerId ?? 1);
    await expect(page.getByRole('heading', { name: 'Timeline' })).toBeVisible();
    await faultsOf('customer');
    for (const [key, name] of [
      ['F8', 'New bill'],
      ['F6', 'New receipt'],
      ['Alt+F6', 'New credit note or advance'],
      ['Alt+c', 'New customer'],
    ] as const) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog', { name })).toBeVisible();
      await faultsOf(name);
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog', { name })).toHaveCount(0);
    }
  });
}
