import AxeBuilder from '@axe-core/playwright';
import { test } from './demo-book.ts';
for (const [name, lang, theme, size] of [
  ['a', 'en', 'light', { width: 1366, height: 768 }],
  ['b', 'hi', 'dark', { width: 1920, height: 1080 }],
] as const) {
  test.describe(name, () => {
    test.use({ lang, theme, windowSize: size });
    test('look', async ({ page }) => {
      test.setTimeout(90_000);
      const shot = async (what: string) => page.screenshot({ path: `/tmp/ui3/${name}-${what}.png` });
      const axe = async (what: string) => { const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze(); console.log(name, what, JSON.stringify(violations.map(({ id, nodes }) => [id, nodes.length, nodes[0]?.html.slice(0, 200)]))); };
      const tab = async (one: string) => page.evaluate((t) => { window.location.hash = `#/reminders?tab=${t}`; }, one);
      await tab('cadences');
      await page.locator('.presets').waitFor();
      await page.locator('.presets button').nth(1).click();
      await page.locator('.step-card').first().waitFor();
      await page.waitForTimeout(400);
      await shot('cad-editor');
      await axe('editor');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      for (let i = 0; i < 12; i += 1) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Delete');
      await page.keyboard.press('Insert');
      const card = page.locator('.step-card').nth(1);
      const box = await card.boundingBox();
      if (box) { await page.mouse.move(box.x + 30, box.y + 20); await page.mouse.down(); await page.mouse.move(box.x + 80, box.y + 20, { steps: 6 }); await shot('cad-drag'); await page.mouse.up(); }
      await page.locator('.step-form__pair--even input').first().fill('5');
      await page.waitForTimeout(300);
      await shot('cad-moved');
      await page.keyboard.press('Control+Enter');
      await page.waitForTimeout(300);
      await page.keyboard.press('Escape');
      await page.locator('.cadence-list').waitFor();
      await page.waitForTimeout(300);
      await shot('cad-list');
      await axe('list');
      await tab('templates');
      await page.locator('.texts__table').waitFor();
      await page.locator('.texts__bar button').nth(0).click();
      await page.locator('[role=menuitem]').nth(1).click();
      await page.waitForTimeout(500);
      await shot('txt-table');
      await axe('table');
      for (const [slot, what, key] of [['sms hi', 'sms', 'after-due-1'], ['whatsapp en', 'wa', 'after-due-1'], ['voice hi', 'voice', 'after-due-1'], ['letter en', 'letter', 'letter-1']] as const) {
        await page.locator(`[data-message="${key}"] [data-slot="${slot}"]`).click();
        await page.locator('.text-preview').waitFor();
        await page.waitForTimeout(700);
        await shot(`txt-${what}`);
        if (what === 'sms') await axe('sms');
        if (what === 'wa') {
          await page.locator('.text-part input[type=checkbox]').first().click({ force: true });
          await page.locator('.text-part').last().evaluate((e) => e.scrollIntoView({ block: 'end' }));
          await page.waitForTimeout(500);
          await shot(`txt-${what}-below`);
          await axe('wa');
        }
        await page.keyboard.press('Escape');
        await page.locator('.texts__table').waitFor();
      }
    });
  });
}
