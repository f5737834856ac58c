import { PickField } from '#kit/pick-field.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';

type CustomerFieldProps = {
  readonly value: number | null;
  readonly onChange: (customerId: number | null) => void;
  readonly error?: ReactNode;
  /** Named beforehand: another field has the keyboard first. */
  readonly isGiven: boolean;
  readonly isFixed?: boolean;
};

/** Whose document it is. */
export function CustomerField(props: CustomerFieldProps): JSX.Element {
  const { value, onChange, error, isGiven, isFixed = false } = props;
  const { t } = useTranslation('documents');
  const [text, setText] = useState('');
  const { data: found = [] } = useQuery(orpc.customers.search.queryOptions({ input: { text } }));
  const { data: page } = useCustomerPage(value);
  return (
    <PickField
      label={t('field.customer')}
      placeholder={t('field.customerHint')}
      disabled={isFixed}
      data-autofocus={!isGiven || undefined}
      value={value}
      onChange={onChange}
      error={error}
      onSearch={setText}
      found={found.map((one) => ({
        value: one.customerId,
        label: one.code === null ? one.name : `${one.name} · ${one.code}`,
      }))}
      picked={
        page
          ? {
              value: page.customer.customerId,
              label:
                page.customer.code === null
                  ? page.customer.name
                  : `${page.customer.name} · ${page.customer.code}`,
            }
          : undefined
      }
    />
  );
}

/** What a form needs to know of its customer: terms, limit, what is open. */
export function useCustomerPage(
  customerId: number | null,
): ReturnType<typeof useQuery<Awaited<ReturnType<typeof orpc.customers.get.call>>>> {
  return useQuery({
    ...orpc.customers.get.queryOptions({ input: { customerId: customerId ?? 1 } }),
    enabled: customerId !== null,
    // Another customer's page is no placeholder for this one's.
    placeholderData: undefined,
  });
}
