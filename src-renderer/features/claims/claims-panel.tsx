import type { Claim } from '#contract/engine/replies.ts';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { SegmentedControl } from '@mantine/core';
import { IconReceipt } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { useClaimColumns } from './claim-columns.tsx';
import { ClaimForm } from './claim-form.tsx';
import { ClaimSettled } from './claim-settled.tsx';
import './claims.css';

const NO_CLAIMS: readonly Claim[] = [];

/** Payments that customers tell of: each becomes a receipt only by a person's word. */
export function ClaimsPanel(): JSX.Element {
  const { t } = useTranslation('replies');
  const [isOpenOnly, setOpenOnly] = useState(true);
  const [chosen, setChosen] = useState<{ readonly claimId: number; readonly at: number }>();
  const shownRef = useRef<readonly Claim[]>(NO_CLAIMS);
  const { data, error, refetch } = useQuery(orpc.replies.claims.queryOptions({ input: { isOpenOnly } }));
  const active = workedOn(data ?? NO_CLAIMS, chosen);
  const columns = useClaimColumns(isOpenOnly, active?.claimId);
  useStatusCounts(data ? t('claims.counts', { count: data.length }) : '');
  return (
    <div className="claims">
      <div className="claims__tools">
        <SegmentedControl
          size="xs"
          aria-label={t('claims.filter')}
          value={isOpenOnly ? 'open' : 'all'}
          onChange={(next) => setOpenOnly(next === 'open')}
          data={[
            { value: 'open', label: t('claims.open') },
            { value: 'all', label: t('claims.all') },
          ]}
        />
      </div>
      {data?.length === 0 ? (
        <div className="claims__empty card">
          <EmptyState
            icon={<IconReceipt size={36} stroke={1.3} />}
            title={t('claims.empty.title')}
            next={t('claims.empty.next')}
          />
        </div>
      ) : (
        <div className="claims__pair">
          <DataTable
            label={t('claims.list')}
            columns={columns}
            rows={data}
            keyOf={({ claimId }) => String(claimId)}
            shownRef={shownRef}
            initialSort={{ key: 'when', direction: 'desc' }}
            onActive={(claim) => setChosen({ claimId: claim.claimId, at: shownRef.current.indexOf(claim) })}
            problem={error ? problemOf(error) : undefined}
            onRetry={() => void refetch()}
          />
          <div className="claims__beside card">
            {active ? <Beside key={active.claimId} claim={active} /> : null}
          </div>
        </div>
      )}
    </div>
  );
}

function Beside({ claim }: { readonly claim: Claim }): JSX.Element {
  return claim.state === 'to-confirm' ? <ClaimForm claim={claim} /> : <ClaimSettled claim={claim} />;
}

/** The chosen one, and once it is done the one that came into its place. */
function workedOn(
  claims: readonly Claim[],
  chosen: { readonly claimId: number; readonly at: number } | undefined,
): Claim | undefined {
  if (!chosen) return claims[0];
  return (
    claims.find(({ claimId }) => claimId === chosen.claimId) ?? claims[Math.min(chosen.at, claims.length - 1)]
  );
}
