import { MultiSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';

export type Chosen = { readonly customerId: number; readonly name: string };

type CustomersFieldProps = {
  readonly chosen: readonly Chosen[];
  readonly onChange: (chosen: readonly Chosen[]) => void;
  readonly most?: number;
};

/** One customer or many, found by typing a part of the name. */
export function CustomersField({ chosen, onChange, most }: CustomersFieldProps): JSX.Element {
  const { t } = useTranslation('consents');
  const [text, setText] = useState('');
  const { data: found = [] } = useQuery(orpc.customers.search.queryOptions({ input: { text } }));
  const known = [...chosen, ...found.filter((one) => !chosen.some((is) => is.customerId === one.customerId))];
  return (
    <MultiSelect
      label={t(most === 1 ? 'column.customer' : 'record.customers')}
      placeholder={chosen.length === 0 ? t('record.customersHint') : undefined}
      data-autofocus
      searchable
      hidePickedOptions
      maxValues={most}
      nothingFoundMessage={text.trim() === '' ? undefined : t('empty.notFound')}
      data={known.map((one) => ({ value: String(one.customerId), label: one.name }))}
      // The engine has found them by name, code, phone and more: nothing is left out a second time.
      filter={({ options }) => options}
      value={chosen.map((one) => String(one.customerId))}
      onChange={(ids) => {
        onChange(known.filter((one) => ids.includes(String(one.customerId))));
        setText('');
      }}
      searchValue={text}
      onSearchChange={setText}
      withAsterisk
    />
  );
}
