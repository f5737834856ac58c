import type { TieOutParty } from '#contract/engine/sync.ts';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { currencySign, useCurrency } from '#kit/money-text.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { sumOf } from '#domain/money.ts';
import { IconCircleCheck } from '@tabler/icons-react';
import { useMemo, type JSX, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { isDiffering } from './differing.ts';
import { usePartyColumns } from './party-columns.tsx';

type PartiesTableProps = {
  readonly parties: readonly TieOutParty[];
  readonly isDifferingOnly: boolean;
  readonly onOpen: (party: TieOutParty) => void;
  /** Holds the rows as they are shown, in their order: for the export. */
  readonly shownRef: RefObject<readonly TieOutParty[]>;
};

/** Every party of the certificate, the largest difference on top. Enter and space open its bills. */
export function PartiesTable(props: PartiesTableProps): JSX.Element {
  const { parties, isDifferingOnly, onOpen, shownRef } = props;
  const { t } = useTranslation('tally-tie-out');
  const columnsOf = usePartyColumns(currencySign(useCurrency()));
  const columns = useMemo(() => columnsOf([]), [columnsOf]);
  const count = isDifferingOnly ? parties.filter(isDiffering).length : parties.length;
  useStatusCounts(t('filter.counts', { count }));
  return (
    <DataTable
      label={t('title')}
      columns={columns}
      rows={parties}
      keyOf={keyOf}
      initialSort={{ key: 'difference', direction: 'desc' }}
      isShown={isDifferingOnly ? isDiffering : undefined}
      withTotals
      onOpen={onOpen}
      onPeek={onOpen}
      onSelectionChange={reportRows}
      shownRef={shownRef}
      empty={
        <EmptyState
          icon={<IconCircleCheck size={36} stroke={1.3} />}
          title={t('filter.nothing')}
          next={t('filter.nothingNext')}
        />
      }
    />
  );
}

function keyOf({ ledgerGuid }: TieOutParty): string {
  return ledgerGuid;
}

function reportRows(rows: readonly TieOutParty[]): void {
  reportSelection(
    rows.length,
    sumOf(rows, (row) => row.differencePaise),
  );
}
