import type { BillRow } from '#contract/engine/customers.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { ActionIcon, Menu } from '@mantine/core';
import { IconBan, IconBellOff, IconDots, IconPencil } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import type { DocumentActions } from './document-actions.ts';

type BillMenuProps = { readonly bill: BillRow; readonly actions: DocumentActions };

/** What can be done with a bill. */
export function BillMenu({ bill, actions }: BillMenuProps): JSX.Element {
  const { t } = useTranslation('customers');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const { billId, number, doNotChaseReason } = bill;
  const name = number ?? t(`kind.${bill.kind}`);
  const flag = async (): Promise<void> => {
    const reason = doNotChaseReason === null ? t('actions.doNotChaseReason') : null;
    try {
      await client.bills.doNotChase({ billId, reason });
      done({
        message: t(reason === null ? 'actions.chased' : 'actions.notChased', { name }),
        undo: () => client.bills.doNotChase({ billId, reason: doNotChaseReason }),
      });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon size={24} aria-label={t('actions.of', { name })}>
          <IconDots size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => actions.changeBill(billId)}>
          {t('actions.change')}
        </Menu.Item>
        <Menu.Item leftSection={<IconBellOff size={15} />} onClick={() => void flag()}>
          {t(doNotChaseReason === null ? 'actions.doNotChase' : 'actions.chase')}
        </Menu.Item>
        <Menu.Item leftSection={<IconBan size={15} />} onClick={() => actions.voidBill(billId, number)}>
          {t('actions.void')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
