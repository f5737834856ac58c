import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { EntryForm } from '#kit/entry-form.tsx';
import { MoneyField } from '#kit/money-field.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../client.ts';
import { markDraftOf, readMark, type AskingMark, type MarkDraft, type MarkFaults } from './marks.ts';
import type { ThreadLine } from './threads.ts';
import type { ReplyCalls } from './use-reply-calls.ts';

const NOTE_MOST = 1000;

type MarkFormProps = {
  readonly mark: AskingMark;
  readonly reply: ThreadLine & { readonly replyId: number };
  readonly calls: ReplyCalls;
  readonly onClose: () => void;
};

/** What a mark needs to know: the day of a promise, the amount that is said to be paid. */
export function MarkForm({ mark, reply, calls, onClose }: MarkFormProps): JSX.Element {
  const { t } = useTranslation('replies');
  const { today } = useAsOf();
  const currency = useCurrency();
  const [draft, setDraft] = useState<MarkDraft>(() => markDraftOf(mark, reply.hint));
  const [faults, setFaults] = useState<MarkFaults>({});
  const [problem, setProblem] = useState<Problem>();
  const set = (part: Partial<MarkDraft>): void => setDraft((was) => ({ ...was, ...part }));
  const say = (key: string | undefined): string | undefined => (key === undefined ? undefined : t(key));
  const save = async (): Promise<void> => {
    const read = readMark(draft, { mark, today, currency });
    setFaults(read.faults ?? {});
    if (read.faults) return;
    try {
      await calls.mark({ replyId: reply.replyId, ...read.wish });
      onClose();
    } catch (error) {
      setProblem(problemOf(error));
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <EntryForm className="marks marks--form" onSubmit={submit} onEscape={onClose}>
      <p className="marks__hint">{t(`mark.about.${mark}`)}</p>
      <div className="marks__fields">
        {mark === 'paid' ? null : (
          <DayField
            label={t(`mark.day.${mark}`)}
            value={draft.day}
            onChange={(day) => set({ day })}
            error={say(faults.day)}
            data-autofocus
          />
        )}
        {mark === 'dispute' ? null : (
          <MoneyField
            label={t('mark.amount')}
            placeholder={t(`mark.amountHint.${mark}`)}
            value={draft.amount}
            onChange={(amount) => set({ amount })}
            error={say(faults.amount)}
          />
        )}
        <TextInput
          className="marks__note"
          label={t('mark.note')}
          maxLength={NOTE_MOST}
          autoComplete="off"
          value={draft.note}
          onChange={(event) => set({ note: event.currentTarget.value })}
        />
      </div>
      {mark === 'paid' && reply.hint?.reference ? (
        <p className="marks__hint">
          {t('mark.reference')} <strong className="selectable">{reply.hint.reference}</strong>
        </p>
      ) : null}
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="marks__buttons">
        <Button type="submit" loading={calls.isBusy} rightSection={<Shortcut keys="Ctrl+↵" />}>
          {t(`mark.keep.${mark}`)}
        </Button>
        <Button variant="default" rightSection={<Shortcut keys="Esc" />} onClick={onClose}>
          {t('mark.cancel')}
        </Button>
      </div>
    </EntryForm>
  );
}
