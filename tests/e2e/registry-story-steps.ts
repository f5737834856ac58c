// What each of the story does in his own window, or on his own telephone.
import { mkdirSync } from 'node:fs';
import { expect, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { otpIn, panOf } from '../builders/registry/member.ts';
import { deccan, DESK_SIZE, resize, type Business, type Window } from './registry-story-cast.ts';
import type { ServedRegistry } from './registry-server.ts';

const FOLDER = 'test-results/registry-story';
mkdirSync(FOLDER, { recursive: true });

/** As it stands once nothing moves any more: toasts and drawers slide in. */
export async function shot(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' });
}

/** Beside the disputes stands how many wait. */
export const tab = (page: Page, name: string): Locator =>
  page.getByRole('tab', { name: new RegExp(String.raw`^${name}(?:\s*\d+)?$`) });
export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const rowOf = (page: Page, text: string): Locator => page.getByRole('row').filter({ hasText: text });

/** What left for a telephone, newest last. */
export function heardBy({ sent }: ServedRegistry, mobile: string, kind?: string): readonly string[] {
  return sent
    .filter(({ to, ...notice }) => to.mobile === mobile && (kind === undefined || notice.kind === kind))
    .map(({ text }) => text);
}

export async function openRegistryScreen(page: Page): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Registry', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Registry' })).toBeVisible();
}

/** From the address to the one-time password. Each step is pictured where a name is given. */
export async function join(
  page: Page,
  served: ServedRegistry,
  { business, pictures }: { readonly business: Business; readonly pictures?: string },
): Promise<void> {
  const picture = async (name: string): Promise<void> => {
    if (pictures !== undefined) await shot(page, `${pictures}-${name}`);
  };
  await openRegistryScreen(page);
  await picture('1-off');
  await button(page, 'Join a registry…').click();
  await page.getByLabel('Address of the registry').fill(served.url.replace('http://', ''));
  await page.keyboard.press('Enter');
  await expect(page.getByText('What every member promises')).toBeVisible();
  await picture('2-terms');
  await button(page, 'Go on').click();
  await expect(page.getByLabel('Legal name')).toHaveValue(business.name);
  await expect(page.getByLabel('GSTIN')).toHaveValue(business.gstin);
  await picture('3-who');
  await button(page, 'Go on').click();
  await page.getByRole('checkbox').check();
  await picture('4-agree');
  await button(page, 'Apply').click();
  const field = page.getByLabel('One-time password');
  await expect(field).toBeVisible();
  await field.fill(otpIn(heardBy(served, `+91${business.phone}`, 'otp').at(-1) ?? ''));
  await picture('5-password');
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${served.registry.name} has not admitted you yet`)).toBeVisible();
  await closeToasts(page);
  await picture('6-waits');
}

/** The operator has let them in; the next exchange brings it. */
export async function isMember(page: Page, served: ServedRegistry): Promise<void> {
  await sync(page);
  await expect(page.getByText(`Member of ${served.registry.name}`, { exact: true })).toBeVisible();
  await expect(page.getByText('On probation until')).toHaveCount(0);
}

/** What has been said is out of the way of what comes next. */
export async function closeToasts(page: Page): Promise<void> {
  const toasts = page.locator('.mantine-Notification-root');
  while ((await toasts.count()) > 0) {
    const before = await toasts.count();
    await toasts.first().getByRole('button').last().click();
    await expect(toasts).not.toHaveCount(before);
  }
}

/** Sends and fetches, to its end. */
export async function sync(page: Page): Promise<void> {
  await openRegistryScreen(page);
  await tab(page, 'How it stands').click();
  const press = button(page, 'Send and fetch now');
  await expect(press).toBeEnabled();
  await press.click();
  await expect(press).toBeEnabled();
  await expect(page.getByText('Nothing waits to be sent.')).toBeVisible();
  await expect(page.locator('.standing').getByRole('alert')).toHaveCount(0);
}

export async function openTab(page: Page, name: string): Promise<void> {
  await openRegistryScreen(page);
  await tab(page, name).click();
  await expect(tab(page, name)).toHaveAttribute('aria-selected', 'true');
}

/** The page of a customer, found as one finds him: by a part of his name. */
export async function openCustomer(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: 'Customers', exact: true }).click();
  await rowOf(page, name).getByRole('button', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
}

/** Asks a customer of the book for one look. */
export async function askConsent(page: Page, name: string, pictures?: string): Promise<void> {
  await openTab(page, 'Check a customer');
  await page.getByRole('button', { name: 'Ask for consent…' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Ask for consent' });
  await dialog.getByRole('combobox', { name: 'Customer' }).fill(name);
  await page.getByRole('option', { name, exact: true }).click();
  await expect(dialog.getByLabel('GSTIN')).toHaveValue(deccan.gstin);
  await expect(dialog.getByLabel('Mobile number')).toHaveValue(deccan.mobileShown);
  if (pictures !== undefined) await shot(page, pictures);
  await dialog.getByRole('button', { name: 'Ask him', exact: true }).click();
  await expect(dialog).toHaveCount(0);
}

/** The one look that was allowed, and what it told: each fact by its name. */
export async function look(page: Page): Promise<Readonly<Record<string, string>>> {
  await openTab(page, 'Check a customer');
  await rowOf(page, 'Approved').click();
  await button(page, 'Look now').click();
  const result = page.locator('.result');
  await expect(result.getByText('Signed by the registry; the signature is right.')).toBeVisible();
  await expect(result).not.toContainText(/score|risk|grade|rating of/i);
  return await factsOf(result);
}

async function factsOf(result: Locator): Promise<Readonly<Record<string, string>>> {
  const pairs = await result
    .locator('.result__facts > div')
    .evaluateAll((all) =>
      all.map((one) => [
        one.querySelector('dt')?.textContent?.trim() ?? '',
        one.querySelector('dd')?.textContent?.trim().replaceAll(/\s+/g, ' ') ?? '',
      ]),
    );
  const days = await result.locator('.result__days').innerText();
  const ages = await result.locator('.age-scale__words').innerText();
  return { ...Object.fromEntries(pairs), days, ages: ages.replaceAll(/\s+/g, ' ') };
}

const PHONE = { width: 360, height: 740 };

export type Telephone = { readonly context: BrowserContext; readonly page: Page };

/** The debtor's own telephone; his pages may say nothing wrong on its console. */
export async function takeTelephone(
  browser: Browser,
  { url }: ServedRegistry,
  look: { readonly lang?: 'hi'; readonly colorScheme?: 'dark' } = {},
): Promise<Telephone> {
  const context = await browser.newContext({
    viewport: PHONE,
    colorScheme: look.colorScheme ?? 'light',
    locale: look.lang === 'hi' ? 'hi-IN' : 'en-IN',
    baseURL: url,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => expect(error.message).toBe(''));
  return { context, page };
}

export async function shotWhole(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${FOLDER}/${name}.png`, fullPage: true, animations: 'disabled' });
}

