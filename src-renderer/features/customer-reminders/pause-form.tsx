import { useBusy } from '#kit/use-busy.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { readPause, type PauseDraft, type PauseFaults } from './pause-draft.ts';

const REASON_MOST = 200;

type PauseFormProps = { readonly customerId: number; readonly onClose: () => void };

/** His reminders rest until a day, or until somebody ends it; with why. */
export function PauseForm({ customerId, onClose }: PauseFormProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { today } = useAsOf();
  const done = useDone(problemOf);
  const { isBusy, problem, run } = useBusy(problemOf);
  const [draft, setDraft] = useState<PauseDraft>({ until: '', reason: '' });
  const [faults, setFaults] = useState<PauseFaults>({});
  const say = (key: string | undefined): string | undefined => (key === undefined ? undefined : t(key));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const { wish, faults: found } = readPause(draft, today);
    setFaults(found ?? {});
    if (!wish) return;
    run(async () => {
      const { pauseId } = await client.consents.pause({ customerId, ...wish });
      onClose();
      done({ message: t('pause.done'), undo: () => client.consents.endPause({ pauseId }) });
      await queryClient.invalidateQueries({ queryKey: orpc.consents.key() });
    });
  };
  return (
    <EntryForm className="care__form" onSubmit={submit} onEscape={onClose}>
      <TextInput
        className="care__wide"
        label={t('pause.reason')}
        data-autofocus
        maxLength={REASON_MOST}
        autoComplete="off"
        value={draft.reason}
        error={say(faults.reason)}
        onChange={({ currentTarget: { value } }) => setDraft((was) => ({ ...was, reason: value }))}
      />
      <DayField
        label={t('pause.untilField')}
        value={draft.until}
        error={say(faults.until)}
        onChange={(until) => setDraft((was) => ({ ...was, until }))}
      />
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="care__foot">
        <Button type="submit" loading={isBusy} rightSection={<Shortcut keys="Ctrl+↵" />}>
          {t('pause.keep')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {t('cancel')}
        </Button>
      </div>
    </EntryForm>
  );
}
