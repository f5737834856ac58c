import { instantWords } from '#kit/instant-text.ts';
import { Button, TextInput } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultWords } from './fault-words.ts';
import type { Join } from './use-join.ts';

const DIGITS = 6;

type PasswordStepProps = { readonly join: Join; readonly registryName: string };

/** The one-time password that the registry sent to the contact. */
export function PasswordStep({ join, registryName }: PasswordStepProps): JSX.Element {
  const { t } = useTranslation('registry');
  const say = useFaultWords();
  const { values, set, faults, expiresAt, sendAgain, isBusy } = join;
  return (
    <>
      <p className="join__soft">
        {t('join.passwordNote', { name: registryName })}{' '}
        {expiresAt === undefined ? null : t('join.passwordUntil', { at: instantWords(expiresAt) })}
      </p>
      <div className="join__password">
        <TextInput
          label={t('join.password')}
          data-autofocus
          autoComplete="one-time-code"
          inputMode="numeric"
          maxLength={DIGITS}
          value={values.password}
          error={say(faults.password)}
          onChange={({ currentTarget }) => set({ password: currentTarget.value.replace(/\D/g, '') })}
          withAsterisk
        />
        {sendAgain ? (
          <Button variant="default" onClick={sendAgain} disabled={isBusy}>
            {t('join.sendAgain')}
          </Button>
        ) : null}
      </div>
    </>
  );
}
