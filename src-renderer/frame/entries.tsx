import { closeEntry, useEntry } from '#features/documents/entry-store.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { lazy, Suspense, type JSX } from 'react';
import { goTo } from './hash-location.ts';

const CustomerDialog = lazy(async () => ({
  default: (await import('#features/customers/customer-dialog.tsx')).CustomerDialog,
}));
const BillDialog = lazy(async () => ({
  default: (await import('#features/documents/bill-dialog.tsx')).BillDialog,
}));
const ReceiptDialog = lazy(async () => ({
  default: (await import('#features/documents/money-dialog.tsx')).ReceiptDialog,
}));
const CreditDialog = lazy(async () => ({
  default: (await import('#features/documents/money-dialog.tsx')).CreditDialog,
}));
const AllocateDialog = lazy(async () => ({
  default: (await import('#features/documents/allocate-dialog.tsx')).AllocateDialog,
}));
const VoidDialog = lazy(async () => ({
  default: (await import('#features/documents/void-dialog.tsx')).VoidDialog,
}));

/** The dialogs in which things are entered by hand, mounted once for all screens. None on a day that is not today. */
export function Entries(): JSX.Element | null {
  const entry = useEntry();
  const { isMoved } = useAsOf();
  if (!entry || isMoved) return null;
  return <Suspense fallback={null}>{dialogOf(entry)}</Suspense>;
}

function dialogOf(entry: NonNullable<ReturnType<typeof useEntry>>): JSX.Element {
  switch (entry.kind) {
    case 'customer':
      return (
        <CustomerDialog
          customerId={entry.customerId}
          onClose={closeEntry}
          onEntered={(customerId) => goTo(`/customers/${customerId}`)}
          onRemoved={(customerId) => {
            if (window.location.hash === `#/customers/${customerId}`) goTo('/customers');
          }}
        />
      );
    case 'bill':
      return <BillDialog customerId={entry.customerId} billId={entry.billId} />;
    case 'receipt':
      return <ReceiptDialog customerId={entry.customerId} receiptId={entry.receiptId} mode={entry.mode} />;
    case 'credit':
      return <CreditDialog customerId={entry.customerId} creditId={entry.creditId} />;
    case 'allocate':
      return <AllocateDialog money={entry.money} number={entry.number} />;
    case 'void':
      return <VoidDialog what={entry.what} id={entry.id} number={entry.number} />;
  }
}
