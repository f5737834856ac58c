// Every screen and dialog of the registry in the real window, in both languages and both themes: it is all there, nothing of
// it is a raw code or spills, and axe finds no fault. Pictures go to test-results/registry-screens.
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { ElectronApplication, Page } from '@playwright/test';
import { otpIn } from '../builders/registry/member.ts';
import { expect, launchApp, test as base } from './app.ts';
import { dresses as plain, isLooking } from './desk-screens.ts';
import { askEngine } from './engine-door.ts';
import { fillMemberBook, inBook, PUBLISHED_COUNT, READY_COUNT } from './registry-screens-book.ts';
import { dialog, goTo, ofMember } from './registry-screens-stops.ts';
import { serveRegistry, type ServedRegistry } from './registry-server.ts';

type Dress = (typeof plain)[number];
const wide: readonly Dress[] = [
  { language: 'en', theme: 'dark', width: 1920 },
  { language: 'hi', theme: 'light', width: 1920 },
];
const isAll = process.env['BAAKI_SHOTS'] === 'all';
/** BAAKI_SHOTS=1: the main screens in Hindi, dark and on a large window too; =all: every screen in all eight dresses. */
const dresses = isAll ? plain : isLooking ? [...plain, ...wide] : plain.slice(0, 1);
const [first, ...others] = dresses;

const FOLDER = 'test-results/registry-screens';
mkdirSync(FOLDER, { recursive: true });
const HEIGHT = { 1366: 768, 1920: 1080 } as const;

type Axe = {
  readonly run: (
    of: string,
    options?: { readonly runOnly: readonly string[] },
  ) => Promise<{
    readonly violations: readonly {
      readonly id: string;
      readonly nodes: readonly { readonly html: string }[];
    }[];
  }>;
};
declare global {
  // oxlint-disable-next-line typescript/consistent-type-definitions
  interface Window {
    readonly axe?: Axe;
  }
}
// Read into the page once: @axe-core/playwright sends it anew with every look, and there are a hundred.
const axeSource = readFileSync(
  createRequire(createRequire(import.meta.url).resolve('@axe-core/playwright')).resolve(
    'axe-core/axe.min.js',
  ),
  'utf8',
);

const GSTIN = '27AAPFU0939F1ZV';
const MOBILE = '9811111101';

let served: ServedRegistry;
const complaints: string[] = [];

