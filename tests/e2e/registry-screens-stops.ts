// Where a walk through the registry's screens stops, and what is pressed there, in whatever language the window is.
import { expect, type Page } from '@playwright/test';
import { PUBLISHED_CUSTOMER_ID } from './registry-screens-book.ts';

export async function goTo(page: Page, route: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to;
  }, `#${route}`);
}

export type Stop = {
  readonly name: string;
  readonly route: string;
  /** What is pressed there, and is to be seen. */
  readonly act?: (page: Page) => Promise<void>;
  /** Walked in every dress; the others only in the first one, unless all pictures are wished. */
  readonly isShort?: true;
};

const row = (page: Page, text: string) => page.getByRole('row').filter({ hasText: text }).first();
export const dialog = (page: Page) => page.getByRole('dialog');

async function open(page: Page, text: string): Promise<void> {
  await row(page, text).getByRole('button').first().click();
  await expect(dialog(page)).toBeVisible();
}

/** Opens what a button in the foot of the open drawer opens, on top of it. */
async function pressIn(page: Page, name: RegExp): Promise<void> {
  await dialog(page).getByRole('button', { name }).first().click();
  await expect(dialog(page)).toHaveCount(2);
}

async function typeAway(page: Page, text: string): Promise<void> {
  await page.locator('.publish__search input').first().fill(text);
}

/** Every screen and dialog of a member whose book is filled. */
export const ofMember: readonly Stop[] = [
  {
    name: 'standing',
    isShort: true,
    route: '/registry',
    act: async (page) => expect(page.locator('.standing__buttons button').first()).toBeVisible(),
  },
  {
    name: 'leave',
    route: '/registry',
    act: async (page) => {
      await page.locator('.standing__buttons button').nth(1).click();
      await expect(dialog(page)).toBeVisible();
    },
  },
  {
    name: 'publish',
    isShort: true,
    route: '/registry?tab=publish',
    act: async (page) => expect(page.getByRole('row').nth(3)).toBeVisible(),
  },
  ...['Narmada', 'कावेरी', 'Tungabhadra', 'Mahanadi'].map((name, at) => ({
    name: `candidate-${['unproven', 'person', 'bill-marked', 'not-chased'][at]}`,
    route: '/registry?tab=publish',
    act: async (page: Page) => {
      await typeAway(page, name);
      await open(page, name);
    },
  })),
  {
    name: 'proof',
    route: '/registry?tab=publish',
    act: async (page) => {
      await typeAway(page, 'Narmada');
      await open(page, 'Narmada');
      await pressIn(page, /^(?:Add a proof…|सबूत जोड़ें…)$/);
    },
  },
  {
    name: 'preview',
    isShort: true,
    route: '/registry?tab=publish',
    act: async (page) => {
      await typeAway(page, 'Agarwal Agencies');
      await page.locator('.publish__go').click();
      await expect(dialog(page).locator('textarea.go__bytes')).toHaveValue(/POST \/v1\/batches/);
    },
  },
  {
    name: 'prove-many',
    route: '/registry?tab=publish',
    act: async (page) => {
      await typeAway(page, 'Agarwal Agencies');
      await page.getByRole('grid').focus();
      await page.keyboard.press('Control+a');
      await page.locator('.publish__prove').click();
      await expect(dialog(page)).toBeVisible();
    },
  },
  {
    name: 'published',
    isShort: true,
    route: '/registry?tab=published',
    act: async (page) => expect(page.getByRole('row').nth(3)).toBeVisible(),
  },
  ...['904', '906', '908', '918'].map((number, at) => ({
    name: `published-${['untold', 'seen', 'disputed', 'refused'][at]}`,
    route: '/registry?tab=published',
    act: async (page: Page) => open(page, `AT/25-26/${number}`),
  })),
  {
    name: 'withdraw',
    route: '/registry?tab=published',
    act: async (page) => {
      await open(page, 'AT/25-26/906');
      await pressIn(page, /^(?:Withdraw…|वापस लें…)$/);
    },
  },
  {
    name: 'write-off',
    route: '/registry?tab=published',
    act: async (page) => {
      await open(page, 'AT/25-26/906');
      await pressIn(page, /^(?:Write off…|बट्टे खाते डालें…)$/);
    },
  },
  {
    name: 'disputes',
    isShort: true,
    route: '/registry?tab=disputes',
    act: async (page) => expect(page.locator('.registry-dispute')).not.toHaveCount(0),
  },
  {
    name: 'answer',
    route: '/registry?tab=disputes',
    act: async (page) => {
      await page.locator('.registry-dispute button').first().click();
      await dialog(page).getByRole('radio').nth(1).check();
    },
  },
  ...['of 0', 'of 1', 'of 2', 'of 4'].map((of) => ({
    isShort: true as const,
    name: `result-${of.replace(' ', '-')}`,
    route: '/registry?tab=checks',
    act: async (page: Page) => {
      await row(page, `Prospect ${of}`).click();
      await expect(page.locator('.result')).toBeVisible();
    },
  })),
  ...['Anand', 'Iqbal', 'कावेरी', 'Waiting'].map((name, at) => ({
    name: `consent-${['granted', 'held', 'to-report', 'queued'][at]}`,
    route: '/registry?tab=checks',
    act: async (page: Page) => row(page, name).click(),
  })),
  {
    name: 'looks',
    isShort: true,
    route: '/registry?tab=checks',
    act: async (page) => page.locator('.checks__tools .mantine-SegmentedControl-label').nth(1).click(),
  },
  {
    name: 'ask',
    isShort: true,
    route: '/registry?tab=checks&ask=new',
    act: async (page) => expect(dialog(page)).toBeVisible(),
  },
  {
    name: 'customer',
    route: `/customers/${PUBLISHED_CUSTOMER_ID}`,
    act: async (page) => {
      await expect(page.locator('.registry-card')).toBeVisible();
      await page.locator('.registry-card').scrollIntoViewIfNeeded();
    },
  },
  { name: 'bills', route: '/bills', act: async (page) => expect(page.getByRole('row').nth(2)).toBeVisible() },
  {
    name: 'palette',
    route: '/registry',
    act: async (page) => {
      await page.keyboard.press('Control+k');
      const isHindi = (await page.locator('html').getAttribute('lang')) === 'hi';
      await page.keyboard.insertText(isHindi ? 'रजिस्ट्री' : 'regis');
      await expect(page.getByText('Ctrl+Shift+R')).toBeVisible();
    },
  },
];
