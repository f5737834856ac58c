import AxeBuilder from '@axe-core/playwright';
import { cpSync } from 'node:fs';
import { expect, test as base } from './app.ts';

const OUT = '/tmp/ui4/shots';
const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    cpSync('/tmp/ui4/data', dataDir, { recursive: true });
    await use(dataDir);
  },
});
test.setTimeout(120_000);
const only = process.env['ONLY'];
for (const [lang, theme, width, height] of [
  ['en', 'light', 1366, 768],
  ['hi', 'dark', 1920, 1080],
] as const) {
  if (only && only !== lang) continue;
  test.describe(`${lang}`, () => {
    test.use({ lang, theme, windowSize: { width, height } });
    test(`look ${lang}`, async ({ page }) => {
      const shot = async (name: string) => {
        await page.waitForTimeout(400);
        await page.screenshot({ path: `${OUT}/${name}-${lang}.png` });
      };
      const axe = async (name: string) => {
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        for (const v of violations)
          console.log('AXE', name, v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 200)).join(' || '));
      };
      page.on('console', (m) => {
        if (m.type() === 'error') console.log('CONSOLE', m.text());
      });
      const go = async (hash: string) => {
        await page.evaluate((h) => (window.location.hash = h), hash);
        await page.waitForTimeout(500);
      };
      await expect(page.getByRole('navigation').first()).toBeVisible();
      await page.waitForTimeout(1500);
      await shot('dashboard');
      await axe('dashboard');
      await page.keyboard.press('Alt+0');
      await expect(page.locator('.threads')).toBeVisible();
      await shot('inbox');
      await axe('inbox');
      await go('#/inbox?customer=6');
      await page.locator('.threads').focus();
      await shot('inbox-promise');
      await page.keyboard.press('p');
      await shot('inbox-promise-form');
      await axe('promise-form');
      await page.keyboard.press('Control+Enter');
      await shot('inbox-promised');
      await go('#/inbox?customer=1');
      await shot('inbox-mail');
      await page.locator('.threads').focus();
      await page.keyboard.press('m');
      await shot('inbox-paid-form');
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Thank you, we look into it.');
      await shot('inbox-writing');
      await page.locator('.composer__tools button').last().click();
      await shot('inbox-quick');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(500);
      await shot('inbox-quick-picked');
      await page.keyboard.press('Control+Enter');
      await page.waitForTimeout(700);
      await shot('inbox-answered');
      await go('#/inbox?customer=4');
      await shot('inbox-closed');
      await axe('inbox-closed');
      await go('#/inbox?address=%2B919899912345');
      await shot('inbox-stranger');
      await axe('stranger');
      await go('#/inbox?tab=claims');
      await shot('claims');
      await axe('claims');
      await page.locator('.claims__form input').first().fill('500');
      await page.keyboard.press('Control+Enter');
      await page.waitForTimeout(700);
      await shot('claims-confirmed');
      await go('#/customers/6');
      await page.waitForTimeout(600);
      await shot('customer-top');
      await page.locator('.care').first().scrollIntoViewIfNeeded();
      await page.locator('.care').first().evaluate((e) => e.parentElement?.parentElement?.scrollIntoView());
      await shot('customer');
      await axe('customer');
      await page.locator('.care__buttons button').first().click();
      await page.keyboard.type('Festival');
      await shot('customer-pause');
      await page.keyboard.press('Control+Enter');
      await page.waitForTimeout(500);
      await page.locator('.care__consents button').first().click();
      await page.keyboard.type('order form');
      await shot('customer-consent');
      await page.keyboard.press('Enter');
      await page.waitForTimeout(500);
      await shot('customer-consented');
      await go('#/customers/6?send=whatsapp');
      await go('#/customers/17?send=whatsapp');
      await page.waitForTimeout(900);
      await shot('customer-send');
      await axe('send');
      await page.keyboard.press('Escape');
      await go('#/customers');
      await page.waitForTimeout(500);
      await shot('customers');
      await page.locator('.page__actions button').first().click();
      await shot('customers-many');
      await axe('many');
    });
  });
}
