// The debtor's pages in a real Chromium, against a real registry: what a person with a telephone does with them.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { consentBody, debtor, granted, putDue, vouch, type Debtor } from '../builders/registry/debtor.ts';
import { member, otpIn, type TestMember } from '../builders/registry/member.ts';
import { addDays } from '../../src-domain/days.ts';
import { chromiumPath, openBrowser, serveRegistry, type ServedRegistry } from './registry-server.ts';

const chromium = chromiumPath();
test.skip(chromium === null, 'There is no Chromium: npm run setup, or name one in E2E_CHROMIUM.');

type Lang = 'en' | 'hi';
const PHONE = { width: 360, height: 740 };
const DESK = { width: 1280, height: 800 };

let registry: ServedRegistry;
let browser: Browser;
let asha: TestMember;
let bharat: TestMember;
let chetan: TestMember;

test.beforeAll(async () => {
  registry = await serveRegistry();
  browser = await openBrowser(chromium ?? '');
  asha = await member(registry, { legalName: 'Asha Traders' });
  bharat = await member(registry, { legalName: 'Bharat Steel & Hardware Stores' });
  chetan = await member(registry, { legalName: 'Chetan Cables' });
});
test.afterAll(async () => {
  await browser?.close();
  await registry?.close();
  expect(registry?.bugs).toEqual([]);
});

type View = { readonly lang?: Lang; readonly size?: typeof PHONE; readonly theme?: 'light' | 'dark' };

async function open({ lang = 'en', size = PHONE, theme = 'light' }: View = {}): Promise<{
  readonly context: BrowserContext;
  readonly page: Page;
}> {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: theme,
    locale: lang === 'hi' ? 'hi-IN' : 'en-IN',
    baseURL: registry.url,
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => expect(error.message).toBe(''));
  // What the policy of the page forbids is told on the console.
  page.on('console', (said) => {
    if (said.type() === 'error') expect(said.text()).toMatch(/status of (?:4\d\d)/);
  });
  return { context, page };
}

const shot = (page: Page, name: string): Promise<Buffer> =>
  page.screenshot({ path: `test-results/portal/${name}.png`, fullPage: true });

async function expectSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, 'nothing stands out to the side').toBeLessThanOrEqual(0);
}

/** Types the password that he was sent last; the field is shown once it has left. */
async function typeOtp(page: Page, { mobile }: Debtor, lang: Lang): Promise<void> {
  const field = page.getByLabel(words[lang].otp);
  await expect(field).toBeVisible();
  const sent = registry.sent.filter(({ kind, to }) => kind === 'otp' && to.mobile === mobile);
  await field.fill(otpIn(sent.at(-1)?.text ?? ''));
}

/** The address in the message that he was sent last. */
const linkOf = ({ mobile }: Debtor): string =>
  /\/c\/[A-Za-z0-9_-]+/.exec(
    registry.sent.filter(({ kind, to }) => kind === 'consent' && to.mobile === mobile).at(-1)?.text ?? '',
  )?.[0] ?? '';

async function asked(lang: Lang = 'en', purpose: 'TC01' | 'TC02' = 'TC01'): Promise<Debtor> {
  const of = await debtor(registry);
  for (const by of [asha, bharat]) await vouch(registry, by, of);
  await asha.answer('askConsent', { body: consentBody(registry, of, { lang, purpose }) });
  return of;
}

const words = {
  en: {
    go: 'Continue',
    approve: 'Allow',
    deny: 'Do not allow',
    block: 'Block this business',
    otp: 'Password that we sent you',
    allowed: 'You allowed it.',
    denied: 'You did not allow it.',
    mobile: 'Your mobile number',
    identifier: 'PAN or GSTIN of your business',
    send: 'Send the password',
    openMine: 'Open my page',
    mine: 'Your record',
    wrong: 'This is wrong',
    paid: 'I have paid it',
    object: 'Object and hide it now',
    objected: 'You objected: “I have paid it”.',
    looked: 'Was told about your record',
    withdraw: 'Take it back',
    back: 'Taken back',
    blockAsha: 'Block Asha Traders',
    blockYes: 'Yes, block it',
    unblock: 'Unblock: Asha Traders',
    all: 'Download everything',
  },
  hi: {
    go: 'आगे बढ़ें',
    approve: 'अनुमति दें',
    deny: 'अनुमति न दें',
    block: 'इस व्यवसाय को रोकें',
    otp: 'हमारा भेजा हुआ पासवर्ड',
    allowed: 'आपने अनुमति दी।',
    denied: 'आपने अनुमति नहीं दी।',
    mobile: 'आपका मोबाइल नंबर',
    identifier: 'आपके व्यवसाय का PAN या GSTIN',
    send: 'पासवर्ड भेजें',
    openMine: 'मेरा पन्ना खोलें',
    mine: 'आपका रिकॉर्ड',
    wrong: 'यह ग़लत है',
    paid: 'मैं इसका भुगतान कर चुका हूँ',
    object: 'आपत्ति करें और अभी छिपाएँ',
    objected: 'आपकी आपत्ति: “मैं इसका भुगतान कर चुका हूँ”।',
    looked: 'आपका रिकॉर्ड बताया गया',
    withdraw: 'वापस लें',
    back: 'वापस ली',
    blockAsha: 'Asha Traders को रोकें',
    blockYes: 'हाँ, रोकें',
    unblock: 'रोक हटाएँ: Asha Traders',
    all: 'सब कुछ डाउनलोड करें',
  },
} as const;

