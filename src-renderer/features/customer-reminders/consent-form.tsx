import { useBusy } from '#kit/use-busy.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { readDay } from '#kit/day-input.ts';
import { dayWords } from '#kit/day-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button, Textarea, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import type { ConsentChannel } from './consent-states.ts';

const HOW_MOST = 200;
const PROOF_MOST = 2000;

type ConsentFormProps = {
  readonly customerId: number;
  readonly channel: ConsentChannel;
  /** Whether he has agreed until now: then he takes it back, else he agrees. */
  readonly isGranted: boolean;
  readonly onClose: () => void;
};

/** Writes down that he agreed or took it back: a further row with how, when and what proves it. */
export function ConsentForm({ customerId, channel, isGranted, onClose }: ConsentFormProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { today } = useAsOf();
  const done = useDone(problemOf);
  const { isBusy, problem, run } = useBusy(problemOf);
  const [how, setHow] = useState('');
  const [proof, setProof] = useState('');
  const [typedDay, setTypedDay] = useState(() => dayWords(today));
  const day = readDay(typedDay, today);
  const canKeep = how.trim() !== '' && day !== undefined && day <= today;
  const keep = (wished: boolean): void => {
    if (!canKeep) return;
    run(async () => {
      const text = proof.trim() === '' ? null : proof.trim();
      const word = { channel, purpose: 'reminder', how: how.trim(), proof: text, day } as const;
      await client.consents.record({ customerIds: [customerId], isGranted: wished, ...word });
      onClose();
      done({ message: t(wished ? 'consent.recorded' : 'consent.takenBack') });
      await queryClient.invalidateQueries({ queryKey: orpc.consents.key() });
    });
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    keep(!isGranted);
  };
  return (
    <form className="care__form care__form--narrow" onSubmit={submit} noValidate>
      <TextInput
        className="care__wide"
        label={t('consent.how')}
        placeholder={t(isGranted ? 'consent.howBack' : 'consent.howExample')}
        maxLength={HOW_MOST}
        autoComplete="off"
        data-autofocus
        value={how}
        onChange={(event) => setHow(event.currentTarget.value)}
      />
      <DayField label={t('consent.day')} value={typedDay} onChange={setTypedDay} />
      <Textarea
        className="care__wide"
        label={t('consent.proof')}
        autosize
        minRows={1}
        maxRows={4}
        maxLength={PROOF_MOST}
        value={proof}
        onChange={(event) => setProof(event.currentTarget.value)}
      />
      {problem ? <ProblemNote problem={problem} /> : null}
      <div className="care__foot">
        <Button type="submit" loading={isBusy} disabled={!canKeep}>
          {t(isGranted ? 'consent.withdraw' : 'consent.record')}
        </Button>
        {isGranted ? null : (
          <Button variant="default" disabled={!canKeep || isBusy} onClick={() => keep(false)}>
            {t('consent.refuses')}
          </Button>
        )}
      </div>
    </form>
  );
}
