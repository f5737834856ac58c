import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { readDay } from '#kit/day-input.ts';
import { TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../client.ts';
import { CustomersField, type Chosen } from './customers-field.tsx';
import { ListDialog } from './list-dialog.tsx';
import { useListSave } from './use-list-save.ts';

const LETTERS_MOST = 200;

/** Lets a customer's reminders rest until a day, or until the pause is ended. */
export function PauseDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation('consents');
  const { today } = useAsOf();
  const [chosen, setChosen] = useState<readonly Chosen[]>([]);
  const [until, setUntil] = useState('');
  const [reason, setReason] = useState('');
  const save = useListSave(onClose);
  const [customer] = chosen;
  const day = until.trim() === '' ? null : readDay(until, today);
  const submit = (): void =>
    save.run(async () => {
      if (!customer || day === undefined) return { message: '' };
      const wish = { customerId: customer.customerId, until: day, reason: reason.trim() };
      const { pauseId } = await client.consents.pause(wish);
      return {
        message: t('pause.done', { name: customer.name }),
        undo: async () => client.consents.endPause({ pauseId }),
      };
    });
  return (
    <ListDialog
      title={t('pause.title')}
      submit={t('pause.submit')}
      isReady={customer !== undefined && day !== undefined && reason.trim() !== ''}
      isBusy={save.isBusy}
      problem={save.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <CustomersField chosen={chosen} onChange={setChosen} most={1} />
      <DayField
        label={t('column.until')}
        description={t('pause.untilHint')}
        value={until}
        onChange={setUntil}
      />
      <TextInput
        label={t('column.why')}
        description={t('pause.reasonHint')}
        autoComplete="off"
        maxLength={LETTERS_MOST}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        withAsterisk
      />
    </ListDialog>
  );
}
