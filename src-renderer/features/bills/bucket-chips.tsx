import { LateMark, useLateWords } from '#kit/late-label.tsx';
import { Chip, Group } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './bills.css';
import type { BillsWish } from './bills-wish.ts';
import { useBookAging } from './use-book-aging.ts';

const ALL = 'all';

type BucketChipsProps = Pick<BillsWish, 'bucket' | 'part'> & {
  readonly onBucket: (bucket: number | undefined) => void;
};

/** One chip a bucket, in the order of lateness; a figure of the dashboard has one while its bills are shown. */
export function BucketChips({ bucket, part, onBucket }: BucketChipsProps): JSX.Element {
  const { t } = useTranslation('bills');
  const sayRange = useLateWords();
  const { ranges } = useBookAging();
  const choose = (value: string | readonly string[]): void => {
    if (value !== part) onBucket(value === ALL ? undefined : Number(value));
  };
  return (
    <Chip.Group value={part ?? (bucket === undefined ? ALL : String(bucket))} onChange={choose}>
      <Group gap={6} role="radiogroup" aria-label={t('show.label')}>
        <Chip value={ALL} size="xs" radius="sm" variant="light">
          {t('show.all')}
        </Chip>
        {part === undefined ? null : (
          <Chip value={part} size="xs" radius="sm" variant="light">
            {t(`part.${part}`)}
          </Chip>
        )}
        {ranges.map((range, index) => (
          <Chip key={range.key} value={String(index)} size="xs" radius="sm" variant="light">
            <span className="bills__chip">
              <LateMark bucket={index} bucketCount={ranges.length} />
              {sayRange(range)}
            </span>
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}