for (const lang of ['en', 'hi'] as const) {
  const w = words[lang];

  test(`the page of a consent says who asks and for what, and takes a yes with the password (${lang})`, async () => {
    const of = await asked(lang);
    const { context, page } = await open({ lang });
    await page.goto(linkOf(of));
    await expect(page.locator('html')).toHaveAttribute('lang', lang);
    await expect(page.getByText('Asha Traders', { exact: true })).toBeVisible();
    await expectSound(page);
    await shot(page, `consent-${lang}-phone`);
    await page.getByRole('button', { name: w.go }).click();
    await page.getByLabel(w.otp).fill('000000');
    await page.getByRole('button', { name: w.approve, exact: true }).click();
    await expect(page.getByRole('status').last()).toHaveClass(/bad/);
    await typeOtp(page, of, lang);
    await expectSound(page);
    await shot(page, `consent-${lang}-otp`);
    await page.getByRole('button', { name: w.approve, exact: true }).click();
    await expect(page.getByText(w.allowed)).toBeVisible();
    await shot(page, `consent-${lang}-done`);
    await context.close();
  });

  test(`a no is taken as well, and a business that asks can be blocked (${lang})`, async () => {
    for (const answer of ['deny', 'block'] as const) {
      const of = await asked(lang);
      const { context, page } = await open({ lang });
      await page.goto(linkOf(of));
      await page.getByRole('button', { name: w.go }).click();
      await typeOtp(page, of, lang);
      await page.getByRole('button', { name: w[answer], exact: true }).click();
      await expect(page.locator('#answered')).toBeVisible();
      if (answer === 'deny') await expect(page.getByText(w.denied)).toBeVisible();
      await context.close();
      const again = await asha.call('askConsent', { body: consentBody(registry, of) });
      if (answer === 'block') {
        const sent = registry.sent.filter(({ kind, to }) => kind === 'consent' && to.mobile === of.mobile);
        expect(sent).toHaveLength(1);
      }
      expect(again.status).toBe(200);
    }
  });

  test(`his own page shows who reported and who looked, and takes what he does about it (${lang})`, async () => {
    const of = await withRecord();
    const { context, page } = await open({ lang });
    await signIn(page, of, lang);
    await expect(page.getByRole('heading', { name: 'Asha Traders' }).first()).toBeVisible();
    await expect(page.getByText('₹82,600.00').first()).toBeVisible();
    await expect(page.getByText(w.looked)).toBeVisible();
    await expectSound(page);
    await shot(page, `me-${lang}-phone`);

    // Dispute, with a paper that stays on the telephone.
    const card = page.locator('article.record').filter({ hasText: '₹82,600.00' });
    await card.getByText(w.wrong).click();
    await card.getByLabel(w.paid).check();
    const posted = page.waitForRequest(/subject\/disputes$/);
    await card.locator('input[type=file]').setInputFiles({
      name: 'receipt.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('paid in full'),
    });
    const digest = createHash('sha256').update('paid in full').digest('base64url');
    await expect(card.locator('.made')).toContainText(`${digest.slice(0, 12)}…`);
    await expectSound(page);
    await shot(page, `me-${lang}-dispute`);
    await card.getByRole('button', { name: w.object }).click();
    const body = (await posted).postDataJSON();
    expect(body.proof_sha256).toBe(digest);
    expect(JSON.stringify(body)).not.toContain('paid in full');
    await expect(page.getByText(w.objected)).toBeVisible();

    // Export: one file with the salts and proofs.
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: w.all }).click();
    const file = await (await downloading).path();
    const exported = JSON.parse(readFileSync(file, 'utf8'));
    expect(exported.schema).toBe('export.v1');
    expect(exported.records).toHaveLength(3);

    // Withdraw a permission that was not used yet.
    await page.getByRole('button', { name: w.withdraw }).first().click();
    await expect(page.getByText(w.back, { exact: true })).toBeVisible();

    // Block, and think better of it.
    await page.getByText(w.blockAsha).click();
    await page.getByRole('button', { name: w.blockYes }).filter({ visible: true }).click();
    await expect(page.getByRole('button', { name: w.unblock })).toBeVisible();
    await page.getByRole('button', { name: w.unblock }).click();
    await expect(page.getByText(w.blockAsha)).toBeVisible();
    await expectSound(page);
    await context.close();
  });
}

