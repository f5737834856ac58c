import { dayWords } from '#kit/day-text.tsx';
import { useMoneyWords } from '#kit/money-text.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { Spotlight } from '@mantine/spotlight';
import { IconFileInvoice, IconSearch, IconUser } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../client.ts';
import type { Action } from './actions.ts';
import { goTo } from './hash-location.ts';
import { markFirst, paletteStore } from './palette-store.ts';

type PaletteProps = {
  readonly actions: readonly Action[];
  readonly hasBook: boolean;
};

const NOBODY: readonly never[] = [];
/** A number with fewer characters stands on half of all bills. */
const BILLS_FROM_LETTERS = 3;
const BILLS_MOST = 8;
const NUMBER_LENGTH_MOST = 60;

/** Ctrl+K: screens, actions, and customers and bills as one types. */
export function Palette({ actions, hasBook }: PaletteProps): JSX.Element {
  const { t } = useTranslation('frame');
  const sayMoney = useMoneyWords();
  const [text, setText] = useState('');
  const query = text.trim();
  const { data: found = NOBODY } = useQuery(
    orpc.customers.search.queryOptions({
      input: { text: query },
      enabled: hasBook && query !== '',
    }),
  );
  const { data: foundBills = NOBODY } = useQuery(
    orpc.bills.search.queryOptions({
      input: { text: query.slice(0, NUMBER_LENGTH_MOST) },
      enabled: hasBook && query.length >= BILLS_FROM_LETTERS && /\d/.test(query),
    }),
  );
  const customers = query === '' ? NOBODY : found;
  const bills =
    query.length >= BILLS_FROM_LETTERS && /\d/.test(query) ? foundBills.slice(0, BILLS_MOST) : NOBODY;
  useEffect(() => {
    // Also where those that were found are gone again: the mark went with them.
    if (query !== '') markFirst();
  }, [query, customers, bills.length]);
  const fitting = actions.filter(
    ({ id, label, isOnlyFound }) =>
      id !== 'open-palette' &&
      !(isOnlyFound && query === '') &&
      label.toLowerCase().includes(query.toLowerCase()),
  );
  return (
    <Spotlight.Root
      store={paletteStore}
      query={text}
      onQueryChange={setText}
      shortcut={null}
      clearQueryOnClose
      scrollable
      maxHeight={420}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      radius="md"
      attributes={{ content: { 'aria-label': t('search.open') } }}
    >
      <Spotlight.Search
        placeholder={t('search.placeholder')}
        aria-label={t('search.placeholder')}
        leftSection={<IconSearch size={18} aria-hidden />}
      />
      <Spotlight.ActionsList aria-label={t('search.results')}>
        {customers.length > 0 ? (
          <Spotlight.ActionsGroup label={t('search.customers')}>
            {customers.map(({ customerId, name, code }) => (
              <Spotlight.Action
                key={customerId}
                label={name}
                {...(code === null ? {} : { description: code })}
                leftSection={<IconUser size={16} aria-hidden />}
                onClick={() => goTo(`/customers/${customerId}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {bills.length > 0 ? (
          <Spotlight.ActionsGroup label={t('search.bills')}>
            {bills.map((bill) => (
              <Spotlight.Action
                key={bill.billId}
                label={bill.number}
                description={`${bill.customerName} · ${dayWords(bill.billDay)} · ${sayMoney(bill.amountPaise)}`}
                leftSection={<IconFileInvoice size={16} aria-hidden />}
                onClick={() => goTo(`/customers/${bill.customerId}`)}
              />
            ))}
          </Spotlight.ActionsGroup>
        ) : null}
        {(['screens', 'actions'] as const).map((group) => (
          <ActionGroup key={group} group={group} actions={fitting} />
        ))}
        {customers.length + bills.length + fitting.length === 0 ? (
          <Spotlight.Empty>{t('search.nothing')}</Spotlight.Empty>
        ) : null}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function ActionGroup({
  group,
  actions,
}: {
  readonly group: Action['group'];
  readonly actions: readonly Action[];
}): JSX.Element | null {
  const { t } = useTranslation('frame');
  const members = actions.filter((action) => action.group === group);
  if (members.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t(`search.${group}`)}>
      {members.map(({ id, label, keys, run }) => (
        <Spotlight.Action
          key={id}
          label={label}
          // Dimmed, the keys of the chosen line could not be read on its colour.
          dimmedSections={false}
          rightSection={keys === undefined ? null : <Shortcut keys={keyWords(keys)} />}
          onClick={run}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}

/** 'Alt+ArrowLeft' as it stands on the keyboard. */
export function keyWords(keys: string): string {
  return keys.replace('ArrowLeft', '←');
}
