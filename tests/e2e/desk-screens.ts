// Pictures of the desk, for a person to look at: made only when BAAKI_SHOTS is set (npm run screenshots -- --desk).
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import { repo } from './app.ts';

export const isLooking = Boolean(process.env['BAAKI_SHOTS']);
const folder = path.join(repo, 'test-results/screens');
const STILL_MS = 900;

/** Given BAAKI_SHOTS=all: both languages, both themes, both sizes; else the two that differ most. */
export const dresses =
  process.env['BAAKI_SHOTS'] === 'all'
    ? ['en', 'hi'].flatMap((language) =>
        ['light', 'dark'].flatMap((theme) => [1366, 1920].map((width) => ({ language, theme, width }))),
      )
    : [
        { language: 'en', theme: 'light', width: 1366 },
        { language: 'hi', theme: 'dark', width: 1366 },
      ];

const part =
  (at: number) =>
  async (page: Page): Promise<void> =>
    page.locator('main .mantine-SegmentedControl-label').nth(at).click();
const scroll =
  (to: string) =>
  async (page: Page): Promise<void> =>
    page.locator(to).first().scrollIntoViewIfNeeded();

type Screen = {
  readonly name: string;
  readonly route: string;
  readonly act?: (page: Page) => Promise<void>;
};

/** Customers by the order in which desk-book.ts enters them. */
const screens: readonly Screen[] = [
  { name: 'by-hand-whatsapp', route: '/reminders?tab=by-hand', act: part(0) },
  { name: 'by-hand-calls', route: '/reminders?tab=by-hand', act: part(1) },
  { name: 'by-hand-letters', route: '/reminders?tab=by-hand', act: part(2) },
  { name: 'outbox', route: '/reminders?tab=outbox' },
  {
    name: 'story',
    route: '/reminders?tab=outbox',
    act: async (page) => page.getByRole('row', { name: /Bharat Agencies/ }).dblclick(),
  },
  { name: 'inbox', route: '/inbox' },
  { name: 'claims', route: '/inbox?tab=claims' },
  { name: 'suppressions', route: '/reminders?tab=consents', act: part(0) },
  { name: 'consents', route: '/reminders?tab=consents', act: part(1) },
  { name: 'pauses', route: '/reminders?tab=consents', act: part(2) },
  { name: 'costs', route: '/reminders?tab=costs' },
  { name: 'customer-paused', route: '/customers/15', act: scroll('.care__consents') },
  { name: 'customer-pay', route: '/customers/17', act: scroll('.upi') },
  { name: 'send', route: '/customers/1?send=sms' },
];

/** One picture of what is there, under a name of its own. */
export async function look(page: Page, name: string): Promise<void> {
  if (!isLooking) return;
  mkdirSync(folder, { recursive: true });
  await page.waitForTimeout(STILL_MS / 2);
  await page.screenshot({ path: path.join(folder, `desk-${name}.png`) });
}

/** Every screen of the list in one dress. */
export async function photographDesk(page: Page, dress: (typeof dresses)[number]): Promise<void> {
  const { language, theme, width } = dress;
  for (const { name, route, act } of screens) {
    await page.evaluate(
      ([hash, ...wanted]) => {
        localStorage.setItem('baaki.language', wanted[0] ?? '');
        localStorage.setItem('baaki.theme', wanted[1] ?? '');
        location.hash = hash ?? '';
      },
      [`#${route}`, language, theme],
    );
    await page.reload();
    await page.waitForTimeout(STILL_MS);
    await act?.(page);
    await look(page, `${name}-${language}-${theme}-${width}`);
  }
}
