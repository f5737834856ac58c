import type { CustomerRow } from '#contract/engine/customers.ts';
import { sumOf } from '#domain/money.ts';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import type { LateRange } from '#kit/late-label.tsx';
import { currencySign, useCurrency, useMoneyWords } from '#kit/money-text.tsx';
import type { Problem } from '#kit/problem.tsx';
import { reportSelection, useStatusCounts } from '#kit/status.ts';
import { Button } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import {
  useCallback,
  useEffect,
  useMemo,
  useState,
  type JSX,
  type KeyboardEvent,
  type RefObject,
} from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { customerColumns, type ColumnWords } from './customer-columns.tsx';
import { filterOf, finderOf, isEmptyFilter, type Finder } from './customer-filters.ts';
import { groupingOf } from './customer-groups.ts';
import { CustomerPeek } from './customer-peek.tsx';
import { isColumnKey } from './customer-view.ts';
import type { CustomersViews } from './use-customers-view.ts';

type CustomersPanelProps = {
  readonly rows: readonly CustomerRow[] | undefined;
  readonly ranges: readonly LateRange[];
  readonly views: CustomersViews;
  readonly text: string;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly problem: Problem | undefined;
  readonly onRetry: () => void;
  /** Holds the rows as they are shown, for an export. */
  readonly shownRef: RefObject<readonly CustomerRow[]>;
  /** Holds the selected rows, for what is done with many at once. */
  readonly selectedRef: RefObject<readonly CustomerRow[]>;
  /** Offered where there is nobody yet. */
  readonly onNew: (() => void) | undefined;
};

/** The customers as a table with a panel to peek into. Typing in it goes to the search field. */
export function CustomersPanel(props: CustomersPanelProps): JSX.Element {
  const { rows, views, text, searchRef, ranges, selectedRef } = props;
  const { t } = useTranslation('customers');
  const [, goTo] = useLocation();
  const { view, change } = views;
  const { isShown, shownCount } = useShown(rows, views, text);
  const words: ColumnWords = useCallback((key, values = {}) => t(key, values), [t]);
  const columns = useColumns(words, ranges, view.columns);
  const groups = useMemo(() => groupingOf(view.groupBy, rows ?? [], words), [view.groupBy, rows, words]);
  const [peeked, setPeeked] = useState<number | null>(null);
  useStatusCounts(rows ? t('counts', { count: rows.length, shown: shownCount ?? 0 }) : '');
  const open = useCallback((row: CustomerRow) => goTo(`/customers/${row.customerId}`), [goTo]);
  const select = useCallback(
    (selected: readonly CustomerRow[]) => {
      selectedRef.current = selected;
      reportRows(selected);
    },
    [selectedRef],
  );
  const onKeys = (event: KeyboardEvent): void => {
    const isText = event.key.length === 1 && event.key !== ' ' && event.key !== '?';
    if (isText && !event.ctrlKey && !event.altKey) searchRef.current?.focus();
  };
  const closePeek = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || peeked === null) return;
    setPeeked(null);
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // Keys reach this box from the table inside it, which has the focus and the role.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="customers" onKeyDownCapture={closePeek} onKeyDown={onKeys}>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        sort={view.sort}
        onSort={(sort) => change({ sort })}
        isShown={isShown}
        groups={groups}
        withTotals
        onOpen={open}
        onPeek={(row) => setPeeked((was) => (was === row.customerId ? null : row.customerId))}
        onActive={(row) => setPeeked((was) => (was === null ? null : row.customerId))}
        onSelectionChange={select}
        shownRef={props.shownRef}
        problem={props.problem}
        onRetry={props.onRetry}
        empty={<NoCustomers isFiltered={(rows?.length ?? 0) > 0} onNew={props.onNew} />}
      />
      {peeked === null ? null : (
        <CustomerPeek
          customerId={peeked}
          onOpen={() => goTo(`/customers/${peeked}`)}
          onClose={() => setPeeked(null)}
        />
      )}
    </div>
  );
}

type Shown = {
  /** undefined when all are. */
  readonly isShown: ((row: CustomerRow) => boolean) | undefined;
  readonly shownCount: number | undefined;
};

/** What the filter and the search leave in: found once, for the table and for its count. */
function useShown(rows: readonly CustomerRow[] | undefined, { view }: CustomersViews, text: string): Shown {
  const finder = useMemo(() => finderOf(rows ?? []), [rows]);
  useEffect(() => prepareAtLeisure(finder), [finder]);
  return useMemo(() => {
    const found = finder.find(text);
    const isAll = found === undefined && isEmptyFilter(view.filter);
    if (!rows || isAll) return { isShown: undefined, shownCount: rows?.length };
    const shown = new Set((found ?? rows).filter(filterOf(view.filter)));
    return { isShown: (row: CustomerRow) => shown.has(row), shownCount: shown.size };
  }, [rows, finder, view.filter, text]);
}

/** The texts that are searched are made while nothing else is to be done, so that the first letter need not wait. */
function prepareAtLeisure(finder: Finder): () => void {
  const work = (deadline: IdleDeadline): void => {
    if (finder.prepare(() => deadline.timeRemaining() > 1)) return;
    handle = requestIdleCallback(work);
  };
  let handle = requestIdleCallback(work);
  return () => cancelIdleCallback(handle);
}

function useColumns(
  words: ColumnWords,
  ranges: readonly LateRange[],
  shown: CustomersViews['view']['columns'],
): ReturnType<typeof customerColumns>['name'][] {
  const sign = currencySign(useCurrency());
  const sayMoney = useMoneyWords();
  const all = useMemo(
    () => customerColumns(words, { sign, sayMoney }, ranges),
    [words, sign, sayMoney, ranges],
  );
  // A view is read anew at every change of it; the columns are new only when their names are.
  const names = shown.join(' ');
  return useMemo(() => names.split(' ').flatMap((key) => (isColumnKey(key) ? [all[key]] : [])), [all, names]);
}

function keyOf(row: CustomerRow): string {
  return String(row.customerId);
}

function reportRows(rows: readonly CustomerRow[]): void {
  reportSelection(
    rows.length,
    sumOf(rows, (row) => row.outstandingPaise),
  );
}

type NoCustomersProps = { readonly isFiltered: boolean; readonly onNew: (() => void) | undefined };

function NoCustomers({ isFiltered, onNew }: NoCustomersProps): JSX.Element {
  const { t } = useTranslation('customers');
  const [, goTo] = useLocation();
  if (isFiltered) return <EmptyState title={t('empty.filtered')} next={t('empty.filteredNext')} />;
  return (
    <EmptyState
      icon={<IconUsers size={36} stroke={1.3} />}
      title={t('empty.title')}
      next={t('empty.next')}
      actions={
        <>
          <Button onClick={() => goTo('/imports')}>{t('empty.import')}</Button>
          {onNew ? (
            <Button variant="default" onClick={onNew}>
              {t('empty.new')}
            </Button>
          ) : null}
        </>
      }
    />
  );
}
