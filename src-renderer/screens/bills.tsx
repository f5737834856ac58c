import { BillsPanel } from '#features/bills/bills-panel.tsx';
import { BucketChips } from '#features/bills/bucket-chips.tsx';
import { Page } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';

export function BillsScreen(): JSX.Element {
  const { t } = useTranslation('bills');
  const [, goTo] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('bucket');
  const bucket = asked !== null && /^\d$/.test(asked) ? Number(asked) : undefined;
  return (
    <Page
      title={t('title')}
      body="fill"
      toolbar={
        <BucketChips
          bucket={bucket}
          onBucket={(next) =>
            goTo(next === undefined ? '/bills' : `/bills?bucket=${next}`, { replace: true })
          }
        />
      }
    >
      {/* Another bucket is another list: its scroll and selection start anew. */}
      <BillsPanel key={bucket ?? 'all'} bucket={bucket} />
    </Page>
  );
}
