// What the panel of gateways decides by itself: order, prices, what a form asks for and what it sends.
import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import {
  faultsOf,
  foldedFrom,
  shownFields,
  valuesOf,
  wishOfGateway,
  wishOfValues,
  withField,
} from '#features/gateways/form-values.ts';
import { groupsOf, kindsInOrder, needOf, placesAfterMove } from '#features/gateways/gateway-order.ts';
import { priceWords, readPrice, withGst } from '#features/gateways/price.ts';
import { hasPassed, hasSent } from '#features/gateways/test-outcome.ts';
import { describe, expect, it } from 'vitest';
import { channels, errorClasses } from '../../src-domain/reminders/words.ts';
import { checkShape, gatewayLights } from '../../src-contract/engine/gateways.ts';
import words from '../../src-renderer/words/en/gateways.json' with { type: 'json' };

const CAPABILITIES: NonNullable<GatewayKind['capabilities']> = {
  pullsStatus: 'by-id',
  pullsInbound: true,
  isIdempotent: false,
  canFind: false,
  takesAttachments: false,
  lookBackDays: null,
  perMinute: 20,
  perDay: 300,
  dlt: 'none',
  needsInternet: true,
};

function field(
  key: string,
  more: Partial<GatewayKind['fields'][number]> = {},
): GatewayKind['fields'][number] {
  const label = { en: key, hi: key };
  return { key, label, hint: null, kind: 'text', isRequired: false, preset: null, choices: [], ...more };
}

function kindOf(more: Partial<GatewayKind> = {}): GatewayKind {
  const said = { en: 'x', hi: 'x' };
  return {
    kind: 'sms-x',
    channel: 'sms',
    name: said,
    about: said,
    fields: [field('user', { isRequired: true })],
    capabilities: CAPABILITIES,
    ...more,
  };
}

function gatewayOf(gatewayId: number, more: Partial<GatewayShown> = {}): GatewayShown {
  return {
    gatewayId,
    kind: 'sms-x',
    channel: 'sms',
    name: `Gateway ${gatewayId}`,
    fields: { user: 'me' },
    hasSecrets: ['password'],
    isOn: true,
    place: 0,
    perMinute: 20,
    perDay: 300,
    pricePerPartMicros: 115_000,
    gstBps: 1800,
    light: 'ok',
    pause: null,
    hasReachedOwner: true,
    testedAt: null,
    sentTodayCount: 0,
    balance: null,
    ...more,
  };
}

describe('a price', () => {
  it.each([
    ['0.25', 250_000],
    ['.115', 115_000],
    ['₹ 1,200', 1_200_000_000],
    ['Rs. 0.000001', 1],
    ['0', 0],
  ])('%s is %i millionths of a rupee', (text, micros) => {
    expect(readPrice(text)).toBe(micros);
  });

  it.each(['abc', '0.1234567', '.', '-1', '1.2.3', '₹'])('%s is asked back', (text) => {
    expect(readPrice(text)).toBeUndefined();
  });

  it('is null when nothing is typed, which is not free', () => {
    expect(readPrice(' ')).toBeNull();
  });

  it('is read back as it was written, with two decimals at least', () => {
    for (const micros of [0, 1, 115_000, 250_000, 1_000_000, 1_23_456_789_000])
      expect(readPrice(priceWords(micros))).toBe(micros);
    expect(priceWords(250_000)).toBe('0.25');
    expect(priceWords(1_00_000_000_000)).toBe('1,00,000.00');
  });

  it('bears its tax to the millionth', () => {
    expect(withGst(250_000, 1800)).toBe(295_000);
    expect(withGst(115_000, 1800)).toBe(135_700);
  });
});

