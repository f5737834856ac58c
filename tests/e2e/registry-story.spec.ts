// Two desktops and one registry on one machine: what one publishes, what their customer is told and answers on his telephone,
// what the other one sees of it, and that a payment and an objection change it.
import type { Browser } from '@playwright/test';
import { runJob } from '../builders/registry/run-job.ts';
import { expect, test } from './app.ts';
import { chromiumPath, openBrowser, serveRegistry, type ServedRegistry } from './registry-server.ts';
import {
  admitKnown,
  asha,
  bharat,
  daysPass,
  deccan,
  desk,
  fillBook,
  otherReporter,
  owed,
  OWED_RUPEES,
  switchOff,
  switchOffAll,
  switchOn,
  windowErrors,
  type Desk,
  type Window,
} from './registry-story-cast.ts';
import {
  allow,
  askConsent,
  button,
  closeToasts,
  goTo,
  heardBy,
  inHindi,
  isMember,
  join,
  look,
  openCustomer,
  openRegistryScreen,
  openTab,
  rowOf,
  shot,
  shotOf,
  shotWhole,
  signIn,
  sync,
  tab,
  takeTelephone,
  type Telephone,
} from './registry-story-steps.ts';

const chromium = chromiumPath();
test.skip(chromium === null, 'There is no Chromium: npm run setup, or name one in E2E_CHROMIUM.');
test.setTimeout(240_000);

let served: ServedRegistry;
let browser: Browser;
let desks: Readonly<Record<'asha' | 'bharat', Desk>>;

test.beforeAll(async () => {
  desks = { asha: desk(), bharat: desk() };
  [served, browser] = await Promise.all([serveRegistry({ admits: 'operator' }), openBrowser(chromium ?? '')]);
});
test.afterAll(async () => {
  await switchOffAll();
  await browser?.close();
  await served?.close();
  for (const { remove } of Object.values(desks ?? {})) remove();
  expect(served?.bugs ?? []).toEqual([]);
  expect(windowErrors).toEqual([]);
});

