import type { CustomerRow } from '#contract/engine/customers.ts';
import { ColumnMenu } from '#kit/column-menu.tsx';
import type { LateRange } from '#kit/late-label.tsx';
import { Chip, CloseButton, Group, Select, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useMemo, type JSX, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { fits, isShow, shows } from './customer-filters.ts';
import { columnKeys, groupings, isColumnKey } from './customer-view.ts';
import './customers.css';
import { FilterMenu, FilterPills } from './filter-menu.tsx';
import type { CustomersViews } from './use-customers-view.ts';

type CustomersToolbarProps = {
  readonly views: CustomersViews;
  readonly rows: readonly CustomerRow[] | undefined;
  readonly ranges: readonly LateRange[];
  readonly text: string;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly onText: (text: string) => void;
  /** The button that saves the table to a file. */
  readonly exportMenu: ReactNode;
};

/** Search as one types, chips that say how many they would show, and what else a view is made of. */
export function CustomersToolbar(props: CustomersToolbarProps): JSX.Element {
  const { views, rows, ranges } = props;
  const { t } = useTranslation('customers');
  const { view, change } = views;
  const { filter } = view;
  return (
    <div className="customers__tools">
      <SearchField {...props} />
      <FilterMenu
        filter={filter}
        rows={rows ?? []}
        ranges={ranges}
        onChange={(next) => change({ filter: next })}
      />
      <Select
        className="customers__group"
        aria-label={t('groupBy.label')}
        data={groupings.map((value) => ({ value, label: t(`groupBy.${value}`) }))}
        value={view.groupBy}
        allowDeselect={false}
        onChange={(value) => {
          const groupBy = groupings.find((one) => one === value);
          if (groupBy) change({ groupBy });
        }}
      />
      <ColumnMenu
        columns={columnKeys.map((key) => ({ key, label: t(`column.${key}`, { sign: '' }).trim() }))}
        shown={view.columns}
        onChange={(columns) => change({ columns: columns.filter(isColumnKey) })}
      />
      {props.exportMenu}
      <ShowChips views={views} rows={rows} />
      <FilterPills filter={filter} ranges={ranges} onChange={(next) => change({ filter: next })} />
    </div>
  );
}

function SearchField({ text, searchRef, onText }: CustomersToolbarProps): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <TextInput
      ref={searchRef}
      className="customers__search"
      value={text}
      onChange={(event) => onText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && text !== '') {
          onText('');
          event.preventDefault();
        }
        if (event.key !== 'ArrowDown') return;
        document.querySelector<HTMLElement>('.customers .data-table__grid')?.focus();
        event.preventDefault();
      }}
      placeholder={t('search')}
      aria-label={t('search')}
      leftSection={<IconSearch size={15} aria-hidden />}
      rightSection={
        text === '' ? null : (
          <CloseButton size="sm" aria-label={t('clearSearch')} onClick={() => onText('')} />
        )
      }
    />
  );
}

function ShowChips({ views, rows }: Pick<CustomersToolbarProps, 'views' | 'rows'>): JSX.Element {
  const { t } = useTranslation('customers');
  const { filter } = views.view;
  const counts = useMemo(() => new Map(shows.map((show) => [show, rows?.filter(fits[show]).length])), [rows]);
  return (
    <Chip.Group
      value={filter.show}
      onChange={(next) => isShow(next) && views.change({ filter: { ...filter, show: next } })}
    >
      <Group gap={6} role="radiogroup" aria-label={t('show.label')}>
        {shows.map((value) => (
          <Chip key={value} value={value} size="xs" radius="sm" variant="light">
            {t(`show.${value}`)} {counts.get(value) ?? ''}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
