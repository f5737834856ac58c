import { MoneyField } from '#kit/money-field.tsx';
import { MoneyText, useCurrency } from '#kit/money-text.tsx';
import { Checkbox, Select, TextInput } from '@mantine/core';
import { useMemo, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { basePaiseOf, type AmountTexts } from './amounts.ts';

type AmountFieldsProps = {
  readonly texts: AmountTexts;
  readonly onChange: (change: Partial<AmountTexts>) => void;
  readonly errors: Readonly<Record<string, ReactNode>>;
  readonly hasFocus?: boolean;
};

/** The amount: in the book's currency, or in another with its rate and what that comes to. */
export function AmountFields({ texts, onChange, errors, hasFocus }: AmountFieldsProps): JSX.Element {
  const { t } = useTranslation('documents');
  const base = useCurrency();
  const paise = basePaiseOf(texts, base);
  const currencies = useMemo(
    () => Intl.supportedValuesOf('currency').filter((code) => code !== base),
    [base],
  );
  const toggle = (
    <Checkbox
      size="xs"
      className="form-grid__whole"
      label={t('field.isForeign')}
      checked={texts.isForeign}
      onChange={(event) => onChange({ isForeign: event.currentTarget.checked })}
    />
  );
  if (!texts.isForeign) {
    return (
      <>
        <MoneyField
          label={t('field.amount')}
          withAsterisk
          data-autofocus={hasFocus || undefined}
          value={texts.amount}
          onChange={(amount) => onChange({ amount })}
          error={errors['amount']}
        />
        {toggle}
      </>
    );
  }
  return (
    <>
      <Select
        label={t('field.currency')}
        data={currencies}
        value={texts.currency}
        searchable
        allowDeselect={false}
        onChange={(currency) => onChange({ currency: currency ?? texts.currency })}
      />
      <MoneyField
        label={t('field.foreignAmount')}
        withAsterisk
        currency={texts.currency}
        value={texts.foreignAmount}
        onChange={(foreignAmount) => onChange({ foreignAmount })}
        error={errors['foreignAmount'] ?? errors['amount']}
      />
      <TextInput
        label={t('field.rate', { currency: texts.currency, base })}
        withAsterisk
        value={texts.rate}
        autoComplete="off"
        onChange={(event) => onChange({ rate: event.currentTarget.value })}
        error={errors['rate']}
        description={
          paise === undefined ? undefined : (
            <>
              = <MoneyText paise={paise} withSign />
            </>
          )
        }
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      {toggle}
    </>
  );
}
