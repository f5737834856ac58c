import { BillsPanel } from '#features/bills/bills-panel.tsx';
import { billsWishOf } from '#features/bills/bills-wish.ts';
import { BucketChips } from '#features/bills/bucket-chips.tsx';
import { Page } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';

export function BillsScreen(): JSX.Element {
  const { t } = useTranslation('bills');
  const [, goTo] = useLocation();
  const { bucket, part } = billsWishOf(useSearch());
  return (
    <Page
      title={t('title')}
      body="fill"
      toolbar={
        <BucketChips
          bucket={bucket}
          part={part}
          onBucket={(next) =>
            goTo(next === undefined ? '/bills' : `/bills?bucket=${next}`, { replace: true })
          }
        />
      }
    >
      {/* Another choice is another list: its scroll and selection start anew. */}
      <BillsPanel key={bucket ?? part ?? 'all'} bucket={bucket} part={part} />
    </Page>
  );
}
