import type { Credit } from '#contract/engine/credits.ts';
import type { Receipt } from '#contract/engine/receipts.ts';
import { ProblemNote } from '#kit/problem.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { EntryModal } from './entry-modal.tsx';
import { closeEntry } from './entry-store.ts';
import { MoneyForm } from './money-form.tsx';

/** As it is now, not as it was when the dialog was open before. */
const FRESH = { gcTime: 0, placeholderData: undefined } as const;

type ReceiptDialogProps = {
  readonly customerId?: number | undefined;
  readonly receiptId?: number | undefined;
  /** How the money came, where that is known beforehand. */
  readonly mode?: string | undefined;
};

/** Money that came in, or a cheque at hand. */
export function ReceiptDialog({ customerId, receiptId, mode }: ReceiptDialogProps): JSX.Element {
  const { t } = useTranslation('documents');
  return (
    <EntryModal title={t(receiptId === undefined ? 'receipt.new' : 'receipt.change')} onClose={closeEntry}>
      {receiptId === undefined ? (
        <MoneyForm what="receipt" known={undefined} customerId={customerId} mode={mode} />
      ) : (
        <KnownReceipt receiptId={receiptId} />
      )}
    </EntryModal>
  );
}

function KnownReceipt({ receiptId }: { readonly receiptId: number }): JSX.Element | null {
  const { data, error } = useQuery({
    ...orpc.receipts.get.queryOptions({ input: { receiptId } }),
    ...FRESH,
  });
  return <Known what="receipt" document={data} error={error} />;
}

type CreditDialogProps = { readonly customerId?: number | undefined; readonly creditId?: number | undefined };

/** A credit note, an advance, money on account. */
export function CreditDialog({ customerId, creditId }: CreditDialogProps): JSX.Element {
  const { t } = useTranslation('documents');
  return (
    <EntryModal title={t(creditId === undefined ? 'credit.new' : 'credit.change')} onClose={closeEntry}>
      {creditId === undefined ? (
        <MoneyForm what="credit" known={undefined} customerId={customerId} />
      ) : (
        <KnownCredit creditId={creditId} />
      )}
    </EntryModal>
  );
}

function KnownCredit({ creditId }: { readonly creditId: number }): JSX.Element | null {
  const { data, error } = useQuery({ ...orpc.credits.get.queryOptions({ input: { creditId } }), ...FRESH });
  return <Known what="credit" document={data} error={error} />;
}

type KnownProps = {
  readonly what: 'receipt' | 'credit';
  readonly document: Receipt | Credit | undefined;
  readonly error: unknown;
};

function Known({ what, document, error }: KnownProps): JSX.Element | null {
  if (error) return <ProblemNote problem={problemOf(error)} />;
  return document ? <MoneyForm what={what} known={document} customerId={document.customerId} /> : null;
}