test('a due is published, told, looked at with consent, paid and disputed', async () => {
  let atAsha = await switchOn(desks.asha, served);

  await test.step('Asha joins', async () => {
    await fillBook(atAsha, asha);
    await join(atAsha.page, served, { business: asha, pictures: '01-join' });
    await admitKnown(served, asha);
    await isMember(atAsha.page, served);
    await shot(atAsha.page, '01-join-7-member');
  });

  let shown = '';
  await test.step('and publishes three bills of one customer', async () => {
    shown = await publishThree(atAsha);
  });

  await test.step('a day later they leave, and the customer is told', async () => {
    await switchOff(atAsha);
    served.pass({ days: 1, minutes: 60 });
    atAsha = await switchOn(desks.asha, served);
    await theyLeave(atAsha, shown);
  });

  // Everybody may see it 21 days after; he is reminded twice before.
  await switchOff(atAsha);
  await daysPass(served, 22);
  const reminder = `Vishwas Registry: a reminder. Asha Traders and 1 more reported 4 unpaid bills of yours. They can be seen from 14 Dec 2026 on. If something is wrong, object now: ${served.url}/login`;
  expect(heardBy(served, deccan.mobile, 'reminder').map(byEither)).toEqual([reminder, reminder]);
  const atBharat = await switchOn(desks.bharat, served);
  const telephone = await takeTelephone(browser, served);

  await test.step('Bharat joins and asks for a look', async () => {
    await fillBook(atBharat, bharat);
    await join(atBharat.page, served, { business: bharat });
    await admitKnown(served, bharat);
    await isMember(atBharat.page, served);
    await askConsent(atBharat.page, 'Deccan Retail', '04-ask');
    await expect(rowOf(atBharat.page, 'Deccan Retail')).toContainText('Asked');
    await shot(atBharat.page, '04-asked');
  });

  await test.step('the customer allows it on his telephone', async () => {
    await allow(telephone, served, { asker: bharat.name, pictures: '05-consent' });
  });

  await test.step('Bharat looks: facts with their day', async () => {
    await sync(atBharat.page);
    expect(await look(atBharat.page)).toEqual({
      ...NOTHING_ELSE,
      'Reported by': '2 members · since 11-2026',
      'Owed to them': '₹ 1 to 5 lakh',
      'Of that overdue': '₹ 1 to 5 lakh',
      'Paid of all reported': '0 % of bills',
      'Paid, in the middle': 'Nothing was paid yet',
      ages: 'Oldest open due now: more than 180 days late.',
      days: 'As of 15-12-2026 · kept until 14-01-2027',
    });
    await shot(atBharat.page, '06-look-1');
  });

  await test.step('Asha books his payment, and it leaves', async () => {
    atAsha = await switchOn(desks.asha, served);
    await bookPayment(atAsha);
  });

  await test.step('Bharat looks again: one is paid', async () => {
    expect(await lookAgain(atBharat, telephone)).toEqual({
      ...NOTHING_ELSE,
      'Reported by': '2 members · since 11-2026',
      'Owed to them': '₹ 50,000 to 1 lakh',
      'Of that overdue': '₹ 50,000 to 1 lakh',
      'Paid of all reported': '20 to 30 % of bills',
      'Paid, in the middle': 'more than 180 days late',
      ages: 'Oldest open due now: 91 to 180 days late.',
      days: 'As of 15-12-2026 · kept until 14-01-2027',
    });
    await shot(atBharat.page, '08-look-2');
  });

  // Three passwords a day are all that a telephone gets.
  await switchOffAll();
  await daysPass(served, 1);
  expect(heardBy(served, deccan.mobile, 'access')).toEqual([
    `${bharat.name} asked Vishwas Registry about you. Who saw what: ${served.url}/me`,
  ]);
  const again = await switchOn(desks.bharat, served);
  atAsha = await switchOn(desks.asha, served);

  await test.step('the customer sees who reported and who looked, and disputes another', () =>
    dispute(telephone));

  await test.step('Bharat does not see that one any more', async () => {
    expect(await lookAgain(again, telephone)).toEqual({
      ...NOTHING_ELSE,
      'Reported by': '2 members · since 11-2026',
      'Owed to them': '₹ 10,000 to 50,000',
      'Of that overdue': '₹ 10,000 to 50,000',
      'Paid of all reported': '30 to 40 % of bills',
      'Paid, in the middle': 'more than 180 days late',
      Disputes: '1 open',
      ages: 'Oldest open due now: 61 to 90 days late.',
      days: 'As of 16-12-2026 · kept until 15-01-2027',
    });
    await shot(again.page, '10-look-3');
  });

  await test.step('Asha sees the dispute and its deadline', () => seeDispute(atAsha));

  await test.step('every look stands in Bharat’s log, and Bharat leaves', async () => {
    await logAndLeave(again);
  });
  await telephone.context.close();
});

const NOTHING_ELSE = { Disputes: 'None', Ended: 'None', Proofs: '100 % A paper' };

/** Who of two is named first is chance. */
const byEither = (text: string): string =>
  text.replace('Chetan Cables and 1 more', 'Asha Traders and 1 more');

