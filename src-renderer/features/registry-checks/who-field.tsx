import { PickField } from '#kit/pick-field.tsx';
import { SegmentedControl, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { useFaultWords } from './fault-words.ts';
import type { Ask } from './use-ask.ts';

const NAME_LETTERS_MOST = 120;

/** A customer of the book, or somebody who is none yet. */
export function WhoField({ ask: { values, set, pick, faults } }: { readonly ask: Ask }): JSX.Element {
  const { t } = useTranslation('registry');
  const say = useFaultWords();
  const [text, setText] = useState('');
  const { data: found = [] } = useQuery(
    orpc.customers.search.queryOptions({ input: { text }, enabled: values.who === 'customer' }),
  );
  const { who, customerId, name } = values;
  return (
    <>
      <SegmentedControl
        size="xs"
        aria-label={t('ask.who')}
        value={who}
        data={[
          { value: 'customer', label: t('ask.customer') },
          { value: 'prospect', label: t('ask.prospect') },
        ]}
        onChange={(next) => set({ who: next === 'prospect' ? 'prospect' : 'customer' })}
      />
      {who === 'customer' ? (
        <PickField
          label={t('column.customer')}
          placeholder={t('ask.find')}
          data-autofocus
          error={say(faults.customerId)}
          value={customerId}
          picked={customerId === null || name === '' ? undefined : { value: customerId, label: name }}
          found={found.map((one) => ({ value: one.customerId, label: one.name }))}
          onSearch={setText}
          onChange={pick}
          withAsterisk
        />
      ) : (
        <TextInput
          label={t('ask.name')}
          data-autofocus
          autoComplete="off"
          maxLength={NAME_LETTERS_MOST}
          value={name}
          error={say(faults.name)}
          onChange={({ currentTarget }) => set({ name: currentTarget.value })}
          withAsterisk
        />
      )}
    </>
  );
}
