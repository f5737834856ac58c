import type { Suppression } from '#contract/engine/consents.ts';
import { Text, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../client.ts';
import { ListDialog } from './list-dialog.tsx';
import { useListSave } from './use-list-save.ts';

const LETTERS_MOST = 200;

type TakeOffDialogProps = { readonly suppression: Suppression; readonly onClose: () => void };

/** Lets an address be written to again. One that said stop is refused for ninety days, with the day in the sentence. */
export function TakeOffDialog({ suppression, onClose }: TakeOffDialogProps): JSX.Element {
  const { t } = useTranslation('consents');
  const [reason, setReason] = useState('');
  const save = useListSave(onClose);
  const { suppressionId, address, channel, detail } = suppression;
  const submit = (): void =>
    save.run(async () => {
      await client.consents.unsuppress({ suppressionId, reason: reason.trim() });
      return {
        message: t('takeOff.done', { address }),
        undo: async () => client.consents.suppress({ channel, address, detail }),
      };
    });
  return (
    <ListDialog
      title={t('takeOff.title', { address })}
      submit={t('takeOff.submit')}
      isReady={reason.trim() !== ''}
      isBusy={save.isBusy}
      problem={save.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Text c="dimmed">{t(`takeOff.about.${suppression.reason}`)}</Text>
      <TextInput
        label={t('takeOff.reason')}
        description={t('takeOff.reasonHint')}
        data-autofocus
        autoComplete="off"
        maxLength={LETTERS_MOST}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        withAsterisk
      />
    </ListDialog>
  );
}
