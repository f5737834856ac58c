import type { CustomerRow } from '#contract/engine/customers.ts';
import { useLateWords, type LateRange } from '#kit/late-label.tsx';
import { sortKey } from '#kit/sort-key.ts';
import { Button, MultiSelect, Pill, Popover, Select, Stack } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Filter } from './customer-filters.ts';

const LISTS = ['salespersons', 'territories', 'tags'] as const;
type ListKey = (typeof LISTS)[number];

type FilterProps = {
  readonly filter: Filter;
  readonly ranges: readonly LateRange[];
  readonly onChange: (filter: Filter) => void;
};

/** Filters that need a choice: whose customers, where, with which tag, with money in which bucket. */
export function FilterMenu(props: FilterProps & { readonly rows: readonly CustomerRow[] }): JSX.Element {
  const { t } = useTranslation('customers');
  return (
    <Popover trapFocus returnFocus position="bottom-start" shadow="md" width={300}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconFilter size={16} aria-hidden />}>
          {t('filter.button')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('filter.button')}>
        <FilterFields {...props} />
      </Popover.Dropdown>
    </Popover>
  );
}

function FilterFields({
  filter,
  ranges,
  rows,
  onChange,
}: FilterProps & { readonly rows: readonly CustomerRow[] }): JSX.Element {
  const { t } = useTranslation('customers');
  const sayRange = useLateWords();
  const choices = useMemo(
    () =>
      ({
        salespersons: wordsOf(rows.map((row) => row.salesperson)),
        territories: wordsOf(rows.map((row) => row.territory)),
        tags: wordsOf(rows.flatMap((row) => row.tags)),
      }) satisfies Record<ListKey, string[]>,
    [rows],
  );
  return (
    <Stack gap="sm">
      <Select
        label={t('filter.bucket')}
        placeholder={t('filter.any')}
        data={ranges.map((range, at) => ({ value: String(at), label: sayRange(range) }))}
        value={filter.bucket === null ? null : String(filter.bucket)}
        clearable
        comboboxProps={{ withinPortal: false }}
        onChange={(value) => onChange({ ...filter, bucket: value === null ? null : Number(value) })}
      />
      {LISTS.map((key) => (
        <MultiSelect
          key={key}
          label={t(`filter.${key}`)}
          placeholder={choices[key].length === 0 ? t('filter.none') : t('filter.any')}
          disabled={choices[key].length === 0}
          data={choices[key]}
          value={[...filter[key]]}
          searchable
          limit={100}
          comboboxProps={{ withinPortal: false }}
          onChange={(value) => onChange({ ...filter, [key]: value })}
        />
      ))}
    </Stack>
  );
}

/** What the filter leaves out, each taken away by one press. */
export function FilterPills({ filter, ranges, onChange }: FilterProps): JSX.Element | null {
  const { t } = useTranslation('customers');
  const sayRange = useLateWords();
  const range = filter.bucket === null ? undefined : ranges[filter.bucket];
  const chosen = LISTS.flatMap((key) => filter[key].map((word) => ({ key, word })));
  if (!range && chosen.length === 0) return null;
  return (
    <Pill.Group>
      {range ? (
        <Pill
          withRemoveButton
          removeButtonProps={{ 'aria-label': t('filter.take', { what: sayRange(range) }) }}
          onRemove={() => onChange({ ...filter, bucket: null })}
        >
          {sayRange(range)}
        </Pill>
      ) : null}
      {chosen.map(({ key, word }) => (
        <Pill
          key={`${key}:${word}`}
          withRemoveButton
          removeButtonProps={{ 'aria-label': t('filter.take', { what: word }) }}
          onRemove={() => onChange({ ...filter, [key]: filter[key].filter((one) => one !== word) })}
        >
          {word}
        </Pill>
      ))}
    </Pill.Group>
  );
}

function wordsOf(words: readonly (string | null)[]): string[] {
  const found = new Set(words.filter((word) => word !== null && word !== ''));
  return [...found].flatMap((word) => word ?? []).toSorted((a, b) => (sortKey(a) < sortKey(b) ? -1 : 1));
}
