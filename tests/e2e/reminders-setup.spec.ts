// A new owner sets his reminders up in the real window: his business, a mailbox signed in to in the browser, a cadence, the
// first run. The sign-in server, the mail server and the inbox answer over real sockets.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { addDays, day } from '../../src-domain/days.ts';
import { makeCertificate } from '../fakes/mail/certificate.ts';
import { startOauthServer, type OauthServer } from '../fakes/mail/oauth-server.ts';
import { startScriptedImap, type ScriptedImap } from '../fakes/mail/scripted-imap.ts';
import { startScriptedSmtp, type ScriptedSmtp } from '../fakes/mail/scripted-smtp.ts';
import { expect, test as base } from './app.ts';
import { runCli } from './demo-book.ts';

/** A Monday at eleven in Kolkata: every channel may be used. */
const NOW = Date.UTC(2026, 10, 30, 5, 30);
const today = day('2026-11-30');
const OWNER = 'owner@dukaan.test';
const CLIENT = { clientId: 'dukaan-client', clientSecret: 'not-so-secret' };

const made = makeCertificate('scripted.test');
const missing = made ? null : 'OpenSSL is missing';
if (missing !== null) console.log(`The set-up of the reminders is left out: ${missing}.`);

type Mail = {
  readonly oauth: OauthServer;
  readonly smtp: ScriptedSmtp;
  readonly imap: ScriptedImap;
  readonly fingerprint: string;
};

const test = base.extend<{ readonly mail: Mail | null }>({
  env: { BAAKI_CLOCK: String(NOW) },
  mail: async ({}, use) => {
    if (!made) return use(null);
    const oauth = await startOauthServer({ shape: 'google', ...CLIENT });
    const admits = (carried: string): boolean =>
      [...oauth.live].some((token) => carried === `user=${OWNER}\u0001auth=Bearer ${token}\u0001\u0001`);
    const [smtp, imap] = await Promise.all([
      startScriptedSmtp({ certificate: made, admits }),
      startScriptedImap({ certificate: made, admits }),
    ]);
    await use({ oauth, smtp, imap, fingerprint: made.fingerprint });
    await Promise.all([oauth.close(), smtp.close(), imap.close()]);
  },
  dataDir: async ({ dataDir }, use) => {
    const ask = (verb: string, wish: unknown): unknown =>
      JSON.parse(runCli(dataDir, 'call', verb, JSON.stringify(wish)));
    ask('books.create', { name: 'Dukaan Traders' });
    const anita = { name: 'Anita Stores', email: 'anita@customer.test' };
    const { customerId } = ask('customers.save', anita) as { readonly customerId: number };
    const bill = { number: 'INV-1', amountPaise: 118_000_00, billDay: addDays(today, -30), dueDay: today };
    ask('bills.save', { customerId, ...bill });
    await use(dataDir);
  },
});

/** The files below a folder that hold a text as it is. */
function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}

const button = (at: Page | Locator, name: string | RegExp): Locator => at.getByRole('button', { name });

async function go(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
}

