// The whole story in the real window: plan, approve, send through a real Postfix and a real Kannel, deliver, bounce, reply,
// pay, and the next step is gone.
import type { Page } from '@playwright/test';
import { addDays, day } from '../../src-domain/days.ts';
import { SMSC, startFakeSmsc, type FakeSmsc } from '../fakes/gateways/smsc.ts';
import { mailPeersMissing, startMailPeers, type MailPeers } from '../peers/mail/start.ts';
import { kannelMissing, startKannel, type KannelPeer } from '../peers/sms/kannel.ts';
import { expect, test as base } from './app.ts';
import { runCli } from './demo-book.ts';

/** A Monday at eleven in Kolkata: every channel may be used. */
const NOW = Date.UTC(2026, 10, 30, 5, 30);
const today = day('2026-11-30');
const missing = mailPeersMissing() ?? kannelMissing();
if (missing !== null) console.log(`The story of the reminders is left out: ${missing}.`);

type Peers = { readonly mail: MailPeers; readonly kannel: KannelPeer; readonly smsc: FakeSmsc };

const test = base.extend<{ readonly peers: Peers }>({
  env: { BAAKI_CLOCK: String(NOW) },
  peers: async ({}, use) => {
    const smsc = await startFakeSmsc();
    const replyUrl = (port: number): string => `http://127.0.0.1:${port}/mo?from=%p&coding=%c&text=%b`;
    const [mail, kannel] = await Promise.all([
      startMailPeers(),
      startKannel({ smsc: { port: smsc.port, ...SMSC }, replyUrl }),
    ]);
    await use({ mail, kannel, smsc });
    await Promise.all([mail.stop(), kannel.stop()]);
    await smsc.close();
  },
  dataDir: async ({ dataDir }, use) => {
    makeBook(dataDir);
    await use(dataDir);
  },
});

/** A shop to which four customers owe: by mail one who answers and one whose address is dead, by SMS two. */
function makeBook(dataDir: string): void {
  const ask = (verb: string, wish: unknown): unknown =>
    JSON.parse(runCli(dataDir, 'call', verb, JSON.stringify(wish)));
  const idIn = (said: unknown, name: string): number =>
    Number((said as { readonly [key: string]: unknown })[name]);
  ask('books.create', { name: 'Dukaan Traders' });
  const ours = {
    name: 'Dukaan Traders',
    phone: '9811111111',
    vpa: 'dukaan@upi',
    payeeName: 'Dukaan Traders',
  };
  ask('business.save', { ...ours, ownerEmail: 'owner@dukaan.test', ownerPhone: '9811111111' });
  const owes = (
    name: string,
    reach: object,
    bill: { readonly number: string; readonly amountPaise: number },
  ): void => {
    const customerId = idIn(ask('customers.save', { name, ...reach }), 'customerId');
    ask('bills.save', { customerId, ...bill, billDay: addDays(today, -30), dueDay: today });
  };
  owes('Anita Stores', { email: 'anita@customer.test' }, { number: 'INV-1', amountPaise: 118_000_00 });
  owes('Bharat Agencies', { email: 'nouser@customer.test' }, { number: 'INV-2', amountPaise: 59_000_00 });
  owes('Chetan Kirana', { phone: '9876543210', language: 'hi' }, { number: 'INV-3', amountPaise: 25_500_50 });
  owes('Deepa Textiles', { phone: '9876543211' }, { number: 'INV-4', amountPaise: 9_999_00 });
  ask('templates.addStarters', { languages: ['en', 'hi'] });
  registerTexts(ask);
  const cadenceId = idIn(ask('cadences.addPreset', { preset: 'standard' }), 'cadenceId');
  const { cadences } = ask('cadences.list', {}) as { cadences: { cadenceId: number }[] };
  const {
    activeFrom: _f,
    customerCount: _c,
    problemCount: _p,
    ...cadence
  } = cadences[0] as Record<string, unknown>;
  ask('cadences.save', { ...cadence, isOn: true });
  ask('cadences.assign', { scope: 'company', scopeKey: '', cadenceId });
}

/** What the operator's portal knows of the texts for SMS. */
function registerTexts(ask: (verb: string, wish: unknown) => unknown): void {
  type Text = {
    readonly templateId: number;
    readonly key: string;
    readonly channel: string;
    readonly body: string;
  };
  for (const text of ask('templates.list', {}) as readonly Text[]) {
    if (text.channel !== 'sms' || (text.key !== 'on-due' && text.key !== 'after-due-1')) continue;
    const {
      version: _v,
      isUsed: _u,
      isStarter: _s,
      problems: _p,
      ...kept
    } = text as Text & Record<string, unknown>;
    const fields = [...text.body.matchAll(/\{\{(\w+)\}\}/g)].filter(
      ([, name]) => !name?.startsWith('business_'),
    );
    const variables = fields.map(() => ({ tag: 'alphanumeric', charsMost: 40 }));
    const dlt = { entityId: '1101234567890123456', header: 'DUKAAN', templateId: '1107234567890123456' };
    ask('templates.save', { ...kept, dlt: { ...dlt, category: 'service-implicit', variables } });
  }
}

const tab = (page: Page, name: string) => page.getByRole('tab', { name: new RegExp(`^${name}`) });

async function fill(page: Page, fields: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(fields))
    await page.getByLabel(label, { exact: false }).first().fill(value);
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page
    .getByRole('combobox', { name: new RegExp(label) })
    .first()
    .click();
  await page.getByRole('option', { name: option, exact: true }).click();
}