const test = base.extend({
  app: async ({ dataDir, lang }, use) => {
    const env = { BAAKI_CLOCK: String(served.registry.now()), TZ: 'Asia/Kolkata' };
    const app = await launchApp({ dataDir, lang, env });
    await use(app);
    await app.close();
  },
  page: async ({ page }, use) => {
    await page.clock.setFixedTime(served.registry.now());
    page.on('console', (said) => {
      if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    await use(page);
  },
});
// Its snapshots of every press cost more than all that is looked at.
test.use({ trace: 'off' });
test.setTimeout(isAll ? 900_000 : 240_000);

test.beforeAll(async () => {
  served = await serveRegistry();
});
test.afterAll(async () => {
  await served?.close();
});

/** Where the window stands, in which dress. */
async function dressUp(app: ElectronApplication, page: Page, dress: Dress): Promise<void> {
  const window = await app.browserWindow(page);
  const size = { width: dress.width, height: dress.width === 1920 ? HEIGHT[1920] : HEIGHT[1366] };
  await window.evaluate((target, to) => target.setContentSize(to.width, to.height), size);
  await page.evaluate(
    ([language, theme]) => {
      localStorage.setItem('baaki.language', language ?? '');
      localStorage.setItem('baaki.theme', theme ?? '');
    },
    [dress.language, dress.theme],
  );
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', dress.language);
}

const pictureOf = (name: string, { language, theme, width }: Dress): string =>
  `${FOLDER}/${name}-${language}-${theme}-${width}.png`;

/** All of axe's rules on the dialog that is open, or else on the screen; then its contrast in the other theme. */
async function faultsOn(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axeSource);
  return await page.evaluate(async () => {
    const { axe } = window;
    if (!axe) throw new Error('axe was not read.');
    const root = document.documentElement;
    const of = document.querySelector('[role="dialog"]') === null ? 'main' : '[role="dialog"]';
    const worn = root.dataset['mantineColorScheme'] ?? 'light';
    const own = await axe.run(of);
    root.dataset['mantineColorScheme'] = worn === 'dark' ? 'light' : 'dark';
    // Colours that are on their way to the other theme are nobody's.
    for (const moving of document.getAnimations()) {
      if (moving.effect?.getComputedTiming().iterations !== Infinity) moving.finish();
    }
    const other = await axe.run(of, { runOnly: ['color-contrast'] });
    root.dataset['mantineColorScheme'] = worn;
    return [...own.violations, ...other.violations].map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`);
  });
}

/** Pictured, read by axe in both themes, and looked over for what no reader should see. */
async function look(page: Page, name: string, dress: Dress): Promise<void> {
  // A screen that has not come yet has nothing wrong with it.
  await expect(page.locator('main h1')).not.toHaveCount(0);
  await page.screenshot({ path: pictureOf(name, dress), animations: 'disabled' });
  const faults = await faultsOn(page);
  expect({ name, dress, faults }).toEqual({ name, dress, faults: [] });
  const seen = await page.evaluate(() => {
    const all = [...document.querySelectorAll('main, [role="dialog"]')];
    // A textarea's own words are not ours: the bytes that leave stand in one.
    const words = all.map((one) => {
      const copy = one.cloneNode(true);
      if (copy instanceof Element) for (const area of copy.querySelectorAll('textarea')) area.remove();
      return copy.textContent ?? '';
    });
    return {
      raw:
        /registry[:.][a-z]+\.[a-zA-Z.]*|\{\{|undefined|\[object|\bNaN\b/.exec(words.join('\n'))?.[0] ?? null,
      spills: [document.documentElement, ...all].some((one) => one.scrollWidth > one.clientWidth),
    };
  });
  // A key without words shows as itself; so does the code of something that has none.
  expect({ name, ...seen }).toEqual({ name, raw: null, spills: false });
}

/** Nothing stays open from the stop before. */
async function clear(page: Page): Promise<void> {
  for (let open = await dialog(page).count(); open > 0; open = await dialog(page).count()) {
    await page.keyboard.press('Escape');
    // One step back: the drawer below a dialog stays.
    await expect.poll(() => dialog(page).count()).toBe(open - 1);
  }
  await goTo(page, '/settings');
}

/** A dialog gives the keyboard back to the button that opened it. */
async function givesBack(page: Page): Promise<void> {
  await goTo(page, '/registry?tab=disputes');
  const answer = page.locator('.registry-dispute button').first();
  await answer.focus();
  await page.keyboard.press('Enter');
  await expect(dialog(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await expect(answer).toBeFocused();
}

async function walk(page: Page, dress: Dress): Promise<void> {
  for (const { name, route, act, isShort } of ofMember) {
    if (dress !== first && !isAll && isShort !== true) continue;
    await clear(page);
    await goTo(page, route);
    await act?.(page);
    await look(page, name, dress);
  }
  await clear(page);
}

test('from no registry to a member, a step at a time; then every screen of a member, and how else he may stand', async ({
  app,
  page,
  dataDir,
}) => {
  if (first === undefined) throw new Error('There is no dress.');
  const home = page.url();
  await askEngine(page, async (door) => {
    await door.books.create({ name: 'Asha Traders' });
    await door.business.save({ name: 'Asha Traders', gstin: GSTIN, ownerPhone: MOBILE });
  });
  await page.goto(home);
  // What the page without the window said is not the window's.
  complaints.length = 0;
  await join(app, page, first);
  fillMemberBook(dataDir, served);

  await dressUp(app, page, first);
  await walk(page, first);
  await allByKeyboard(page, first);
  await givesBack(page);
  for (const dress of others) {
    await dressUp(app, page, dress);
    await walk(page, dress);
  }
  for (const status of ['pending', 'suspended', 'applied', 'left'] as const) {
    inBook(dataDir, (db) => db.prepare('update registry_membership set status = ?').run(status));
    for (const dress of dresses) {
      await dressUp(app, page, dress);
      await goTo(page, '/registry');
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await look(page, `status-${status}`, dress);
    }
  }
  expect(complaints).toEqual([]);
});

/** The wizard in English, each step pictured; a wrong password is said to be one. */
async function join(app: ElectronApplication, page: Page, dress: Dress): Promise<void> {
  await dressUp(app, page, dress);
  await goTo(page, '/registry');
  await expect(page.getByRole('button', { name: 'Join a registry…' })).toBeVisible();
  await look(page, 'off', dress);
  for (const other of others.slice(0, 1)) {
    await dressUp(app, page, other);
    await goTo(page, '/registry?join=yes');
    await page.getByRole('textbox').first().fill(served.url);
    await look(page, 'join-1-address', other);
    await page.keyboard.press('Enter');
    await expect(page.locator('.join__terms')).toBeVisible();
    await look(page, 'join-2-terms', other);
    await dressUp(app, page, dress);
  }
  await goTo(page, '/registry?join=yes');
  await page.getByLabel('Address of the registry').fill(served.url);
  await look(page, 'join-1-address', dress);
  await page.keyboard.press('Enter');
  await expect(page.getByText('How to leave')).toBeVisible();
  await look(page, 'join-2-terms', dress);
  // The terms have no field: the keyboard is on the button.
  await page.keyboard.press('Enter');
  await expect(page.getByLabel('GSTIN')).toHaveValue(GSTIN);
  await look(page, 'join-3-who', dress);
  await page.getByRole('button', { name: 'Go on' }).click();
  await page.getByRole('checkbox').check();
  await look(page, 'join-4-accept', dress);
  await page.getByRole('button', { name: 'Apply' }).click();
  await page.getByLabel('One-time password').fill('000000');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That is not the password that was sent.', { exact: false })).toBeVisible();
  await look(page, 'join-5-password', dress);
  await page.getByLabel('One-time password').fill(otpIn(served.sent.at(-1)?.text ?? ''));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('tab', { name: 'How it stands' })).toBeVisible();
}

/** Three thousand rows: few are drawn, all are chosen by one key, and all of their bytes are shown before. */
async function allByKeyboard(page: Page, dress: Dress): Promise<void> {
  await goTo(page, '/registry?tab=publish');
  await expect(page.getByText(`Ready (${READY_COUNT.toLocaleString('en-IN')})`)).toBeVisible();
  const grid = page.getByRole('grid');
  expect(await grid.getByRole('row').count()).toBeLessThan(80);
  await grid.focus();
  await page.keyboard.press('Control+End');
  await expect(grid.getByRole('row').last()).toBeVisible();
  await page.keyboard.press('Control+a');
  const go = page.getByRole('button', {
    name: /^Publish the 3,0\d\d selected…$|^Publish the 3,000 selected…$/,
  });
  await go.focus();
  await page.keyboard.press('Enter');
  const bytes = dialog(page).locator('textarea.go__bytes');
  await expect(bytes).toHaveValue(/POST \/v1\/batches/, { timeout: 30_000 });
  const text = await bytes.inputValue();
  const body: { readonly items: readonly unknown[] } = JSON.parse(text.slice(text.lastIndexOf('\n') + 1));
  expect(body.items).toHaveLength(READY_COUNT);
  await look(page, 'preview-of-all', dress);
  await page.keyboard.press('Escape');
  await goTo(page, '/registry?tab=published');
  await expect(page.getByText(`All (${PUBLISHED_COUNT})`)).toBeVisible();
}