/** Ctrl+K, what one would type, Enter. */
async function byPalette(page: Page, typed: string): Promise<void> {
  const search = page.getByLabel(/^(Customer, screen or action|ग्राहक, स्क्रीन या काम)$/);
  await page.keyboard.press('Control+k');
  await expect(search).toBeFocused();
  await page.keyboard.type(typed);
  await expect(page.getByRole('dialog').getByText(typed, { exact: false })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(search).toHaveCount(0);
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

const step = (page: Page, name: string): Locator => page.getByRole('listitem').filter({ hasText: name });

async function fillBusiness(page: Page): Promise<void> {
  for (const [label, value] of [
    ['Telephone', '98111 11111'],
    ['UPI address', 'dukaan@okaxis'],
    ['Your own mail address', OWNER],
  ] as const) {
    await page.getByRole('textbox', { name: label, exact: true }).fill(value);
    await page.keyboard.press('Enter');
    await expect(page.getByText(`${label}: saved.`)).toBeVisible();
  }
}

/** The form of a mailbox at Google, but for the servers, which are ours. */
async function fillMailbox(page: Page, { oauth, smtp, imap, fingerprint }: Mail): Promise<void> {
  const form = page.getByRole('dialog', { name: 'Set up: Email' });
  await button(form, 'Save and test').click();
  await expect(form.getByLabel('Account (email address)')).toBeFocused();
  await expect(form.getByText('This is needed.')).toHaveCount(2);
  await page.keyboard.type(OWNER);
  await choose(page, 'Sign in with', 'In the browser (OAuth)');
  await form.getByLabel('OAuth client id').fill(CLIENT.clientId);
  await form.getByLabel('OAuth client secret').fill(CLIENT.clientSecret);
  await button(form, /more settings/).click();
  await expect(form.getByLabel('Name shown')).toHaveValue('Dukaan Traders');
  for (const [label, value] of [
    ['Sending server (SMTP)', '127.0.0.1'],
    ['SMTP port', String(smtp.port)],
    ['Inbox server (IMAP)', '127.0.0.1'],
    ['IMAP port', String(imap.port)],
    ['Certificate fingerprint (SHA-256)', fingerprint],
    ['Other sign-in server', oauth.url],
  ] as const)
    await form.getByLabel(label, { exact: true }).fill(value);
  await choose(page, 'SMTP encryption', 'TLS from the start');
  await choose(page, 'IMAP encryption', 'TLS from the start');
}

/** Presses the button and gives the address that the browser is to open. */
async function askToSignIn(page: Page): Promise<string> {
  await button(page, 'Sign in with Google').click();
  const address = page.locator('.sign-in__url');
  await expect(page.getByText('Finish the sign-in in your browser', { exact: false })).toBeVisible();
  return (await address.textContent()) ?? '';
}

/** The sign-in: refused once, then agreed to. */
async function signIn(page: Page, oauth: OauthServer): Promise<void> {
  const declined = await askToSignIn(page);
  await oauth.decline(declined);
  await expect(page.getByRole('dialog').getByRole('alert')).toBeVisible();
  const address = await askToSignIn(page);
  const asked = Object.fromEntries(new URL(address).searchParams);
  expect(asked).toMatchObject({
    client_id: CLIENT.clientId,
    scope: 'https://mail.google.com/',
    code_challenge_method: 'S256',
    login_hint: OWNER,
    redirect_uri: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/$/),
  });
  expect(asked['state']).not.toBe(new URL(declined).searchParams.get('state'));
  const lastPage = await oauth.agree(address);
  expect(lastPage).toMatchObject({ status: 200, text: expect.stringContaining('go back to Baaki') });
  await expect(page.getByText('Signed in. It is in the vault.')).toBeVisible();
}

/** Every step of the test in words, then a mail to the owner and his word that it came. */
async function proveIt(page: Page): Promise<void> {
  await button(page, 'Save and test').click();
  const trial = page.getByRole('dialog', { name: 'Test: Email' });
  await expect(trial.getByText('The server took the sign-in.')).toBeVisible({ timeout: 20_000 });
  await expect(trial.getByText('The inbox can be read: 0 mails.')).toBeVisible();
  await button(trial, `Send a test to ${OWNER}`).click();
  await button(trial, 'It has arrived').click({ timeout: 20_000 });
  await expect(trial.getByText('Customers may get messages from here.', { exact: false })).toBeVisible();
  await page.keyboard.press('Escape');
}

/** A ready cadence, its steps added, removed and moved by keys, switched on. */
async function setCadence(page: Page): Promise<void> {
  await button(page, 'Add Standard').click();
  const steps = page.locator('[data-step]');
  await expect(steps).toHaveCount(6);
  await expect(page.getByText('No text to send')).toHaveCount(0);
  await steps.first().focus();
  await page.keyboard.press('Insert');
  await expect(steps).toHaveCount(7);
  await page.keyboard.press('Delete');
  await expect(steps).toHaveCount(6);
  await page.locator('[data-step="before"]').focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.cadence__summary')).toContainText('2 days before the due day');
  await page.getByRole('switch', { name: 'Off' }).click({ force: true });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Saved. What is new in it acts from today on', { exact: false })).toBeVisible();
}

test('a new owner signs in to his mailbox in the browser and is led to his first run', async ({
  page,
  mail,
  dataDir,
}) => {
  test.skip(!mail, missing ?? '');
  if (!mail) return;
  const ask = (verb: string): string => runCli(dataDir, 'call', verb, '{}');

  // Four steps stand where the run will be: the business first.
  await go(page, 'Reminders');
  await expect(page.getByRole('heading', { name: 'Four steps to the first reminder' })).toBeVisible();
  await button(step(page, 'Your business'), 'To the settings').click();
  await fillBusiness(page);

  // A way to send, without a password: tokens only, and no file holds them as they are.
  await byPalette(page, 'Reminders: Gateways');
  await button(page, 'Add').click();
  await button(page, /^Email/).click();
  await fillMailbox(page, mail);
  await signIn(page, mail.oauth);
  await proveIt(page);
  expect(mail.smtp.accepted.map(({ to }) => to)).toEqual([OWNER]);
  expect(mail.smtp.signIns.every((one) => one.startsWith('XOAUTH2 '))).toBe(true);
  expect(mail.imap.signIns.at(-1)).toContain(`user=${OWNER}\u0001auth=Bearer access-`);
  for (const secret of [...mail.oauth.live, 'refresh-', CLIENT.clientSecret])
    expect(filesWith(dataDir, secret)).toEqual([]);

  // A cadence, and for whom.
  await go(page, 'Reminders');
  await expect(step(page, 'Your business').getByLabel('Done')).toBeVisible();
  await expect(step(page, 'A way to send')).toContainText('A test has reached you.');
  await button(step(page, 'A cadence'), 'Choose one').click();
  await setCadence(page);
  await byPalette(page, "Reminders: Today's run");
  await button(step(page, 'For whom'), '“Standard” for all').click();

  // The run: one message as its customer will read it, with a word of the owner's own, approved and taken back.
  await expect(page.locator('.mail__text')).toContainText('₹1,18,000.00');
  await page.getByRole('listbox').focus();
  await page.keyboard.press('e');
  const text = page.getByLabel('Text', { exact: true });
  await expect(text).toBeFocused();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Thank you for your trade.');
  await page.keyboard.press('Control+Enter');
  await expect(page.locator('.mail__text')).toContainText('Thank you for your trade.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('1 message approved.')).toBeVisible();
  await button(page, 'Undo').first().click();
  await expect(page.getByText('1 message taken back. Nothing of it left.')).toBeVisible();
  expect(mail.smtp.accepted).toHaveLength(1);

  // In a Hindi window a starter is called in Hindi, while its name in the book stays.
  await byPalette(page, 'Language: हिन्दी');
  await expect(page.locator('.run-facts')).toContainText('“सामान्य”');
  await byPalette(page, 'स्मरण: स्मरण-क्रम');
  await expect(page.locator('.cadence-list__name')).toHaveText('सामान्य');
  expect(ask('cadences.list')).toContain('"name":"Standard"');
});