describe('the order of gateways', () => {
  it('puts each channel together, the first to be used first', () => {
    const list = [
      gatewayOf(1, { place: 1 }),
      gatewayOf(2, { channel: 'whatsapp' }),
      gatewayOf(3),
      gatewayOf(4, { channel: 'payment' }),
    ];
    const groups = groupsOf(list).map(({ channel, gateways }) => [
      channel,
      gateways.map((one) => one.gatewayId),
    ]);
    expect(groups).toEqual([
      ['whatsapp', [2]],
      ['sms', [3, 1]],
      ['payment', [4]],
    ]);
  });

  it('numbers a channel anew after a move, also where two had one place', () => {
    const group = [gatewayOf(1), gatewayOf(2), gatewayOf(3, { place: 2 })];
    expect(placesAfterMove(group, 2, -1)).toEqual([{ gatewayId: 1, place: 1 }]);
    expect(placesAfterMove(group, 3, -1)).toEqual([
      { gatewayId: 3, place: 1 },
      { gatewayId: 2, place: 2 },
    ]);
  });

  it('moves nothing over the ends', () => {
    const group = [gatewayOf(1), gatewayOf(2, { place: 1 })];
    expect(placesAfterMove(group, 1, -1)).toEqual([]);
    expect(placesAfterMove(group, 2, 1)).toEqual([]);
    expect(placesAfterMove(group, 9, 1)).toEqual([]);
  });

  it('shows the free kinds first, then those of the house, then those with an account', () => {
    const cloud = kindOf({ kind: 'whatsapp-cloud', channel: 'whatsapp' });
    const link = kindOf({ kind: 'whatsapp-link', channel: 'whatsapp', fields: [] });
    const phone = kindOf({ kind: 'sms-android', capabilities: { ...CAPABILITIES, needsInternet: false } });
    const mail = kindOf({ kind: 'email-smtp', channel: 'email' });
    const links = kindOf({ kind: 'razorpay', channel: 'payment', capabilities: null });
    expect(kindsInOrder([links, kindOf(), cloud, phone, mail, link]).map(({ kind }) => kind)).toEqual([
      'whatsapp-link',
      'email-smtp',
      'sms-android',
      'whatsapp-cloud',
      'sms-x',
      'razorpay',
    ]);
    expect(needOf(links)).toBe('account');
  });
});

