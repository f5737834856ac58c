import type { Customer } from '#contract/engine/customers.ts';
import { ProblemNote, useRefusalWords, type Problem } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button, Modal } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryForm } from '#kit/entry-form.tsx';
import { client, orpc, problemOf } from '../../client.ts';
import { CustomerFields } from './customer-fields.tsx';
import {
  customerFaults,
  customerValuesOf,
  customerWishOf,
  type CustomerValues,
} from './customer-form-values.ts';

type CustomerDialogProps = {
  readonly customerId?: number | undefined;
  readonly onClose: () => void;
  /** Called with a new customer's id. */
  readonly onEntered: (customerId: number) => void;
  /** Called when a new customer was taken back: his page, if it is open, is nobody's. */
  readonly onRemoved: (customerId: number) => void;
};

/** A customer entered or changed by hand. */
export function CustomerDialog({ customerId, ...on }: CustomerDialogProps): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <Modal
      opened
      onClose={on.onClose}
      title={t(customerId === undefined ? 'form.new' : 'form.change')}
      size={720}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('form.close') }}
      transitionProps={{ duration: 0 }}
    >
      {customerId === undefined ? (
        <CustomerForm customer={undefined} {...on} />
      ) : (
        <KnownCustomer customerId={customerId} {...on} />
      )}
    </Modal>
  );
}

type KnownCustomerProps = CustomerDialogProps & { readonly customerId: number };

function KnownCustomer({ customerId, ...on }: KnownCustomerProps): JSX.Element | null {
  const { data, error } = useQuery(orpc.customers.get.queryOptions({ input: { customerId } }));
  if (error) return <ProblemNote problem={problemOf(error)} />;
  if (data?.customer.customerId !== customerId) return null;
  return <CustomerForm customer={data.customer} {...on} />;
}

type CustomerFormProps = Omit<CustomerDialogProps, 'customerId'> & {
  readonly customer: Customer | undefined;
};

/** Names of the engine's fields where the form calls them otherwise. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  creditLimitPaise: 'creditLimit',
  insuredLimitPaise: 'insuredLimit',
};

function CustomerForm({ customer, onClose, onEntered, onRemoved }: CustomerFormProps): JSX.Element {
  const { t } = useTranslation('customers');
  const base = useCurrency();
  const done = useDone(problemOf);
  const sayRefusal = useRefusalWords();
  const [problem, setProblem] = useState<Problem>();
  const form = useForm<CustomerValues>({
    initialValues: customerValuesOf(customer, base),
    validate: (values) =>
      Object.fromEntries(
        Object.entries(customerFaults(values, base)).map(([field, word]) => [field, t(word)]),
      ),
  });
  const known = customer ? { customerId: customer.customerId } : {};
  const save = useMutation({
    mutationFn: (values: CustomerValues) =>
      client.customers.save({ ...known, ...customerWishOf(values, base) }),
    onSuccess: ({ customerId, warnings }, { name }) => {
      onClose();
      done({
        message: t(customer ? 'form.changed' : 'form.entered', { name: name.trim() }),
        warnings,
        undo: customer
          ? () =>
              client.customers.save({ ...known, ...customerWishOf(customerValuesOf(customer, base), base) })
          : async () => {
              await client.customers.remove({ customerId });
              onRemoved(customerId);
            },
      });
      if (!customer) onEntered(customerId);
    },
    onError: (error) => {
      const met = problemOf(error);
      const refusal = met.kind === 'refused' ? met.refusal : undefined;
      const field = OWN_NAMES[refusal?.field ?? ''] ?? refusal?.field ?? '';
      const isBeside = refusal !== undefined && field in form.values;
      if (isBeside) form.setFieldError(field, sayRefusal(refusal));
      setProblem(isBeside ? undefined : met);
    },
  });
  const submit = (values: CustomerValues): void => {
    setProblem(undefined);
    save.mutate(values);
  };
  return (
    <EntryForm onSubmit={form.onSubmit(submit)}>
      <CustomerFields form={form} customerId={customer?.customerId} />
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="form-foot">
        <Button variant="default" onClick={onClose}>
          {t('form.cancel')}
        </Button>
        <Button type="submit" loading={save.isPending} rightSection={<Shortcut keys="Ctrl+↵" />}>
          {t(customer ? 'form.saveChange' : 'form.enter')}
        </Button>
      </div>
    </EntryForm>
  );
}
