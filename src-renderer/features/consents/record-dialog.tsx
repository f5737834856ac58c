import type { Consent } from '#contract/engine/consents.ts';
import { channels, type Channel } from '#domain/reminders/words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { readDay } from '#kit/day-input.ts';
import { dayWords } from '#kit/day-text.tsx';
import { SegmentedControl, Select, Textarea, TextInput } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client } from '../../client.ts';
import { consentPurposes } from './consent-lists.ts';
import { CustomersField, type Chosen } from './customers-field.tsx';
import { ListDialog } from './list-dialog.tsx';
import { useListSave } from './use-list-save.ts';

const HOW_LETTERS_MOST = 200;
const PROOF_LETTERS_MOST = 2000;

/** What the form starts with, e.g. a word that is withdrawn. */
export type RecordWish = {
  readonly chosen: readonly Chosen[];
  readonly channel: Channel;
  readonly purpose: Consent['purpose'];
  readonly isGranted: boolean;
};

type RecordDialogProps = { readonly wish: RecordWish; readonly onClose: () => void };
type Values = RecordWish & { readonly how: string; readonly proof: string; readonly day: string };

/** Writes down what customers said, with its proof. Nothing is overwritten: a later word stands beside the earlier. */
export function RecordDialog({ wish, onClose }: RecordDialogProps): JSX.Element {
  const { t } = useTranslation('consents');
  const { today } = useAsOf();
  const [values, setValues] = useState<Values>({ ...wish, how: '', proof: '', day: dayWords(today) });
  const set = (change: Partial<Values>): void => setValues((before) => ({ ...before, ...change }));
  const save = useListSave(onClose);
  const day = readDay(values.day, today);
  const submit = (): void =>
    save.run(async () => {
      const { chosen, channel, purpose, isGranted, how, proof } = values;
      const { recordedCount } = await client.consents.record({
        customerIds: chosen.map(({ customerId }) => customerId),
        channel,
        purpose,
        isGranted,
        how: how.trim(),
        proof: proof.trim() === '' ? null : proof.trim(),
        ...(day === undefined ? {} : { day }),
      });
      return { message: t(isGranted ? 'record.granted' : 'record.withdrawn', { count: recordedCount }) };
    });
  return (
    <ListDialog
      title={t(wish.isGranted ? 'record.title' : 'record.withdrawTitle')}
      submit={t('record.submit')}
      isReady={values.chosen.length > 0 && values.how.trim() !== '' && day !== undefined}
      isBusy={save.isBusy}
      problem={save.problem}
      onSubmit={submit}
      onClose={onClose}
    >
      <CustomersField chosen={values.chosen} onChange={(chosen) => set({ chosen })} />
      <SaidFields values={values} set={set} />
      <TextInput
        label={t('column.how')}
        description={t('record.howHint')}
        autoComplete="off"
        maxLength={HOW_LETTERS_MOST}
        value={values.how}
        onChange={({ currentTarget }) => set({ how: currentTarget.value })}
        withAsterisk
      />
      <Textarea
        label={t('column.proof')}
        description={t('record.proofHint')}
        autosize
        minRows={2}
        maxRows={6}
        maxLength={PROOF_LETTERS_MOST}
        value={values.proof}
        onChange={({ currentTarget }) => set({ proof: currentTarget.value })}
      />
      <DayField label={t('column.day')} value={values.day} onChange={(text) => set({ day: text })} />
    </ListDialog>
  );
}

type SaidFieldsProps = { readonly values: Values; readonly set: (change: Partial<Values>) => void };

/** Yes or no, on which channel, for what. */
function SaidFields({ values, set }: SaidFieldsProps): JSX.Element {
  const { t } = useTranslation('consents');
  return (
    <>
      <SegmentedControl
        aria-label={t('record.said')}
        size="xs"
        value={values.isGranted ? 'yes' : 'no'}
        data={[
          { value: 'yes', label: t('record.yes') },
          { value: 'no', label: t('record.no') },
        ]}
        onChange={(next) => set({ isGranted: next === 'yes' })}
      />
      <div className="form-grid">
        <Select
          label={t('column.channel')}
          data={channels.map((value) => ({ value, label: t(`channel.${value}`) }))}
          value={values.channel}
          allowDeselect={false}
          onChange={(next) => set({ channel: channels.find((one) => one === next) ?? values.channel })}
        />
        <Select
          label={t('column.purpose')}
          data={consentPurposes.map((value) => ({ value, label: t(`purpose.${value}`) }))}
          value={values.purpose}
          allowDeselect={false}
          onChange={(next) => set({ purpose: consentPurposes.find((one) => one === next) ?? values.purpose })}
        />
      </div>
    </>
  );
}