// The narrowest in the longer language is the hardest; BAAKI_SHOTS looks at the others too.
const dressed = [
  ['me-narrow', { size: { width: 320, height: 640 }, lang: 'hi' }],
  ['me-desk', { size: DESK }],
  ['me-dark', { theme: 'dark' }],
] as const;
for (const [name, view] of process.env['BAAKI_SHOTS'] ? dressed : dressed.slice(0, 1))
  test(`his own page looks right, with twice the letters too (${name})`, async () => {
    const of = await withRecord();
    const { context, page } = await open(view);
    await signIn(page, of, 'lang' in view ? view.lang : 'en');
    await expectSound(page);
    await shot(page, name);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
    if (name === 'me-narrow') await shot(page, `${name}-twice`);
    await context.close();
  });

test('looks right on a desk and in the dark where something is asked or told', async () => {
  const asking = await asked();
  const views = [
    ['dark', { theme: 'dark' }],
    ['desk', { size: DESK }],
  ] as const;
  for (const [name, view] of process.env['BAAKI_SHOTS'] ? views : views.slice(0, 1)) {
    const { context, page } = await open(view);
    await page.goto(linkOf(asking));
    await expectSound(page);
    await shot(page, `consent-${name}`);
    for (const path of name === 'desk' ? ['login', 'privacy'] : ['', 'login', 'rights']) {
      await page.goto(`/${path}`);
      await expectSound(page);
      await shot(page, `${path || 'start'}-${name}`);
    }
    await context.close();
  }
});

test('keeps the language in the address, and can be used with the keys alone', async () => {
  const of = await asked();
  const { context, page } = await open();
  await page.goto(linkOf(of));
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.getByRole('link', { name: 'हिन्दी' }).click();
  await expect(page).toHaveURL(/lang=hi/);
  await expect(page.getByRole('button', { name: words.hi.go })).toBeVisible();
  await page.getByRole('button', { name: words.hi.go }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByLabel(words.hi.otp)).toBeFocused();
  await typeOtp(page, of, 'hi');
  // The privacy notice stands before the answers.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: words.hi.approve, exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('#answered')).toBeVisible();
  await expect(page).toHaveURL(/lang=hi/);
  await context.close();
});

test('tells nobody anything: another’s page, an unknown address, a form of another site', async () => {
  const of = await withRecord();
  const { context, page } = await open();
  await page.goto('/me');
  await expect(page).toHaveURL(/\/login/);
  expect((await page.goto('/c/AAAAAAAAAAAAAAAAAAAAAA'))?.status()).toBe(404);
  await signIn(page, of, 'en');
  const without = await page.request.post('/v1/subject/block-member', {
    data: { member_id: asha.member.member_id, is_blocked: true },
  });
  expect(without.status()).toBe(403);
  const policy = (await page.goto('/me'))?.headers()['content-security-policy'] ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/localhost:\d+\/\?lang=en/);
  await page.goto('/me');
  await expect(page).toHaveURL(/\/login/);
  await context.close();
});

test('takes a request for erasure, and says when the hour is over', async () => {
  const of = await withRecord();
  const { context, page } = await open();
  await signIn(page, of, 'en');
  await page.getByText('Ask for erasure').click();
  await page.getByLabel('What shall be erased, and why?').fill('The bill of July is not mine.');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByText(/Its number is [0-9a-f-]{36}/)).toBeVisible();
  registry.pass({ minutes: 61 });
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByText('Your hour is over.')).toBeVisible();
  await context.close();
});

/** Three dues of two members, one look, a permission that stands. */
async function withRecord(): Promise<Debtor> {
  const of = await debtor(registry);
  const today = registry.registry.today();
  const row = { memberNo: asha.memberNo, dueDay: addDays(today, -102) };
  await putDue(registry, of.key, {
    ...row,
    state: 'part',
    amountPaise: 1_18_000_00,
    openPaise: 82_600_00,
    evidence: 'irp',
  });
  await putDue(registry, of.key, {
    memberNo: bharat.memberNo,
    dueDay: addDays(today, -61),
    amountPaise: 14_250_50,
    noticeDay: addDays(today, -5),
  });
  await putDue(registry, of.key, { ...row, amountPaise: 45_000_00, settledDay: addDays(today, -60) });
  const consentId = await granted(registry, chetan, of, { vouchedBy: bharat });
  await chetan.answer('check', {
    body: {
      schema: 'check.v1',
      check_id: registry.registry.newId(),
      consent_id: consentId,
      subject: of.subject,
    },
  });
  await granted(registry, bharat, of, { vouchedBy: asha });
  // Three passwords a day are all that a telephone gets.
  registry.pass({ days: 1 });
  return of;
}

async function signIn(page: Page, of: Debtor, lang: Lang): Promise<void> {
  const w = words[lang];
  await page.goto(`/login?lang=${lang}`);
  await page.getByLabel(w.mobile).fill(of.mobile.slice(3));
  await page.getByLabel(w.identifier).fill(of.pan);
  await page.getByRole('button', { name: w.send }).click();
  await typeOtp(page, of, lang);
  await page.getByRole('button', { name: w.openMine }).click();
  await expect(page.getByRole('heading', { name: w.mine, exact: true })).toBeVisible();
}