/** "Save and test", a test to the owner himself, and his word that it came. */
async function proveIt(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Save and test' }).click();
  await page.getByRole('button', { name: /^Send a test/ }).click();
  await page.getByRole('button', { name: 'It has arrived' }).click({ timeout: 30_000 });
}

async function addMail(page: Page, { smtp, imap, account, fingerprint }: MailPeers): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).first().click();
  await page.getByRole('button', { name: /^Email/ }).click();
  await choose(page, 'Mail service', 'Another mail server');
  await fill(page, { 'Account (email address)': account.user, 'Password or app password': account.password });
  await page.getByRole('button', { name: /more settings?/ }).click();
  await fill(page, {
    'Sending server (SMTP)': smtp.host,
    'SMTP port': String(smtp.starttlsPort),
    'Inbox server (IMAP)': imap.host,
    'IMAP port': String(imap.port),
    'Certificate fingerprint': fingerprint,
  });
  await choose(page, 'SMTP encryption', 'STARTTLS');
  await choose(page, 'IMAP encryption', 'TLS from the start');
}

async function addKannel(page: Page, { baseUrl, user, password, listenPort }: KannelPeer): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).first().click();
  await page.getByRole('button', { name: /^Kannel/ }).click();
  await fill(page, { Address: baseUrl, User: user, Password: password, Sender: 'DUKAAN' });
  const more = page.getByRole('button', { name: /more settings?/ });
  if (await more.isVisible()) await more.click();
  await fill(page, { 'SMSC id': 'SIM', 'Port for reports': String(listenPort) });
}

async function go(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name: place, exact: true }).click();
}

/** What his page says comes next for a customer. */
async function next(page: Page, name: string): Promise<string> {
  await go(page, 'Customers');
  await page.getByText(name).first().dblclick();
  const card = page.locator('section', {
    has: page.getByRole('heading', { name: 'Reminders', exact: true }),
  });
  await expect(card).toContainText(/Next on|Nothing is planned|You owe him|rest/, { timeout: 15_000 });
  return (await card.innerText()).replaceAll(/\s+/g, ' ');
}

test('reminders are planned, approved, sent, delivered, bounced, answered, and stop when money comes', async ({
  page,
  peers,
}) => {
  test.setTimeout(240_000);
  test.skip(missing !== null, missing ?? '');
  const { mail, kannel, smsc } = peers;

  // Two ways to send, each proved to the owner first.
  await go(page, 'Reminders');
  await tab(page, 'Gateways').click();
  await addMail(page, mail);
  await proveIt(page);
  await page.keyboard.press('Escape');
  await addKannel(page, kannel);
  await proveIt(page);
  await page.keyboard.press('Escape');
  await expect(page.getByText('Works', { exact: true })).toHaveCount(2);
  const toOwner = smsc.accepted.length;

  // Planned, looked at, approved: nothing leaves for thirty seconds.
  await tab(page, "Today's run").click();
  await expect(page.getByText('4 messages', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: /^Approve 4 messages/ }).click();
  await expect(page.getByText('4 messages approved.')).toBeVisible();
  expect([mail.customerMx.accepted.length, smsc.accepted.length]).toEqual([0, toOwner]);

  // Sent through the real servers: each once, to the paisa, in the customer's language.
  await tab(page, 'Outbox').click();
  const row = (name: string) => page.getByRole('row', { name: new RegExp(name) });
  await expect(row('Deepa Textiles')).toContainText('Arrived', { timeout: 120_000 });
  await expect(row('Chetan Kirana')).toContainText('Arrived');
  const heard = (to: string): string =>
    smsc.accepted
      .filter((one) => one.to.endsWith(to))
      .map(({ text }) => text)
      .join('');
  expect(heard('9876543210')).toContain('INV-3 के Rs.25,500.50');
  expect(heard('9876543211').match(/Rs\.9,999\.00/g)).toHaveLength(1);
  expect(mail.customerMx.accepted.map(({ to }) => to)).toEqual([['anita@customer.test']]);

  // The answer and the bounce come home through the mailbox.
  const messageId = /^message-id:\s*(\S+)/im.exec(mail.customerMx.accepted[0]?.bytes ?? '')?.[1] ?? '';
  const text = 'Will pay on 5 December.';
  const thread = { inReplyTo: messageId, references: [messageId] };
  await mail.customerMx.reply({ from: 'anita@customer.test', subject: 'Re: payment', text, ...thread });
  await go(page, 'Inbox');
  await expect(async () => {
    await page.getByRole('button', { name: 'Look now' }).click();
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 4_000 });
  }).toPass({ timeout: 60_000 });
  await page.getByRole('button', { name: /^Promise/ }).click();
  await expect(page.getByLabel('Will pay by')).toHaveValue('05-12-2026');
  await page.getByRole('button', { name: 'Note the promise' }).click();
  await expect(page.getByText('The promise is noted.', { exact: false })).toBeVisible();
  await go(page, 'Reminders');
  await tab(page, 'Outbox').click();
  await expect(row('Bharat Agencies')).toContainText('Came back');

  // Money comes, and the next step is gone.
  expect(await next(page, 'Deepa Textiles')).toContain('05-12-2026');
  await page.keyboard.press('F6');
  const dialog = page.getByRole('dialog', { name: 'New receipt' });
  await expect(dialog.getByLabel('Amount')).toBeFocused();
  await page.keyboard.type('9,999');
  await dialog.getByText('Oldest bills first').click();
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  const after = await next(page, 'Deepa Textiles');
  expect(after).not.toContain('Next on');
  expect(after).toContain('Nothing is planned for him.');
});
