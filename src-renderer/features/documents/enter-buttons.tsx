import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Button, Menu } from '@mantine/core';
import {
  IconCash,
  IconChevronDown,
  IconFileInvoice,
  IconLink,
  IconPencil,
  IconReceiptRefund,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import { openEntry } from './entry-store.ts';

type EnterButtonsProps = { readonly customerId: number; readonly isReadOnly: boolean };

/** What can be entered for a customer, with the keys that do the same. */
export function EnterButtons({ customerId, isReadOnly }: EnterButtonsProps): JSX.Element {
  const { t } = useTranslation('documents');
  const matchAll = useMatchAll(customerId);
  return (
    <>
      <Button
        disabled={isReadOnly}
        leftSection={<IconCash size={16} aria-hidden />}
        title="F6"
        onClick={() => openEntry({ kind: 'receipt', customerId })}
      >
        {t('kind.receipt')}
      </Button>
      <Button
        variant="default"
        disabled={isReadOnly}
        leftSection={<IconFileInvoice size={16} aria-hidden />}
        title="F8"
        onClick={() => openEntry({ kind: 'bill', customerId })}
      >
        {t('kind.bill')}
      </Button>
      <Menu position="bottom-end" disabled={isReadOnly}>
        <Menu.Target>
          <Button
            variant="default"
            disabled={isReadOnly}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconReceiptRefund size={16} />}
            rightSection={<Shortcut keys="Alt+F6" />}
            onClick={() => openEntry({ kind: 'credit', customerId })}
          >
            {t('credit.new')}
          </Menu.Item>
          <Menu.Item leftSection={<IconLink size={16} />} onClick={matchAll}>
            {t('allocate.all')}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPencil size={16} />}
            onClick={() => openEntry({ kind: 'customer', customerId })}
          >
            {t('customer.change')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** All unallocated money of the customer to his oldest bills, with undo. */
function useMatchAll(customerId: number): () => void {
  const { t } = useTranslation('documents');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  return () => {
    const match = async (): Promise<void> => {
      try {
        const { allocationIds, billCount } = await client.allocations.oldestFirst({ customerId });
        if (allocationIds.length === 0) done({ message: t('allocate.nothing') });
        else {
          done({
            message: t('allocate.done', { count: billCount }),
            undo: () => client.allocations.undo({ allocationIds }),
          });
        }
      } catch (error) {
        tell(error);
      }
    };
    void match();
  };
}
