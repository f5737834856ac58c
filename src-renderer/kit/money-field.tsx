import { formatMoney } from '#domain/money.ts';
import { TextInput, type TextInputProps } from '@mantine/core';
import type { FocusEvent, JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './form-parts.css';
import { readMoney } from './money-input.ts';
import { currencySign, useCurrency } from './money-text.tsx';

type MoneyFieldProps = Omit<TextInputProps, 'value' | 'onChange' | 'onBlur'> & {
  /** The text as typed; `readMoney` makes an amount of it. */
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly onBlur?: (event: FocusEvent<HTMLInputElement>) => void;
  /** Defaults to the book's base currency. */
  readonly currency?: string | undefined;
};

/** An amount, typed with or without lakh commas; written out in full when the field is left. */
export function MoneyField({ value, onChange, onBlur, currency, ...field }: MoneyFieldProps): JSX.Element {
  const { t } = useTranslation('kit');
  const base = useCurrency();
  const code = currency ?? base;
  const tidy = (event: FocusEvent<HTMLInputElement>): void => {
    const amount = readMoney(value, code);
    if (amount !== undefined && amount !== null) onChange(formatMoney(amount, code));
    onBlur?.(event);
  };
  return (
    <TextInput
      {...field}
      className={`money-field ${field.className ?? ''}`}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onFocus={(event) => event.currentTarget.select()}
      onBlur={tidy}
      inputMode="decimal"
      autoComplete="off"
      error={field.error ?? (readMoney(value, code) === undefined ? t('field.notMoney') : undefined)}
      leftSection={<span aria-hidden>{currencySign(code)}</span>}
    />
  );
}

/** An amount as a field shows it; nothing for null. */
export function moneyInput(amount: number | null | undefined, currency = 'INR'): string {
  return amount === null || amount === undefined ? '' : formatMoney(amount, currency);
}
