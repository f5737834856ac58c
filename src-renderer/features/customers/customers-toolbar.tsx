import { useAsOf } from '#kit/as-of.tsx';
import { Chip, CloseButton, Group, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX, RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { fits, isShow, shows, type Show } from './customer-filters.ts';
import './customers.css';

type CustomersToolbarProps = {
  readonly show: Show;
  readonly text: string;
  readonly searchRef: RefObject<HTMLInputElement | null>;
  readonly onShow: (show: Show) => void;
  readonly onText: (text: string) => void;
};

/** Search as one types, and chips that say how many they would show. */
export function CustomersToolbar(props: CustomersToolbarProps): JSX.Element {
  const { show, text, searchRef, onShow, onText } = props;
  const { t } = useTranslation('customers');
  const { wish } = useAsOf();
  const { data } = useQuery(orpc.customers.list.queryOptions({ input: { asOf: wish } }));
  return (
    <>
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
      <Chip.Group value={show} onChange={(next) => isShow(next) && onShow(next)}>
        <Group gap={6} role="radiogroup" aria-label={t('show.label')}>
          {shows.map((value) => (
            <Chip key={value} value={value} size="xs" radius="sm" variant="light">
              {t(`show.${value}`)} {data ? data.rows.filter(fits[value]).length : ''}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </>
  );
}
