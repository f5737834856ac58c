import type { Credit } from '#contract/engine/credits.ts';
import type { Receipt } from '#contract/engine/receipts.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useEffect, useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryForm } from '#kit/entry-form.tsx';
import { AllocationFields, useShared } from './allocation-fields.tsx';
import { AmountFields } from './amount-fields.tsx';
import { ChequeField } from './cheque-field.tsx';
import { CustomerField } from './customer-field.tsx';
import { EntryFoot } from './entry-foot.tsx';
import { closeEntry } from './entry-store.ts';
import { creditKinds, modes, moneyFaults, moneyValuesOf, type MoneyValues } from './money-values.ts';
import { fieldSetter } from './refused-fields.ts';
import { saveMoney } from './save-money.ts';
import { useManner } from './use-manner.ts';
import { useEntrySave } from './use-entry-save.ts';

type MoneyFormProps = {
  readonly what: 'receipt' | 'credit';
  readonly known: Receipt | Credit | undefined;
  readonly customerId: number | undefined;
  readonly mode?: string | undefined;
};

/** A receipt or a credit: the same form, with the fields of a cheque for the one and a kind for the other. */
export function MoneyForm({ what, known, customerId, mode }: MoneyFormProps): JSX.Element {
  const { t } = useTranslation('documents');
  const { today } = useAsOf();
  const base = useCurrency();
  const { usual, remember } = useManner(what);
  const given = useMemo(
    () => ({ customerId, today, base, manner: usual }) as const,
    [customerId, today, base, usual],
  );
  const form = useForm<MoneyValues>({
    initialValues: { ...moneyValuesOf(known, given), ...(mode === undefined ? {} : { mode }) },
    validate: (values) =>
      Object.fromEntries(Object.entries(moneyFaults(values, given)).map(([field, word]) => [field, t(word)])),
  });
  const { setFieldValue, isTouched } = form;
  useEffect(() => {
    // The settings come a moment after the form; a choice made by then stands.
    if (!isTouched('manner')) setFieldValue('manner', usual, { forceUpdate: true });
  }, [usual, isTouched, setFieldValue]);
  const bills = useShared(form.values);
  const save = useEntrySave({
    setError: (field, words) =>
      fieldSetter(form, [...Object.keys(form.values), 'parts'])(
        field === 'receiptDay' || field === 'creditDay' ? 'day' : field,
        words,
      ),
    save: (values: MoneyValues) =>
      saveMoney({ what, known, values, bills, given, t: (key, more = {}) => t(key, more) }).then(
        (outcome) => {
          if (!known) remember(values.manner);
          return outcome;
        },
      ),
  });
  const isGiven = customerId !== undefined;
  return (
    <EntryForm onSubmit={form.onSubmit(save.submit)}>
      <div className="form-grid">
        <div className="form-grid__whole">
          <CustomerField
            value={form.values.customerId}
            onChange={(next) => form.setFieldValue('customerId', next)}
            error={form.errors['customerId']}
            isGiven={isGiven}
            isFixed={known !== undefined}
          />
        </div>
        <DayField
          label={t(`${what}.day`)}
          withAsterisk
          {...form.getInputProps('day')}
          value={form.values.day}
        />
        <AmountFields
          texts={form.values}
          onChange={(change) => form.setValues(change)}
          errors={form.errors}
          hasFocus={isGiven}
        />
        <Select
          label={t(what === 'receipt' ? 'field.mode' : 'field.kind')}
          data={
            what === 'receipt'
              ? modes.map((value) => ({ value, label: t(`mode.${value}`) }))
              : creditKinds.map((value) => ({ value, label: t(`kind.${value}`) }))
          }
          allowDeselect={false}
          {...form.getInputProps(what === 'receipt' ? 'mode' : 'creditKind')}
        />
        <TextInput label={t('field.number')} autoComplete="off" {...form.getInputProps('number')} />
        {what === 'receipt' ? (
          <>
            <TextInput label={t('field.reference')} autoComplete="off" {...form.getInputProps('reference')} />
            {form.values.mode === 'cheque' ? (
              <ChequeField
                day={form.values.day}
                {...form.getInputProps('chequeDay')}
                value={form.values.chequeDay}
              />
            ) : null}
          </>
        ) : null}
        <Textarea
          label={t('field.narration')}
          autosize
          minRows={1}
          maxRows={4}
          {...form.getInputProps('narration')}
        />
        {known ? null : (
          <AllocationFields
            values={form.values}
            bills={bills}
            error={form.errors['parts']}
            onManner={(manner) => form.setValues({ manner, typed: {} })}
            onType={(typed) => form.setValues({ manner: 'by-hand', typed })}
          />
        )}
      </div>
      <EntryFoot
        submit={t(known ? 'change' : `${what}.enter`)}
        isBusy={save.isBusy}
        problem={save.problem}
        onClose={closeEntry}
      />
    </EntryForm>
  );
}
