import { Checkbox } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultWords } from './fault-words.ts';
import type { Join } from './use-join.ts';

/** What leaves at the next press, what keys are made, and the owner's yes. */
export function AcceptStep({ join: { values, set, faults, terms } }: { readonly join: Join }): JSX.Element {
  const { t } = useTranslation('registry');
  const say = useFaultWords();
  const { legalName, gstin, mobile, email, purpose } = values;
  const contact = [mobile, email].filter((one) => one.trim() !== '').join(', ');
  return (
    <>
      <dl className="join__numbers">
        <div>
          <dt>{t('join.field.legalName')}</dt>
          <dd className="selectable">{legalName}</dd>
        </div>
        <div>
          <dt>{t('join.field.gstin')}</dt>
          <dd className="selectable">{gstin}</dd>
        </div>
        <div>
          <dt>{t('join.contact')}</dt>
          <dd className="selectable">{contact}</dd>
        </div>
        <div>
          <dt>{t('join.purpose')}</dt>
          <dd>{t(`purpose.${purpose}`)}</dd>
        </div>
      </dl>
      <p className="join__key">
        <IconKey size={18} aria-hidden />
        <span>{t('join.keys')}</span>
      </p>
      <Checkbox
        data-autofocus
        label={t('join.accept', { name: terms?.name ?? '', version: terms?.termsVersion ?? '' })}
        checked={values.isAccepted}
        error={say(faults.isAccepted)}
        onChange={({ currentTarget }) => set({ isAccepted: currentTarget.checked })}
      />
    </>
  );
}
