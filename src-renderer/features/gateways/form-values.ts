import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import type { client } from '../../client.ts';
import { needOf } from './gateway-order.ts';
import { priceWords, readPrice } from './price.ts';

export type GatewayWish = Parameters<typeof client.gateways.save>[0];
export type DescribedField = GatewayKind['fields'][number];

/** This one is never typed: the sign-in in the browser fills it. */
export const SIGN_IN_FIELD = 'refreshToken';
export const SWITCH_ON = 'yes';
const SWITCH_OFF = 'no';
const SHOWN_NAME = 'fromName';
const BY_BROWSER = 'oauth';
const GOOGLE = 'gmail';
const MICROSOFT = 'microsoft365';
const BPS_A_PERCENT = 100;
const GST_PERCENT_USUAL = 18;
const PERCENT_MOST = 100;

/** A gateway's form as it is typed. Secrets are empty until they are changed: nobody can read them back. */
export type GatewayValues = {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly price: string;
  readonly gstPercent: number | string;
  readonly perMinute: number | string;
  readonly perDay: number | string;
};

export type Fault = 'required' | 'not-price' | 'not-percent' | 'not-number';

export function switchValue(isOn: boolean): string {
  return isOn ? SWITCH_ON : SWITCH_OFF;
}

/** What is known of a gateway that is not there yet: its name, and the business's own for the mails of it. */
export type Known = { readonly name: string; readonly businessName: string };

/** What the form starts with: as the gateway is, else as its kind presets it. */
export function valuesOf(
  kind: GatewayKind,
  gateway: GatewayShown | undefined,
  { name, businessName }: Known,
): GatewayValues {
  const known: Readonly<Record<string, string>> = gateway ? gateway.fields : { [SHOWN_NAME]: businessName };
  const plain = kind.fields.filter((field) => field.kind !== 'secret');
  const secret = kind.fields.filter((field) => field.kind === 'secret');
  return {
    name: gateway?.name ?? name,
    fields: Object.fromEntries(plain.map(({ key, preset }) => [key, known[key] ?? preset ?? ''])),
    secrets: Object.fromEntries(secret.map(({ key }) => [key, ''])),
    price:
      gateway?.pricePerPartMicros === undefined || gateway.pricePerPartMicros === null
        ? ''
        : priceWords(gateway.pricePerPartMicros),
    gstPercent: gateway ? gateway.gstBps / BPS_A_PERCENT : GST_PERCENT_USUAL,
    perMinute: gateway?.perMinute ?? kind.capabilities?.perMinute ?? '',
    perDay: gateway?.perDay ?? kind.capabilities?.perDay ?? '',
  };
}

/** Fields of one way to sign in stand in the form only while that way is chosen. */
export function shownFields(
  kind: GatewayKind,
  fields: Readonly<Record<string, string>>,
): readonly DescribedField[] {
  if (!kind.fields.some(({ key }) => key === SIGN_IN_FIELD)) return kind.fields;
  const isByBrowser = fields['signIn'] === BY_BROWSER;
  const isElsewhere = ({ key }: DescribedField): boolean => {
    if (key === 'tenant') return !isByBrowser || fields['provider'] !== MICROSOFT;
    return isByBrowser ? key === 'password' : OF_BROWSER.has(key);
  };
  return kind.fields
    .filter((field) => !isElsewhere(field))
    .map((field) => (isNeededTo(field.key, isByBrowser) ? { ...field, isRequired: true } : field));
}

const OF_BROWSER: ReadonlySet<string> = new Set([SIGN_IN_FIELD, 'clientId', 'clientSecret', 'oauthServer']);

/** The way to sign in that is chosen does not go without it. */
function isNeededTo(key: string, isByBrowser: boolean): boolean {
  return key === (isByBrowser ? 'clientId' : 'password');
}

/** A field as it is typed; with a mail service goes the way to sign in that it takes. */
export function withField(
  fields: Readonly<Record<string, string>>,
  key: string,
  value: string,
): Readonly<Record<string, string>> {
  const next = { ...fields, [key]: value };
  if (key !== 'provider' || fields['signIn'] === undefined) return next;
  if (value === MICROSOFT) return { ...next, signIn: BY_BROWSER };
  return value === GOOGLE ? next : { ...next, signIn: 'password' };
}

/** What comes after the last field that has to be typed can wait: it is folded away, also what is preset. */
export function foldedFrom(fields: readonly DescribedField[]): number {
  return (
    fields.findLastIndex(
      ({ isRequired, kind, preset }) => kind === 'secret' || (isRequired && (preset ?? '') === ''),
    ) + 1
  );
}

/** What is wrong, by the field's name as the form knows it; empty when it can be saved. */
export function faultsOf(
  kind: GatewayKind,
  values: GatewayValues,
  hasSecrets: readonly string[],
): Readonly<Record<string, Fault>> {
  const faults: Record<string, Fault> = {};
  if (values.name.trim() === '') faults['name'] = 'required';
  for (const field of shownFields(kind, values.fields)) {
    const isSecret = field.kind === 'secret';
    const typed = (isSecret ? values.secrets : values.fields)[field.key] ?? '';
    const isThere = isSecret && hasSecrets.includes(field.key);
    const name = `${isSecret ? 'secrets' : 'fields'}.${field.key}`;
    if (field.isRequired && field.key !== SIGN_IN_FIELD && typed.trim() === '' && !isThere)
      faults[name] = 'required';
    if (field.kind === 'number' && !/^\d*$/u.test(typed.trim())) faults[name] = 'not-number';
  }
  if (readPrice(values.price) === undefined) faults['price'] = 'not-price';
  const percent = Number(values.gstPercent);
  if (!(percent >= 0 && percent <= PERCENT_MOST)) faults['gstPercent'] = 'not-percent';
  return faults;
}

type Kept = Pick<GatewayShown, 'gatewayId' | 'isOn' | 'place'>;

/** What is sent to be saved: a secret that was not typed stays as it is in the vault. */
export function wishOfValues(
  kind: GatewayKind,
  values: GatewayValues,
  kept: Kept | { readonly place: number },
): GatewayWish {
  const countOf = (typed: number | string): number | null => (typed === '' ? null : Number(typed));
  const filled = Object.entries(values.secrets).filter(
    ([key, secret]) => key !== SIGN_IN_FIELD && secret.trim() !== '',
  );
  return {
    isOn: true,
    ...kept,
    kind: kind.kind,
    name: values.name.trim(),
    fields: Object.fromEntries(Object.entries(values.fields).map(([key, text]) => [key, text.trim()])),
    secrets: Object.fromEntries(filled),
    perMinute: countOf(values.perMinute),
    perDay: countOf(values.perDay),
    // Nobody is asked for the price of what costs nothing.
    pricePerPartMicros: readPrice(values.price) ?? (needOf(kind) === 'free' ? 0 : null),
    gstBps: Math.round(Number(values.gstPercent) * BPS_A_PERCENT),
  };
}

/** A gateway as it stands, to be saved with one thing changed. */
export function wishOfGateway(gateway: GatewayShown): GatewayWish {
  const { gatewayId, kind, name, fields, isOn, place, perMinute, perDay, pricePerPartMicros, gstBps } =
    gateway;
  return {
    gatewayId,
    kind,
    name,
    fields,
    secrets: {},
    isOn,
    place,
    perMinute,
    perDay,
    pricePerPartMicros,
    gstBps,
  };
}
