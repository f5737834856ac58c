import { expect, test } from './demo-book.ts';
for (const [name, lang, theme, size] of [
  ['a', 'en', 'light', { width: 1366, height: 768 }],
  ['b', 'hi', 'dark', { width: 1920, height: 1080 }],
] as const) {
  test.describe(name, () => {
    test.use({ lang, theme, windowSize: size });
    test('look', async ({ page }) => {
      test.setTimeout(90_000);
      const shot = async (what: string) => page.screenshot({ path: `/tmp/ui3/${name}-${what}.png` });
      const tab = async (one: string) => page.evaluate((t) => { window.location.hash = `#/reminders?tab=${t}`; }, one);
      await tab('cadences');
      await page.locator('.presets').waitFor();
      await shot('cad-empty');
      await page.locator('.presets button').nth(1).click();
      await page.locator('.step-card').first().waitFor();
      await page.waitForTimeout(400);
      await shot('cad-editor');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      for (let i = 0; i < 4; i += 1) await page.keyboard.press('ArrowRight');
      await page.keyboard.press('Insert');
      await page.waitForTimeout(300);
      await shot('cad-moved');
      await page.locator('.cadence__below').evaluate((e) => e.scrollIntoView({ block: 'end' }));
      await shot('cad-below');
      await page.keyboard.press('Escape');
      await page.locator('.cadence-list').waitFor();
      await page.waitForTimeout(300);
      await page.locator('.assignments button').last().click();
      await page.waitForTimeout(300);
      await shot('cad-list');
      await tab('templates');
      await page.locator('.texts__table').waitFor();
      await page.waitForTimeout(300);
      await shot('txt-table');
      for (const [slot, what] of [['sms en', 'sms'], ['whatsapp en', 'wa'], ['email en', 'mail'], ['voice en', 'voice']] as const) {
        await page.locator(`[data-message="after-due-1"] [data-slot="${slot}"]`).click();
        await page.locator('.text-preview').waitFor();
        await page.waitForTimeout(700);
        if (what === 'sms' || what === 'wa') await page.locator('.text-part input[type=checkbox]').first().click({ force: true });
        await page.waitForTimeout(500);
        await shot(`txt-${what}`);
        if (what === 'sms' || what === 'wa') {
          await page.locator('.text-part').last().evaluate((e) => e.scrollIntoView({ block: 'end' }));
          await shot(`txt-${what}-below`);
        }
        await page.keyboard.press('Escape');
        await page.locator('.texts__table').waitFor();
      }
    });
  });
}
