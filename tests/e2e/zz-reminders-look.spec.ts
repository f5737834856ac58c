import AxeBuilder from '@axe-core/playwright';
import { cpSync } from 'node:fs';
import { expect, test as base } from './app.ts';
import { runCli } from './demo-book.ts';

const OUT = '/tmp/ui1/shots';
const test = base.extend({
  dataDir: async ({ dataDir }, use) => {
    cpSync('/tmp/ui1/dataB', dataDir, { recursive: true });
    await use(dataDir);
  },
});
test.setTimeout(120_000);
for (const [lang, theme, width, height] of [
  ['en', 'light', 1366, 768],
  ['hi', 'dark', 1920, 1080],
] as const) {
  test.describe(`${lang}`, () => {
    test.use({ lang, theme, windowSize: { width, height } });
    test(`look ${lang}`, async ({ page }) => {
      const shot = async (name: string) => {
        await page.waitForTimeout(350);
        await page.screenshot({ path: `${OUT}/b-${name}-${lang}.png` });
      };
      const axe = async (name: string) => {
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        for (const v of violations) console.log('AXE', name, v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' || '));
      };
      page.on('console', (m) => { if (m.type() === 'error') console.log('CONSOLE', m.text()); });
      await expect(page.getByRole('navigation')).toBeVisible();
      await page.keyboard.press('Alt+9');
      await expect(page.locator('.run-list')).toBeVisible();
      await shot('run');
      if (lang === 'en') await axe('run');
      const chans = page.locator('.run-toolbar__chip');
      for (let i = 0; i < (await chans.count()); i++) {
        await chans.nth(i).click();
        await shot(`run-ch${i}`);
        await chans.nth(i).click();
      }
      await page.locator('.run-list').focus();
      await page.keyboard.press('Control+Enter');
      await expect(page.locator('.undo-bar')).toBeVisible();
      await shot('run-approved');
      await page.keyboard.press('Control+z');
      await expect(page.locator('.run-list')).toBeVisible();
      await shot('run-undone');
      await page.locator('.run-list').focus();
      await page.keyboard.press('Control+Enter');
      await expect(page.locator('.undo-bar')).toBeVisible();
      await page.getByRole('tab').nth(1).click();
      await expect(page.locator('.month__grid')).toBeVisible();
      await shot('calendar'); await page.locator('.month__head button').nth(1).click(); await page.waitForTimeout(600); await shot('calendar-dec'); await page.keyboard.press('Tab'); await page.keyboard.press('Tab'); await page.keyboard.press('ArrowRight'); await page.keyboard.press('ArrowDown'); await shot('calendar-keys');
      if (lang === 'en') await axe('calendar');
      await expect(page.locator('.undo-bar')).toBeHidden({ timeout: 40_000 });
      await page.waitForTimeout(3000);
      await page.getByRole('tab').nth(3).click();
      await shot('hand-0');
      if (lang === 'en') await axe('hand');
      for (const i of [1, 2]) {
        await page.locator('.outbox__tools .mantine-SegmentedControl-label').nth(i).click();
        await page.waitForTimeout(500);
        await shot(`hand-${i}`);
      }
      await page.getByRole('tab').nth(2).click();
      await shot('outbox');
      if (lang === 'en') await axe('outbox');
      await page.locator('.data-table__grid').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await shot('outbox-drawer');
      await page.keyboard.press('Escape');
      await page.locator('.kill-button').click();
      await shot('killed');
    });
  });
}
base.describe('fresh', () => {
  base.use({ windowSize: { width: 1366, height: 768 } });
  base('empty', async ({ page, dataDir }) => {
    runCli(dataDir, 'demo', '--customers', '12');
    await page.reload();
    await page.waitForTimeout(1500);
    await page.keyboard.press('Alt+9');
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `${OUT}/b-empty-en.png` });
    await page.keyboard.press('Alt+0');
    await page.waitForTimeout(700);
    await page.screenshot({ path: `${OUT}/b-inbox-en.png` });
  });
});
