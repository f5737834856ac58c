import { TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultWords } from './fault-words.ts';
import type { Join } from './use-join.ts';

const LETTERS_MOST = 200;

/** Where the registry is. Only its public words are fetched from there. */
export function AddressStep({ join: { values, set, faults } }: { readonly join: Join }): JSX.Element {
  const { t } = useTranslation('registry');
  const say = useFaultWords();
  return (
    <TextInput
      label={t('join.address')}
      description={t('join.addressHint')}
      placeholder="https://registry.example"
      data-autofocus
      autoComplete="off"
      spellCheck={false}
      inputMode="url"
      maxLength={LETTERS_MOST}
      value={values.address}
      error={say(faults.address)}
      onChange={({ currentTarget }) => set({ address: currentTarget.value })}
      withAsterisk
    />
  );
}
