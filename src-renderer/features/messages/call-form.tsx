import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { readDay } from '#kit/day-input.ts';
import { Button, Radio, Textarea } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { callOutcomes, callResultOf, type CallOutcome } from './call-outcome.ts';
import type { MessageCalls } from './use-message-actions.ts';

const NOTE_MOST = 1000;

type CallFormProps = { readonly messageId: number; readonly calls: MessageCalls };

/** What came of a call: one choice, a day for a promise, and words. */
export function CallForm({ messageId, calls }: CallFormProps): JSX.Element {
  const { t } = useTranslation('messages');
  const { today } = useAsOf();
  const [outcome, setOutcome] = useState<CallOutcome | null>(null);
  const [note, setNote] = useState('');
  const [dayText, setDayText] = useState('');
  const result = callResultOf({ outcome, note, promiseDay: readDay(dayText, today) }, today);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (result) calls.confirm({ messageId, ...result }, t('confirmed.called'));
  };
  return (
    <form className="call-form" onSubmit={submit}>
      <Radio.Group
        label={t('call.outcome')}
        value={outcome}
        onChange={(next) => setOutcome(callOutcomes.find((one) => one === next) ?? null)}
      >
        <div className="call-form__outcomes">
          {callOutcomes.map((one) => (
            <Radio key={one} size="xs" value={one} label={t(`outcome.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      <div className={outcome === 'promise' ? 'call-form__said' : undefined}>
        {outcome === 'promise' ? (
          <DayField label={t('call.promiseDay')} required value={dayText} onChange={setDayText} />
        ) : null}
        <Textarea
          label={t('call.note')}
          autosize
          minRows={1}
          maxRows={4}
          maxLength={NOTE_MOST}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
      </div>
      <div className="posted__buttons">
        <Button type="submit" disabled={calls.isBusy || !result}>
          {t('call.keep')}
        </Button>
        <Button
          variant="default"
          disabled={calls.isBusy}
          onClick={() => calls.confirm({ messageId, isDone: false }, t('confirmed.not'))}
        >
          {t('call.not')}
        </Button>
      </div>
    </form>
  );
}
