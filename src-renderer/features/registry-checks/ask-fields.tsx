import { TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskValues } from './ask-values.ts';
import { useFaultWords } from './fault-words.ts';
import type { Ask } from './use-ask.ts';

const lines = [
  { key: 'gstin', most: 20 },
  { key: 'pan', most: 12 },
  { key: 'mobile', most: 20 },
  { key: 'email', most: 200 },
] as const satisfies readonly { readonly key: keyof AskValues; readonly most: number }[];

/** Whom it is about, and where he is asked. */
export function AskFields({ ask: { values, set, faults } }: { readonly ask: Ask }): JSX.Element {
  const { t } = useTranslation('registry');
  const say = useFaultWords();
  return (
    <div className="form-grid">
      {lines.map(({ key, most }) => (
        <TextInput
          key={key}
          label={t(`ask.field.${key}`)}
          autoComplete="off"
          maxLength={most}
          value={values[key]}
          error={say(faults[key])}
          onChange={({ currentTarget }) => set({ [key]: currentTarget.value })}
        />
      ))}
      <p className="consent__soft form-grid__whole">{t('ask.contactNote')}</p>
    </div>
  );
}
