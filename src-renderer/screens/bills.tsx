import { GroupsExport } from '#features/aging/groups-export.tsx';
import { GroupsPanel } from '#features/aging/groups-panel.tsx';
import { BillsExport } from '#features/bills/bills-export.tsx';
import { BillsPanel } from '#features/bills/bills-panel.tsx';
import { BillsToolbar } from '#features/bills/bills-toolbar.tsx';
import { billsAddress, billsWishOf } from '#features/bills/bills-wish.ts';
import { useBillMarks } from '#features/registry-customer/use-bill-marks.tsx';
import { Page } from '#kit/page.tsx';
import { useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';

const NOTHING: readonly never[] = [];
type ShownBills = Parameters<typeof BillsExport>[0]['shownRef']['current'];
type ShownGroups = Parameters<typeof GroupsExport>[0]['shownRef']['current'];

export function BillsScreen(): JSX.Element {
  const { t } = useTranslation('bills');
  const [, goTo] = useLocation();
  const wish = billsWishOf(useSearch());
  const groupBy = wish.groupBy ?? 'salesperson';
  const billsRef = useRef<ShownBills>(NOTHING);
  const groupsRef = useRef<ShownGroups>(NOTHING);
  const markOf = useBillMarks();
  const isGrouped = wish.view === 'groups';
  return (
    <Page
      title={t('title')}
      body="fill"
      actions={
        isGrouped ? (
          <GroupsExport groupBy={groupBy} by={wish.by} shownRef={groupsRef} />
        ) : (
          <BillsExport wish={wish} shownRef={billsRef} />
        )
      }
      toolbar={<BillsToolbar wish={wish} onWish={(next) => goTo(billsAddress(next), { replace: true })} />}
    >
      {isGrouped ? (
        <GroupsPanel
          key={groupBy}
          groupBy={groupBy}
          by={wish.by}
          shownRef={groupsRef}
          onOpen={(group) => goTo(billsAddress({ groupBy, group, by: wish.by }))}
        />
      ) : (
        // Another choice is another list: its scroll and selection start anew.
        <BillsPanel key={billsAddress(wish)} wish={wish} shownRef={billsRef} markOf={markOf} />
      )}
    </Page>
  );
}
