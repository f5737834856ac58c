import { Autocomplete } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryForm } from '#kit/entry-form.tsx';
import { EntryFoot } from './entry-foot.tsx';
import { EntryModal } from './entry-modal.tsx';
import { closeEntry, type Voidable } from './entry-store.ts';
import { restoreDocument, voidDocument } from './voiding.ts';
import { useEntrySave, type Outcome } from './use-entry-save.ts';

const REASON_LENGTH_MOST = 200;
const REASONS = {
  bill: ['twice', 'wrongCustomer', 'cancelled'],
  receipt: ['returned', 'twice', 'wrongCustomer'],
  credit: ['twice', 'wrongCustomer', 'cancelled'],
} as const satisfies Record<Voidable, readonly string[]>;

type VoidDialogProps = { readonly what: Voidable; readonly id: number; readonly number: string | null };

/** Takes a document out of every figure, with the reason that stays in the timeline. */
export function VoidDialog({ what, id, number }: VoidDialogProps): JSX.Element {
  const { t } = useTranslation('documents');
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string>();
  const name = number ?? t(`kind.${what}`);
  const save = useEntrySave({
    setError: (field, words) => {
      setFault(words);
      return field === 'reason';
    },
    save: async (why: string): Promise<Outcome> => {
      await voidDocument(what, id, why);
      return { message: t('void.done', { number: name }), undo: () => restoreDocument(what, id) };
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (reason.trim() === '') setFault(t('fault.reason'));
    else save.submit(reason.trim());
  };
  return (
    <EntryModal title={t('void.title', { number: name })} size={460} onClose={closeEntry}>
      <EntryForm onSubmit={submit}>
        <Autocomplete
          label={t('void.reason')}
          description={t(`void.what.${what}`)}
          data={REASONS[what].map((one) => t(`void.reasons.${one}`))}
          data-autofocus
          maxLength={REASON_LENGTH_MOST}
          value={reason}
          onChange={(next) => {
            setReason(next);
            setFault(undefined);
          }}
          error={fault}
          withAsterisk
        />
        <EntryFoot
          submit={t('void.enter')}
          isBusy={save.isBusy}
          problem={save.problem}
          onClose={closeEntry}
        />
      </EntryForm>
    </EntryModal>
  );
}
