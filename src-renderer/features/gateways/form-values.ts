import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import type { client } from '../../client.ts';
import { priceWords, readPrice } from './price.ts';

export type GatewayWish = Parameters<typeof client.gateways.save>[0];
export type DescribedField = GatewayKind['fields'][number];

/** This one is never typed: the sign-in in the browser fills it. */
export const SIGN_IN_FIELD = 'refreshToken';
export const SWITCH_ON = 'yes';
const SWITCH_OFF = 'no';
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

/** What the form starts with: as the gateway is, else as its kind presets it. */
export function valuesOf(kind: GatewayKind, gateway: GatewayShown | undefined, name: string): GatewayValues {
  const plain = kind.fields.filter((field) => field.kind !== 'secret');
  const secret = kind.fields.filter((field) => field.kind === 'secret');
  return {
    name: gateway?.name ?? name,
    fields: Object.fromEntries(plain.map(({ key, preset }) => [key, gateway?.fields[key] ?? preset ?? ''])),
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
  const ofBrowser = new Set([SIGN_IN_FIELD, 'clientId', 'clientSecret', 'tenant', 'oauthServer']);
  const isByBrowser = fields['signIn'] === 'oauth';
  return kind.fields.filter(({ key }) => (isByBrowser ? key !== 'password' : !ofBrowser.has(key)));
}

/** What comes after the last field that is needed or secret can wait: it is folded away. */
export function foldedFrom(fields: readonly DescribedField[]): number {
  return fields.findLastIndex((field) => field.isRequired || field.kind === 'secret') + 1;
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
    pricePerPartMicros: readPrice(values.price) ?? null,
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
