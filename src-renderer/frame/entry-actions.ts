import { openEntry, type Entry } from '#features/documents/entry-store.ts';
import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { undoLast } from '#kit/undo.tsx';
import type { Action } from './actions.ts';

type Enter = (given: { readonly customerId?: number }) => Entry;

/** The keys of Tally, which a bookkeeper's fingers know: F8 sales, F6 receipt, Alt+F6 credit note, Alt+C a new ledger. */
const ENTRIES: readonly { readonly id: string; readonly keys: string; readonly enter: Enter }[] = [
  { id: 'newBill', keys: 'F8', enter: (given) => ({ kind: 'bill', ...given }) },
  { id: 'newReceipt', keys: 'F6', enter: (given) => ({ kind: 'receipt', ...given }) },
  { id: 'newCredit', keys: 'Alt+F6', enter: (given) => ({ kind: 'credit', ...given }) },
  { id: 'newCustomer', keys: 'Alt+C', enter: () => ({ kind: 'customer' }) },
];

type EntryActionsWish = { readonly hasBook: boolean; readonly isMoved: boolean };

/** What can be entered by hand from anywhere; on a customer's page it is for that customer. */
export function useEntryActions({ hasBook, isMoved }: EntryActionsWish): readonly Action[] {
  const { t } = useTranslation('frame');
  return useMemo(() => {
    if (!hasBook) return [];
    const entries = ENTRIES.map(({ id, keys, enter }): Action => ({
      id,
      keys,
      group: 'actions',
      label: t(`actions.${id}`),
      run: () => {
        if (isMoved) notifications.show({ message: t('moved.noEntry') });
        else openEntry(enter(customerHere()));
      },
    }));
    return [
      ...entries,
      { id: 'undo', keys: 'Ctrl+Z', group: 'actions', label: t('actions.undo'), run: undoLast },
    ];
  }, [t, hasBook, isMoved]);
}

function customerHere(): { readonly customerId?: number } {
  const found = /^#\/customers\/(\d+)/.exec(window.location.hash);
  return found ? { customerId: Number(found[1]) } : {};
}
