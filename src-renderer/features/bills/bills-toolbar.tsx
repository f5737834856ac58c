import { ageBys, groupBys } from '#contract/engine/aging-words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { useMoneyWords } from '#kit/money-text.tsx';
import { NativeSelect, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import './bills.css';
import type { BillsWish } from './bills-wish.ts';
import { BucketChips } from './bucket-chips.tsx';
import { useBookAging } from './use-book-aging.ts';

type BillsToolbarProps = {
  readonly wish: BillsWish;
  readonly onWish: (wish: BillsWish) => void;
};

/** What the list shows, all of it in the address: view, day that age counts from, group, bucket. */
export function BillsToolbar({ wish, onWish }: BillsToolbarProps): JSX.Element {
  const { t } = useTranslation('bills');
  const { ageBy } = useBookAging();
  const views = ['bills', 'groups'] as const;
  return (
    <div className="bills__toolbar">
      <div className="bills__filters">
        <SegmentedControl
          size="xs"
          aria-label={t('view.label')}
          value={wish.view}
          data={views.map((value) => ({ value, label: t(`view.${value}`) }))}
          onChange={(chosen) => {
            const view = views.find((one) => one === chosen) ?? 'bills';
            onWish({
              ...wish,
              view,
              ...(view === 'groups' ? { groupBy: wish.groupBy ?? 'salesperson' } : {}),
            });
          }}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('by.label')}
          value={wish.by ?? ageBy}
          data={ageBys.map((value) => ({ value, label: t(`by.${value}`) }))}
          onChange={(chosen) => {
            const by = ageBys.find((one) => one === chosen);
            onWish({ ...wish, by: by === ageBy ? undefined : by });
          }}
        />
        <NativeSelect
          size="xs"
          aria-label={t('group.by')}
          value={wish.groupBy ?? ''}
          data={[
            ...(wish.view === 'groups' ? [] : [{ value: '', label: t('group.every') }]),
            ...groupBys.map((value) => ({ value, label: t(`group.${value}`) })),
          ]}
          onChange={({ currentTarget }) =>
            onWish({
              ...wish,
              groupBy: groupBys.find((one) => one === currentTarget.value),
              group: undefined,
            })
          }
        />
        {wish.view === 'bills' && wish.groupBy ? <GroupChoice wish={wish} onWish={onWish} /> : null}
      </div>
      {wish.view === 'bills' ? (
        <BucketChips
          bucket={wish.bucket}
          part={wish.part}
          onBucket={(bucket) => onWish({ ...wish, bucket, part: undefined })}
        />
      ) : null}
    </div>
  );
}

const ANY = 'any';

/** The groups of one kind with what each owes; customers without one come last. */
function GroupChoice({ wish, onWish }: BillsToolbarProps): JSX.Element | null {
  const { t } = useTranslation('bills');
  const { wish: asOf } = useAsOf();
  const sayMoney = useMoneyWords();
  const groupBy = wish.groupBy ?? 'salesperson';
  const { data } = useQuery(orpc.aging.groups.queryOptions({ input: { asOf, groupBy } }));
  const groups = data?.groupBy === groupBy ? data.rows : [];
  const isListed = wish.group === undefined || groups.some(({ key }) => key === wish.group);
  return (
    <NativeSelect
      size="xs"
      aria-label={t(`group.${groupBy}`)}
      value={wish.group === undefined ? ANY : `=${wish.group}`}
      data={[
        { value: ANY, label: t('group.any') },
        ...groups.map(({ key, name, outstandingPaise }) => ({
          value: `=${key}`,
          label: `${name === '' ? t('group.none') : name} · ${sayMoney(outstandingPaise, true)}`,
        })),
        // Nothing of it is open on this day, but it was asked for.
        ...(isListed ? [] : [{ value: `=${wish.group}`, label: wish.group ?? '' }]),
      ]}
      onChange={({ currentTarget: { value } }) =>
        onWish({ ...wish, group: value === ANY ? undefined : value.slice(1) })
      }
    />
  );
}