/** The bytes that were shown before anything left. */
async function publishThree({ page }: Window): Promise<string> {
  await openTab(page, 'Publish');
  await expect(page.getByText('Ready (2)')).toBeVisible();
  await shot(page, '02-publish-1-list');
  // One still lacks its proof.
  await rowOf(page, owed.paid[0]).getByRole('button').first().click();
  const drawer = page.getByRole('dialog', { name: /^Due of / });
  await expect(drawer.getByText('No proof')).toBeVisible();
  await drawer.getByRole('button', { name: 'Add a proof…' }).first().click();
  const proof = page.getByRole('dialog', { name: `Proof of bill ${owed.paid[0]}` });
  await proof.getByRole('radio', { name: 'A paper' }).check();
  await proof.locator('input[type=file]').setInputFiles('package.json');
  await shot(page, '02-publish-2-proof');
  await proof.getByRole('button', { name: 'Keep as proof' }).click();
  await expect(drawer.getByText('Nothing speaks against publishing it.')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(drawer).toHaveCount(0);
  await closeToasts(page);

  await button(page, 'Publish all 3 ready…').click();
  const dialog = page.getByRole('dialog', { name: 'Publish 3 dues' });
  const submit = dialog.getByRole('button', { name: 'Publish 3 dues' });
  const typed = dialog.getByLabel(`This is your first time. Type ${OWED_RUPEES} to go on`);
  await expect(typed).toBeFocused();
  const leaves = await dialog.getByLabel('Exactly what leaves this computer').inputValue();
  for (const [number, amountPaise, dueDay] of Object.values(owed)) {
    expect(leaves).toContain(`"${dueDay}",${amountPaise},${amountPaise}`);
    expect(leaves).not.toContain(number);
  }
  expect(leaves).not.toContain(deccan.name);
  await typed.fill('193250.50');
  await expect(submit).toBeDisabled();
  await typed.fill(OWED_RUPEES);
  await shot(page, '02-publish-3-bytes');
  await submit.click();
  await expect(page.getByText('3 dues will be sent after 23-11-2026', { exact: false })).toBeVisible();
  await tab(page, 'Published').click();
  await expect(rowOf(page, owed.left[0])).toContainText('Not sent yet: nobody has heard of it');
  await closeToasts(page);
  await shot(page, '02-publish-4-published');
  return leaves;
}

async function theyLeave({ page }: Window, shown: string): Promise<void> {
  await sync(page);
  // What came in there is what was shown here.
  const came = await served.registry.store.rows<Readonly<Record<'due_ref' | 'salt', Buffer>>>({
    text: 'SELECT due_ref, salt FROM due',
  });
  expect(came).toHaveLength(3);
  for (const { due_ref: ref, salt } of came)
    expect(shown).toContain(`["${ref.toString('base64url')}","${salt.toString('base64url')}"`);
  await otherReporter(served);
  await runJob(served, 'notices');
  // One message for all that waits for him, however many report.
  expect(heardBy(served, deccan.mobile).map(byEither)).toEqual([
    `Vishwas Registry: Asha Traders and 1 more reported 4 unpaid bills of yours. From 14 Dec 2026 on, businesses whom you allow can see this. Look or object: ${served.url}/login`,
  ]);
  await sync(page);
  await tab(page, 'Published').click();
  for (const [number] of Object.values(owed))
    await expect(rowOf(page, number)).toContainText('He has been told; seen from 14-12-2026');
  await shot(page, '03-told');
}

async function bookPayment({ page }: Window): Promise<void> {
  await sync(page);
  await openCustomer(page, deccan.name);
  const card = page.locator('.registry-card');
  await expect(card.getByText('Seen by members who have his consent')).toHaveCount(3);
  await shot(page, '07-paid-1-customer');
  await page.keyboard.press('F6');
  const dialog = page.getByRole('dialog', { name: 'New receipt' });
  await expect(dialog.getByLabel('Amount')).toBeFocused();
  await page.keyboard.type('1,18,000');
  await dialog.getByText('Oldest bills first').click();
  await shot(page, '07-paid-2-receipt');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await sync(page);
  await tab(page, 'Published').click();
  await expect(rowOf(page, owed.paid[0])).toContainText('Paid: it counts as settled');
  await expect(rowOf(page, owed.disputed[0])).toContainText('Seen by members who have his consent');
  await shot(page, '07-paid-3-published');
}

async function lookAgain(at: Window, telephone: Telephone): Promise<Readonly<Record<string, string>>> {
  await askConsent(at.page, 'Deccan Retail');
  await allow(telephone, served, { asker: bharat.name });
  await sync(at.page);
  return await look(at.page);
}

async function dispute(telephone: Telephone): Promise<void> {
  const { page } = telephone;
  await signIn(telephone, served);
  const records = page.locator('article.record');
  await expect(records).toHaveCount(4);
  await expect(records.filter({ hasText: 'Asha Traders' })).toHaveCount(3);
  await expect(records.filter({ hasText: 'Chetan Cables' })).toContainText('₹22,000.00');
  await expect(records.filter({ hasText: '₹1,18,000.00' })).toContainText('Paid on 15 Dec 2026');
  await expect(page.getByText('Was told about your record')).toHaveCount(2);
  await shotWhole(page, '09-dispute-1-record');
  await shotOf(page.locator('section').filter({ has: page.locator('#looks') }), '09-dispute-1-looks');
  const card = records.filter({ hasText: '₹48,500.00' });
  await card.getByText('This is wrong').click();
  await card.getByLabel('The amount is wrong').check();
  await shotOf(card, '09-dispute-2-form');
  await card.getByRole('button', { name: 'Object and hide it now' }).click();
  await expect(page.getByText('You objected: “The amount is wrong”.', { exact: false })).toBeVisible();
  await shotOf(records.filter({ hasText: '₹48,500.00' }), '09-dispute-3-hidden');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.goto('/me?lang=hi');
  await expect(page.getByText('आपकी आपत्ति: “रकम ग़लत है”।', { exact: false })).toBeVisible();
  await shotWhole(page, '13-hindi-customer');
  await page.emulateMedia({ colorScheme: 'light' });
}

async function seeDispute(window: Window): Promise<void> {
  const { page } = window;
  await sync(page);
  await openTab(page, 'Disputes');
  const one = page.locator('.registry-dispute');
  await expect(one).toHaveCount(1);
  for (const said of [
    deccan.name,
    owed.disputed[0],
    'He says: “The amount is wrong.”',
    'Waits for your answer',
    '7 days left',
    '23-12-2026',
  ])
    await expect(one).toContainText(said);
  await shot(page, '11-disputed-1-deadline');
  await openCustomer(page, deccan.name);
  const card = page.locator('.registry-card');
  await expect(card).toContainText('Hidden: he disputes it (wrong amount)');
  await expect(rowOf(page, owed.disputed[0])).toContainText('disputed');
  await expect(rowOf(page, owed.left[0])).toContainText('published');
  await expect(page.locator('.months-chart .recharts-rectangle').first()).toBeVisible();
  await shot(page, '11-disputed-2-customer');
  await card.scrollIntoViewIfNeeded();
  await shot(page, '11-disputed-2-customer-card');
  await card.getByRole('link', { name: 'Answer him' }).click();
  await expect(one).toHaveCount(1);
  await goTo(page, '/bills');
  await expect(rowOf(page, owed.disputed[0])).toContainText('disputed');
  await shot(page, '11-disputed-3-bills');
  await inHindi(window, async () => {
    for (const at of ['standing', 'publish', 'published', 'disputes'] as const) {
      await goTo(page, `/registry?tab=${at}`);
      await expect(page.getByRole('tab', { selected: true })).toBeVisible();
      await shot(page, `13-hindi-asha-${at}`);
    }
  });
}

async function logAndLeave(window: Window): Promise<void> {
  const { page } = window;
  await openTab(page, 'Check a customer');
  await page.getByText('Log of looks').click();
  await expect(rowOf(page, 'Asked for consent')).toHaveCount(3);
  await expect(rowOf(page, 'Looked at the registry')).toHaveCount(3);
  await shot(page, '12-bharat-1-looks');
  await inHindi(window, async () => {
    await goTo(page, '/registry?tab=checks');
    await page.getByRole('row').nth(1).click();
    await expect(page.locator('.result')).toBeVisible();
    await shot(page, '13-hindi-bharat-result');
  });
  await openRegistryScreen(page);
  await tab(page, 'How it stands').click();
  await button(page, 'Leave…').click();
  await page.getByLabel('Type “leave” to go on').fill('leave');
  await shot(page, '12-bharat-2-leave');
  await button(page, 'Leave the registry').click();
  await expect(page.getByText(`You left ${served.registry.name}. Your keys`, { exact: false })).toBeVisible();
  await shot(page, '12-bharat-3-left');
}
