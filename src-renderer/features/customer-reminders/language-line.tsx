import type { Customer } from '#contract/engine/customers.ts';
import { messageLanguages } from '#domain/reminders/languages.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Select } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';

type LanguageLineProps = { readonly customer: Customer; readonly isReadOnly: boolean };

/** In which language he is written to. */
export function LanguageLine({ customer, isReadOnly }: LanguageLineProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const { customerId, name, language } = customer;
  const save = async (wished: string | null): Promise<void> => {
    await client.customers.save({
      customerId,
      name,
      language: messageLanguages.find((one) => one === wished) ?? null,
    });
    await queryClient.invalidateQueries({ queryKey: orpc.reminders.key() });
  };
  const choose = async (wished: string | null): Promise<void> => {
    try {
      await save(wished);
      done({ message: t('language.done'), undo: () => save(language) });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <div className="care__row">
      <span className="care__label">{t('language.label')}</span>
      <Select
        size="xs"
        w={190}
        aria-label={t('language.label')}
        placeholder={t('language.none')}
        clearable
        disabled={isReadOnly}
        value={messageLanguages.find((one) => one === language) ?? null}
        data={messageLanguages.map((value) => ({
          value,
          label: t(`language.${value}`, { ns: 'reminders' }),
        }))}
        onChange={(next) => void choose(next)}
      />
    </div>
  );
}
