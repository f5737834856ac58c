import { GroupsPanel } from '#features/aging/groups-panel.tsx';
import { BillsPanel } from '#features/bills/bills-panel.tsx';
import { BillsToolbar } from '#features/bills/bills-toolbar.tsx';
import { billsAddress, billsWishOf } from '#features/bills/bills-wish.ts';
import { Page } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';

export function BillsScreen(): JSX.Element {
  const { t } = useTranslation('bills');
  const [, goTo] = useLocation();
  const wish = billsWishOf(useSearch());
  const groupBy = wish.groupBy ?? 'salesperson';
  return (
    <Page
      title={t('title')}
      body="fill"
      toolbar={<BillsToolbar wish={wish} onWish={(next) => goTo(billsAddress(next), { replace: true })} />}
    >
      {wish.view === 'groups' ? (
        <GroupsPanel
          key={groupBy}
          groupBy={groupBy}
          by={wish.by}
          onOpen={(group) => goTo(billsAddress({ groupBy, group, by: wish.by }))}
        />
      ) : (
        // Another choice is another list: its scroll and selection start anew.
        <BillsPanel key={billsAddress(wish)} {...wish} />
      )}
    </Page>
  );
}
