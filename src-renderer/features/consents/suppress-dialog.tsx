import { channels, type Channel } from '#domain/reminders/words.ts';
import { Select, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../client.ts';
import { ListDialog } from './list-dialog.tsx';
import { useListSave } from './use-list-save.ts';

const LETTERS_MOST = 200;

/** Puts an address on the list of those that get nothing. */
export function SuppressDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation('consents');
  const [channel, setChannel] = useState<Channel>('sms');
  const [address, setAddress] = useState('');
  const [detail, setDetail] = useState('');
  const save = useListSave(onClose);
  const submit = (): void =>
    save.run(async () => {
      const why = detail.trim() === '' ? null : detail.trim();
      const { suppressionId } = await client.consents.suppress({ channel, address, detail: why });
      return {
        message: t('suppress.done', { address: address.trim() }),
        undo: async () => client.consents.unsuppress({ suppressionId, reason: t('takenBack') }),
      };
    });
  return (
    <ListDialog
      title={t('suppress.title')}
      submit={t('suppress.submit')}
      isReady={address.trim() !== ''}
      isBusy={save.isBusy}
      problem={save.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <Select
        label={t('column.channel')}
        data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
        value={channel}
        allowDeselect={false}
        onChange={(next) => setChannel(channels.find((one) => one === next) ?? 'sms')}
      />
      <TextInput
        label={t('column.address')}
        description={t('suppress.addressHint')}
        data-autofocus
        autoComplete="off"
        maxLength={LETTERS_MOST}
        value={address}
        onChange={({ currentTarget }) => setAddress(currentTarget.value)}
        withAsterisk
      />
      <TextInput
        label={t('column.why')}
        autoComplete="off"
        maxLength={LETTERS_MOST}
        value={detail}
        onChange={({ currentTarget }) => setDetail(currentTarget.value)}
      />
    </ListDialog>
  );
}
