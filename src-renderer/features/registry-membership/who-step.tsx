import { Radio, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultWords } from './fault-words.ts';
import { joinPurposes, type JoinValues } from './join-values.ts';
import type { Join } from './use-join.ts';

const lines = [
  { key: 'legalName', most: 120 },
  { key: 'gstin', most: 20 },
  { key: 'mobile', most: 20 },
  { key: 'email', most: 200 },
] as const satisfies readonly { readonly key: keyof JoinValues; readonly most: number }[];

/** Who joins, and what for; what the business has told is filled in. */
export function WhoStep({ join: { values, set, faults } }: { readonly join: Join }): JSX.Element {
  const { t } = useTranslation('registry');
  const say = useFaultWords();
  return (
    <>
      <p className="join__soft">{t('join.whoNote')}</p>
      <div className="form-grid">
        {lines.map(({ key, most }) => (
          <TextInput
            key={key}
            label={t(`join.field.${key}`)}
            description={t(`join.hint.${key}`)}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            autoComplete="off"
            maxLength={most}
            value={values[key]}
            error={say(faults[key])}
            onChange={({ currentTarget }) => set({ [key]: currentTarget.value })}
            withAsterisk={key === 'legalName' || key === 'gstin'}
          />
        ))}
      </div>
      <Radio.Group
        label={t('join.purpose')}
        value={values.purpose}
        onChange={(next) => set({ purpose: joinPurposes.find((one) => one === next) ?? 'both' })}
      >
        <div className="join__choices">
          {joinPurposes.map((one) => (
            <Radio key={one} value={one} label={t(`purpose.${one}`)} description={t(`purposeNote.${one}`)} />
          ))}
        </div>
      </Radio.Group>
    </>
  );
}
