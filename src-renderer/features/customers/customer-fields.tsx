import { onLimits } from '#contract/engine/customer-words.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { MoneyField } from '#kit/money-field.tsx';
import { PickField } from '#kit/pick-field.tsx';
import { Autocomplete, Select, Textarea, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import type { CustomerValues } from './customer-form-values.ts';

type Form = UseFormReturnType<CustomerValues>;

type CustomerFieldsProps = { readonly form: Form; readonly customerId: number | undefined };

/** Everything that is known of a customer; only the name must be there. */
export function CustomerFields({ form, customerId }: CustomerFieldsProps): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <div className="form-grid">
      <TextInput
        className="form-grid__whole"
        label={t('form.name')}
        withAsterisk
        data-autofocus
        autoComplete="off"
        {...form.getInputProps('name')}
      />
      <TextInput label={t('form.phone')} autoComplete="off" {...form.getInputProps('phone')} />
      <TextInput label={t('form.email')} autoComplete="off" {...form.getInputProps('email')} />
      <TermFields form={form} />
      <TextInput label={t('form.code')} autoComplete="off" {...form.getInputProps('code')} />
      <TextInput label={t('form.gstin')} autoComplete="off" {...form.getInputProps('gstin')} />
      <TextInput label={t('form.pan')} autoComplete="off" {...form.getInputProps('pan')} />
      <WordFields form={form} />
      <PayerField form={form} customerId={customerId} />
      <Select
        label={t('form.language')}
        data={messageLanguages.map((value) => ({ value, label: languageName(value) }))}
        clearable
        {...form.getInputProps('language')}
      />
      <TextInput
        label={t('form.doNotChase')}
        description={t('form.doNotChaseHint')}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        autoComplete="off"
        {...form.getInputProps('doNotChaseReason')}
      />
      <Textarea
        className="form-grid__whole"
        label={t('form.address')}
        autosize
        minRows={2}
        maxRows={5}
        {...form.getInputProps('address')}
      />
    </div>
  );
}

function TermFields({ form }: { readonly form: Form }): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <>
      <TextInput
        label={t('form.creditDays')}
        inputMode="numeric"
        autoComplete="off"
        {...form.getInputProps('creditDays')}
      />
      <MoneyField
        label={t('form.creditLimit')}
        {...form.getInputProps('creditLimit')}
        value={form.values.creditLimit}
      />
      <MoneyField
        label={t('form.insuredLimit')}
        {...form.getInputProps('insuredLimit')}
        value={form.values.insuredLimit}
      />
      <Select
        label={t('form.onLimit')}
        data={onLimits.map((value) => ({ value, label: t(`form.onLimits.${value}`) }))}
        clearable
        {...form.getInputProps('onLimit')}
      />
    </>
  );
}

/** Words that the book knows already are offered; a new one may be typed. */
function WordFields({ form }: { readonly form: Form }): JSX.Element {
  const { t } = useTranslation('customers');
  const { data } = useQuery(orpc.customers.words.queryOptions());
  const fields = [
    ['salesperson', data?.salespersons],
    ['territory', data?.territories],
    ['groupPath', data?.groups],
  ] as const;
  return (
    <>
      {fields.map(([field, words]) => (
        <Autocomplete
          key={field}
          label={t(`form.${field}`)}
          data={words ? [...words] : []}
          limit={20}
          {...form.getInputProps(field)}
        />
      ))}
    </>
  );
}

function PayerField({ form, customerId }: CustomerFieldsProps): JSX.Element {
  const { t } = useTranslation('customers');
  const [text, setText] = useState('');
  const { parentId } = form.values;
  const { data: found = [] } = useQuery(orpc.customers.search.queryOptions({ input: { text } }));
  const { data: parent } = useQuery({
    ...orpc.customers.get.queryOptions({ input: { customerId: parentId ?? 1 } }),
    enabled: parentId !== null,
    placeholderData: undefined,
  });
  return (
    <PickField
      label={t('form.parent')}
      description={t('form.parentHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      clearable
      value={parentId}
      onChange={(next) => form.setFieldValue('parentId', next)}
      error={form.errors['parentId']}
      onSearch={setText}
      found={found.flatMap((one) =>
        one.customerId === customerId ? [] : [{ value: one.customerId, label: one.name }],
      )}
      picked={parent ? { value: parent.customer.customerId, label: parent.customer.name } : undefined}
    />
  );
}

function languageName(code: string): string {
  return new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
}
