import type { Bill } from '#contract/engine/bills.ts';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '#kit/problem.tsx';
import { orpc, problemOf } from '../../client.ts';
import { BillForm } from './bill-form.tsx';
import { EntryModal } from './entry-modal.tsx';
import { closeEntry } from './entry-store.ts';

type BillDialogProps = { readonly customerId?: number | undefined; readonly billId?: number | undefined };

/** A bill entered or changed by hand. */
export function BillDialog({ customerId, billId }: BillDialogProps): JSX.Element {
  const { t } = useTranslation('documents');
  return (
    <EntryModal title={t(billId === undefined ? 'bill.new' : 'bill.change')} onClose={closeEntry}>
      {billId === undefined ? (
        <BillForm customerId={customerId} />
      ) : (
        <Loaded billId={billId}>{(bill) => <BillForm bill={bill} />}</Loaded>
      )}
    </EntryModal>
  );
}

type LoadedProps = { readonly billId: number; readonly children: (bill: Bill) => JSX.Element };

function Loaded({ billId, children }: LoadedProps): JSX.Element | null {
  // The bill as it is now, not as it was when the dialog was open before.
  const { data, error } = useQuery({
    ...orpc.bills.get.queryOptions({ input: { billId } }),
    gcTime: 0,
    placeholderData: undefined,
  });
  if (error) return <ProblemNote problem={problemOf(error)} />;
  return data ? children(data) : null;
}