describe('the form of a gateway', () => {
  const mail = kindOf({
    kind: 'email-smtp',
    channel: 'email',
    fields: [
      field('user', { isRequired: true }),
      field('signIn', { kind: 'choice', preset: 'password' }),
      field('password', { kind: 'secret', isRequired: true }),
      field('clientId'),
      field('refreshToken', { kind: 'secret', isRequired: true }),
      field('smtpHost'),
      field('copyToSent', { kind: 'switch', preset: 'yes' }),
    ],
  });

  const ours = { name: 'Mail', businessName: 'Dukaan' };
  const bothWays = kindOf({
    fields: [
      field('user', { isRequired: true }),
      field('password'),
      field('clientId'),
      field('tenant'),
      field('refreshToken'),
    ],
  });

  it('starts with what the kind presets, and with what is saved once there is something', () => {
    expect(valuesOf(mail, undefined, ours).fields).toMatchObject({ signIn: 'password', copyToSent: 'yes' });
    const gateway = gatewayOf(1, { fields: { user: 'a@b.in', copyToSent: 'no' } });
    const values = valuesOf(mail, gateway, ours);
    expect(values.fields).toMatchObject({ user: 'a@b.in', copyToSent: 'no', signIn: 'password' });
    expect(values.price).toBe('0.115');
    expect(values.secrets).toEqual({ password: '', refreshToken: '' });
  });

  it('shows the fields of one way to sign in only', () => {
    const keys = (signIn: string): readonly string[] => shownFields(mail, { signIn }).map(({ key }) => key);
    expect(keys('password')).not.toContain('refreshToken');
    expect(keys('oauth')).toEqual(expect.arrayContaining(['refreshToken', 'clientId']));
    expect(keys('oauth')).not.toContain('password');
  });

  it('needs what the chosen way to sign in does not go without', () => {
    const needed = (signIn: string): readonly string[] =>
      shownFields(bothWays, { signIn }).flatMap(({ key, isRequired }) => (isRequired ? key : []));
    expect(needed('password')).toEqual(['user', 'password']);
    expect(needed('oauth')).toEqual(['user', 'clientId']);
  });

  it('asks for the tenant only where Microsoft signs in', () => {
    const hasTenant = (provider: string, signIn: string): boolean =>
      shownFields(bothWays, { provider, signIn }).some(({ key }) => key === 'tenant');
    expect(hasTenant('microsoft365', 'oauth')).toBe(true);
    expect(hasTenant('gmail', 'oauth')).toBe(false);
    expect(hasTenant('microsoft365', 'password')).toBe(false);
  });

  it('takes with a mail service the way to sign in that it allows', () => {
    const from = (signIn: string, provider: string): string | undefined =>
      withField({ provider: 'gmail', signIn }, 'provider', provider)['signIn'];
    expect(from('password', 'microsoft365')).toBe('oauth');
    expect(from('oauth', 'zoho')).toBe('password');
    expect(from('oauth', 'gmail')).toBe('oauth');
    expect(withField({ user: 'a' }, 'provider', 'microsoft365')).toEqual({
      user: 'a',
      provider: 'microsoft365',
    });
  });

  it('begins with the name of the business, and costs nothing where nobody bills', () => {
    const named = { ...mail, fields: [...mail.fields, field('fromName')] };
    const values = valuesOf(named, undefined, ours);
    expect(values.fields['fromName']).toBe('Dukaan');
    expect(valuesOf(named, gatewayOf(1, { fields: {} }), ours).fields['fromName']).toBe('');
    expect(wishOfValues(mail, values, { place: 0 }).pricePerPartMicros).toBe(0);
    expect(wishOfValues(kindOf(), valuesOf(kindOf(), undefined, ours), { place: 0 })).toMatchObject({
      pricePerPartMicros: null,
    });
  });

  it('folds away what comes after the last field that is needed', () => {
    expect(foldedFrom(shownFields(mail, { signIn: 'password' }))).toBe(3);
    expect(foldedFrom([field('a'), field('b')])).toBe(0);
  });

  it('asks for what is needed, but never for a secret that the vault has or a sign-in fills', () => {
    const empty = valuesOf(mail, undefined, { ...ours, name: '' });
    expect(faultsOf(mail, empty, [])).toEqual({
      name: 'required',
      'fields.user': 'required',
      'secrets.password': 'required',
    });
    const filled = { ...empty, name: 'Mail', fields: { ...empty.fields, user: 'a@b.in' } };
    expect(faultsOf(mail, filled, ['password'])).toEqual({});
    const byBrowser = { ...filled.fields, signIn: 'oauth' };
    expect(faultsOf(mail, { ...filled, fields: byBrowser }, [])).toEqual({ 'fields.clientId': 'required' });
    const withApp = { ...byBrowser, clientId: 'dukaan' };
    expect(faultsOf(mail, { ...filled, fields: withApp }, [])).toEqual({});
    expect(faultsOf(mail, { ...filled, price: 'dear', gstPercent: 200 }, ['password'])).toEqual({
      price: 'not-price',
      gstPercent: 'not-percent',
    });
  });

  it('sends only the secrets that were typed, and never a typed sign-in', () => {
    const values = {
      ...valuesOf(mail, undefined, { ...ours, name: ' Mail ' }),
      secrets: { password: '', refreshToken: 'forged' },
      price: '0.25',
      gstPercent: 18,
      perDay: '',
    };
    expect(wishOfValues(mail, values, { place: 2 })).toMatchObject({
      name: 'Mail',
      isOn: true,
      place: 2,
      secrets: {},
      pricePerPartMicros: 250_000,
      gstBps: 1800,
      perMinute: 20,
      perDay: null,
    });
    const changed = { ...values, secrets: { password: 'new', refreshToken: '' } };
    expect(wishOfValues(mail, changed, { gatewayId: 4, isOn: false, place: 0 })).toMatchObject({
      gatewayId: 4,
      isOn: false,
      secrets: { password: 'new' },
    });
  });

  it('changes nothing but what is asked when a gateway is moved or switched off', () => {
    const gateway = gatewayOf(7, { place: 3, perDay: null });
    expect(wishOfGateway(gateway)).toMatchObject({
      gatewayId: 7,
      place: 3,
      perDay: null,
      secrets: {},
      isOn: true,
    });
  });
});

describe('a test', () => {
  const detail = { en: '', hi: '' };

  it('is passed with warnings, and not with a cross', () => {
    expect(hasPassed([])).toBe(false);
    expect(hasPassed([{ step: 'connect', outcome: 'warning', detail }])).toBe(true);
    expect(
      hasPassed([
        { step: 'connect', outcome: 'ok', detail },
        { step: 'sign-in', outcome: 'failed', detail },
      ]),
    ).toBe(false);
  });

  it('has sent something only when the last step did', () => {
    expect(hasSent([{ step: 'send', outcome: 'left-out', detail }])).toBe(false);
    expect(hasSent([{ step: 'send', outcome: 'ok', detail }])).toBe(true);
  });
});

it('has words for every light, channel, step, outcome and class of error', () => {
  expect(Object.keys(words.light).toSorted()).toEqual(gatewayLights.toSorted());
  expect(Object.keys(words.channel).toSorted()).toEqual([...channels, 'payment'].toSorted());
  expect(Object.keys(words.step).toSorted()).toEqual(checkShape.shape.step.options.toSorted());
  expect(Object.keys(words.outcome).toSorted()).toEqual(checkShape.shape.outcome.options.toSorted());
  expect(Object.keys(words.pause)).toEqual(expect.arrayContaining([...errorClasses]));
});
