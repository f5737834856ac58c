import type { Bill } from '#contract/engine/bills.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { dayWords } from '#kit/day-text.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import { Select, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryForm } from '#kit/entry-form.tsx';
import { client } from '../../client.ts';
import { AmountFields } from './amount-fields.tsx';
import { billFaults, billValuesOf, billWishOf, enteredKinds, type BillValues } from './bill-values.ts';
import { CustomerField } from './customer-field.tsx';
import { EntryFoot } from './entry-foot.tsx';
import { closeEntry } from './entry-store.ts';
import { InstalmentFields } from './instalment-fields.tsx';
import { fieldSetter } from './refused-fields.ts';
import { useDueByTerms } from './use-due-by-terms.ts';
import { useEntrySave, type Outcome } from './use-entry-save.ts';

export type BillFormModel = UseFormReturnType<BillValues>;

type BillFormProps = { readonly bill?: Bill | undefined; readonly customerId?: number | undefined };

export function BillForm({ bill, customerId }: BillFormProps): JSX.Element {
  const { t } = useTranslation('documents');
  const { today } = useAsOf();
  const base = useCurrency();
  const given = useMemo(() => ({ customerId, today, base }), [customerId, today, base]);
  const form = useForm<BillValues>({
    initialValues: billValuesOf(bill, given),
    validate: (values) =>
      Object.fromEntries(Object.entries(billFaults(values, given)).map(([field, word]) => [field, t(word)])),
  });
  const save = useEntrySave({
    setError: fieldSetter(form, Object.keys(form.values)),
    save: async (values: BillValues): Promise<Outcome> => {
      const wish = billWishOf(values, { today, base, billId: bill?.billId });
      const { id, warnings } = await client.bills.save(wish);
      return {
        message: t(bill ? 'bill.changed' : 'bill.entered', { number: wish.number ?? t('kind.bill') }),
        warnings,
        undo: bill
          ? () =>
              client.bills.save(billWishOf(billValuesOf(bill, given), { today, base, billId: bill.billId }))
          : () => client.bills.void({ billId: id, reason: t('void.takenBack') }),
      };
    },
  });
  return (
    <EntryForm onSubmit={form.onSubmit(save.submit)}>
      <BillFields form={form} isKnown={bill !== undefined} isGiven={customerId !== undefined} />
      <EntryFoot
        submit={t(bill ? 'change' : 'bill.enter')}
        isBusy={save.isBusy}
        problem={save.problem}
        onClose={closeEntry}
      />
    </EntryForm>
  );
}

type BillFieldsProps = {
  readonly form: BillFormModel;
  readonly isKnown: boolean;
  readonly isGiven: boolean;
};

function BillFields({ form, isKnown, isGiven }: BillFieldsProps): JSX.Element {
  const { t } = useTranslation('documents');
  const { values } = form;
  const due = useDueByTerms(values);
  return (
    <div className="form-grid">
      <div className="form-grid__whole">
        <CustomerField
          value={values.customerId}
          onChange={(customerId) => form.setFieldValue('customerId', customerId)}
          error={form.errors['customerId']}
          isGiven={isGiven || isKnown}
          isFixed={isKnown}
        />
      </div>
      <TextInput
        label={t('field.number')}
        autoComplete="off"
        data-autofocus={isGiven || isKnown || undefined}
        {...form.getInputProps('number')}
      />
      <Select
        label={t('field.kind')}
        data={enteredKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
        allowDeselect={false}
        {...form.getInputProps('kind')}
      />
      <DayField
        label={t('field.billDay')}
        withAsterisk
        {...form.getInputProps('billDay')}
        value={values.billDay}
      />
      <DayField
        label={t('field.dueDay')}
        disabled={values.parts.length > 0}
        {...form.getInputProps('dueDay')}
        value={values.dueDay}
        {...(values.dueDay === '' && values.parts.length === 0 && due !== null
          ? {
              placeholder: dayWords(due.day),
              description: t('bill.byTerms', { count: due.creditDays, day: dayWords(due.day) }),
            }
          : {})}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
      />
      <AmountFields texts={values} onChange={(change) => form.setValues(change)} errors={form.errors} />
      <InstalmentFields form={form} />
      <TextInput label={t('field.salesperson')} autoComplete="off" {...form.getInputProps('salesperson')} />
      <Textarea
        label={t('field.narration')}
        autosize
        minRows={1}
        maxRows={4}
        {...form.getInputProps('narration')}
      />
    </div>
  );
}
