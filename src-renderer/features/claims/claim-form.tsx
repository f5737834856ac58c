import type { Claim } from '#contract/engine/replies.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { MoneyField } from '#kit/money-field.tsx';
import { useCurrency, useMoneyWords } from '#kit/money-text.tsx';
import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button, TextInput } from '@mantine/core';
import { useState, type FormEvent, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { claimDraftOf, readClaim, type ClaimDraft, type ClaimFaults } from './claim-draft.ts';
import { ClaimHead } from './claim-head.tsx';

const REFERENCE_MOST = 120;

/** The receipt it would be: looked up in the bank's account, corrected, kept; or dismissed. */
export function ClaimForm({ claim }: { readonly claim: Claim }): JSX.Element {
  const { t } = useTranslation('replies');
  const { today, isMoved } = useAsOf();
  const currency = useCurrency();
  const [draft, setDraft] = useState<ClaimDraft>(() => claimDraftOf(claim, { today, currency }));
  const [faults, setFaults] = useState<ClaimFaults>({});
  const calls = useClaimCalls(claim);
  const set = (part: Partial<ClaimDraft>): void => setDraft((was) => ({ ...was, ...part }));
  const say = (key: string | undefined): string | undefined => (key === undefined ? undefined : t(key));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const read = readClaim(draft, { today, currency });
    setFaults(read.faults ?? {});
    if (read.wish && !isMoved) calls.confirm(read.wish);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key !== 'Enter' || !event.ctrlKey) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  };
  return (
    <>
      <ClaimHead claim={claim} />
      <p className="claims__how">{t('claims.about')}</p>
      {/* The key is a shorter way to the button below. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <form className="claims__form" onSubmit={submit} onKeyDown={onKeyDown} noValidate>
        <MoneyField
          label={t('claims.amount')}
          value={draft.amount}
          onChange={(amount) => set({ amount })}
          error={say(faults.amount)}
        />
        <DayField
          label={t('claims.day')}
          value={draft.day}
          onChange={(day) => set({ day })}
          error={say(faults.day)}
        />
        <TextInput
          className="claims__whole"
          label={t('claims.reference')}
          description={t('claims.referenceHint')}
          maxLength={REFERENCE_MOST}
          autoComplete="off"
          value={draft.reference}
          onChange={(event) => set({ reference: event.currentTarget.value })}
        />
        {calls.problem ? (
          <div className="claims__whole">
            <ProblemNote problem={calls.problem} />
          </div>
        ) : null}
        <div className="claims__buttons">
          <Button type="submit" disabled={calls.isBusy || isMoved} rightSection={<Shortcut keys="Ctrl+↵" />}>
            {t('claims.confirm')}
          </Button>
          <Button variant="default" disabled={calls.isBusy || isMoved} onClick={calls.dismiss}>
            {t('claims.dismiss')}
          </Button>
        </div>
      </form>
    </>
  );
}

type ClaimCalls = {
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  readonly confirm: (wish: Omit<Parameters<typeof client.replies.confirmClaim>[0], 'claimId'>) => void;
  readonly dismiss: () => void;
};

function useClaimCalls({ claimId, customerName }: Claim): ClaimCalls {
  const { t } = useTranslation('replies');
  const sayMoney = useMoneyWords();
  const done = useDone(problemOf);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const run = async (call: () => Promise<unknown>, message: string): Promise<void> => {
    setBusy(true);
    setProblem(undefined);
    try {
      await call();
      done({ message });
      await queryClient.invalidateQueries({ queryKey: orpc.replies.key() });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return {
    isBusy,
    problem,
    confirm: (wish) => {
      const message = t('claims.confirmed', { name: customerName, amount: sayMoney(wish.amountPaise) });
      void run(async () => client.replies.confirmClaim({ claimId, ...wish }), message);
    },
    dismiss: () => void run(async () => client.replies.dismissClaim({ claimId }), t('claims.dismissed')),
  };
}
