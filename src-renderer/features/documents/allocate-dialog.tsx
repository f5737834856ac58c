import type { MoneyRef, Proposal } from '#contract/engine/allocations.ts';
import { ProblemNote } from '#kit/problem.tsx';
import { readMoney } from '#kit/money-input.ts';
import { useCurrency } from '#kit/money-text.tsx';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { EntryForm } from '#kit/entry-form.tsx';
import { client, orpc, problemOf } from '../../client.ts';
import { AllocationGrid } from './allocation-grid.tsx';
import { EntryFoot } from './entry-foot.tsx';
import { EntryModal } from './entry-modal.tsx';
import { closeEntry } from './entry-store.ts';
import { givenTo, type OpenBill } from './share-out.ts';
import { useEntrySave, type Outcome } from './use-entry-save.ts';

type AllocateDialogProps = { readonly money: MoneyRef; readonly number: string | null };

/** Applies what is left of a receipt or credit: proposed oldest first, changed by hand. */
export function AllocateDialog({ money, number }: AllocateDialogProps): JSX.Element {
  const { t } = useTranslation('documents');
  const { data, error } = useQuery({
    ...orpc.allocations.propose.queryOptions({ input: { money } }),
    gcTime: 0,
    placeholderData: undefined,
  });
  return (
    <EntryModal
      title={t('allocate.title', { number: number ?? t(`kind.${money.kind}`) })}
      onClose={closeEntry}
    >
      {error ? <ProblemNote problem={problemOf(error)} /> : null}
      {data ? <AllocateForm proposal={data} /> : null}
    </EntryModal>
  );
}

function AllocateForm({ proposal }: { readonly proposal: Proposal }): JSX.Element {
  const { t } = useTranslation('documents');
  const base = useCurrency();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [refused, setRefused] = useState<string>();
  const bills = useMemo((): readonly OpenBill[] => {
    const amounts = Object.entries(typed).map(([id, text]) => [Number(id), readMoney(text, base)] as const);
    return givenTo(proposal.parts, new Map(amounts));
  }, [proposal, typed, base]);
  const save = useEntrySave({
    setError: (field, words) => {
      if (field !== 'parts') return false;
      setRefused(words);
      return true;
    },
    save: async (given: readonly OpenBill[]): Promise<Outcome> => {
      const parts = given.flatMap(({ billId, amountPaise }) =>
        amountPaise > 0 ? [{ billId, amountPaise }] : [],
      );
      const { allocationIds } = await client.allocations.apply({ money: proposal.money, parts });
      return {
        message: t('allocate.done', { count: parts.length }),
        undo: () => client.allocations.undo({ allocationIds }),
      };
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setRefused(undefined);
    if (bills.some(({ amountPaise }) => amountPaise > 0)) save.submit(bills);
    else setRefused(t('fault.nothingGiven'));
  };
  return (
    <EntryForm onSubmit={submit}>
      <AllocationGrid
        bills={bills}
        hasPaise={proposal.unallocatedPaise}
        typed={typed}
        onType={(billId, text) => setTyped((was) => ({ ...was, [billId]: text }))}
        error={refused}
      />
      <EntryFoot
        submit={t('allocate.enter')}
        isBusy={save.isBusy}
        problem={save.problem}
        onClose={closeEntry}
      />
    </EntryForm>
  );
}
