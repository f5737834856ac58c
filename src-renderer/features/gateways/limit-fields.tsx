import type { GatewayKind } from '#contract/engine/gateways.ts';
import { NumberInput, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { priceWords, readPrice, withGst } from './price.ts';
import { needOf } from './gateway-order.ts';
import type { GatewayFormState } from './use-gateway-form.ts';

type LimitFieldsProps = { readonly form: GatewayFormState; readonly kind: GatewayKind };

const BPS_A_PERCENT = 100;
const PER_MINUTE_MOST = 6000;
const PER_DAY_MOST = 100_000;

/** What a message costs, and how many may leave. Nobody bills what costs nothing. */
export function LimitFields({ form, kind }: LimitFieldsProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const { values, set } = form;
  const isFree = needOf(kind) === 'free';
  return (
    <fieldset className="limits">
      <legend className="limits__title">{t(isFree ? 'limits.titleFree' : 'limits.title')}</legend>
      {isFree ? null : <PriceFields form={form} kind={kind} />}
      <CountField
        name="perMinute"
        most={PER_MINUTE_MOST}
        value={values.perMinute}
        onChange={(perMinute) => set({ perMinute })}
      />
      <CountField
        name="perDay"
        most={PER_DAY_MOST}
        value={values.perDay}
        onChange={(perDay) => set({ perDay })}
      />
    </fieldset>
  );
}

type CountFieldProps = {
  readonly name: 'perMinute' | 'perDay';
  readonly most: number;
  readonly value: number | string;
  readonly onChange: (count: number | string) => void;
};

function CountField({ name, most, value, onChange }: CountFieldProps): JSX.Element {
  const { t } = useTranslation('gateways');
  return (
    <NumberInput
      label={t(`limits.${name}`)}
      description={t(`limits.${name}Hint`)}
      min={1}
      max={most}
      clampBehavior="strict"
      allowDecimal={false}
      hideControls
      value={value}
      onChange={onChange}
    />
  );
}

function PriceFields({ form, kind }: LimitFieldsProps): JSX.Element {
  const { t } = useTranslation('gateways');
  const { values, set, errors } = form;
  const micros = readPrice(values.price);
  const gstBps = Math.round(Number(values.gstPercent) * BPS_A_PERCENT);
  return (
    <>
      <TextInput
        label={t('limits.price')}
        description={t(kind.channel === 'sms' ? 'limits.priceSms' : 'limits.priceHint')}
        inputMode="decimal"
        autoComplete="off"
        leftSection={<span aria-hidden>₹</span>}
        placeholder="0.25"
        value={values.price}
        onChange={({ currentTarget }) => set({ price: currentTarget.value })}
        error={errors['price'] ?? (micros === undefined ? t('fault.not-price') : undefined)}
      />
      <NumberInput
        label={t('limits.gst')}
        description={
          typeof micros === 'number' && micros > 0
            ? t('limits.gstGives', { price: priceWords(withGst(micros, gstBps)) })
            : t('limits.gstHint')
        }
        min={0}
        max={100}
        decimalScale={2}
        suffix=" %"
        hideControls
        value={values.gstPercent}
        onChange={(gstPercent) => set({ gstPercent })}
        error={errors['gstPercent']}
      />
    </>
  );
}
