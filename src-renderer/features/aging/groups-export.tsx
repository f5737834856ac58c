import type { AgingGroup } from '#contract/engine/aging.ts';
import type { AgeBy, GroupBy } from '#contract/engine/aging-words.ts';
import { tableFromColumns, type ShownTable } from '#kit/export-columns.ts';
import { useExportHead } from '#kit/export-head.ts';
import { ExportMenu } from '#kit/export-menu.tsx';
import { useLateWords } from '#kit/late-label.tsx';
import { useCurrency } from '#kit/money-text.tsx';
import type { JSX, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { writeTable } from '../../client.ts';
import { bucketColumns } from './bucket-columns.ts';
import { groupColumns } from './group-columns.tsx';
import { useGroups } from './use-groups.ts';

type GroupsExportProps = {
  readonly groupBy: GroupBy;
  readonly by: AgeBy | undefined;
  /** The rows as the table shows them, in their order. */
  readonly shownRef: RefObject<readonly AgingGroup[]>;
};

/** What is outstanding by group in a file, each bucket in a column of its own. */
export function GroupsExport({ groupBy, by, shownRef }: GroupsExportProps): JSX.Element {
  const { t } = useTranslation('aging');
  const head = useExportHead();
  const currency = useCurrency();
  const sayRange = useLateWords();
  const { groups } = useGroups({ groupBy, by });
  const title = `${t('groups.title')}: ${t(`groups.by.${groupBy}`)}`;
  const makeTable = (): ShownTable =>
    tableFromColumns<AgingGroup>({
      title,
      lines: head.lines(),
      columns: [
        ...groupColumns((key, values = {}) => t(key, values), '', groups, groupBy),
        ...bucketColumns(groups?.buckets ?? [], groups?.totals.buckets ?? [], sayRange),
      ],
      rows: shownRef.current,
      currency,
      totalWord: head.totalWord,
    });
  return (
    <ExportMenu
      name={head.nameOf(title)}
      makeTable={makeTable}
      onWrite={writeTable}
      disabled={!groups?.rows.length}
    />
  );
}