export async function shotOf(part: Locator, name: string): Promise<void> {
  await part.screenshot({ path: `${FOLDER}/${name}.png`, animations: 'disabled' });
}

/** Opens the link of the last message, reads who asks and why, and allows with the password that he gets. */
export async function allow(
  { page }: Telephone,
  served: ServedRegistry,
  { asker, pictures }: { readonly asker: string; readonly pictures?: string },
): Promise<void> {
  const text = heardBy(served, deccan.mobile, 'consent').at(-1) ?? '';
  expect(text).toContain(asker);
  await page.goto(/\/c\/[A-Za-z0-9_-]+/.exec(text)?.[0] ?? 'no link');
  await expect(page.getByText(asker, { exact: true })).toBeVisible();
  await expect(page.getByText('To decide whether to give you goods on credit')).toBeVisible();
  if (pictures !== undefined) await shotWhole(page, `${pictures}-1-asked`);
  const before = heardBy(served, deccan.mobile, 'otp').length;
  await button(page, 'Continue').click();
  const field = page.getByLabel('Password that we sent you');
  await expect(field).toBeVisible();
  const passwords = heardBy(served, deccan.mobile, 'otp');
  expect(passwords).toHaveLength(before + 1);
  await field.fill(otpIn(passwords.at(-1) ?? ''));
  // He knows what there is before he allows anybody to be told of it.
  await expect(page.locator('#reported')).toContainText('2 businesses have reported something about you.');
  if (pictures !== undefined) await shotWhole(page, `${pictures}-2-answers`);
  await button(page, 'Allow').click();
  await expect(page.getByText('You allowed it.')).toBeVisible();
  if (pictures !== undefined) await shotWhole(page, `${pictures}-3-allowed`);
}

/** His own page: everything that is held about him. */
export async function signIn({ page }: Telephone, served: ServedRegistry): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('Your mobile number').fill(deccan.mobile.slice(3));
  await page.getByLabel('PAN or GSTIN of your business').fill(panOf(deccan.gstin));
  await button(page, 'Send the password').click();
  const field = page.getByLabel('Password that we sent you');
  await expect(field).toBeVisible();
  await field.fill(otpIn(heardBy(served, deccan.mobile, 'otp').at(-1) ?? ''));
  await button(page, 'Open my page').click();
  await expect(page.getByRole('heading', { name: 'Your record', exact: true })).toBeVisible();
}

/** The same window as somebody else has it: Hindi, in the dark, on a large screen. */
export async function inHindi(window: Window, work: (page: Page) => Promise<void>): Promise<void> {
  const { page } = window;
  const speak = async (language: 'en' | 'hi'): Promise<void> => {
    await page.evaluate((one) => localStorage.setItem('baaki.language', one), language);
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('lang', language);
  };
  await resize(window, { width: 1920, height: 1080 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await speak('hi');
  await work(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await resize(window, DESK_SIZE);
  await speak('en');
}

export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, address);
}
