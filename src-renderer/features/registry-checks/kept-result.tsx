import type { RegistryConsent } from '#contract/engine/registry.ts';
import { ProblemNote } from '#kit/problem.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';
import { ResultCard } from './result-card.tsx';

/** What was told, while it may be kept; afterwards, that it was erased. Each time it is opened is written down. */
export function KeptResult({ consent }: { readonly consent: RegistryConsent }): JSX.Element | null {
  const { t } = useTranslation('registry');
  const { consentId, checkId } = consent;
  const { data: kept } = useQuery(orpc.registry.checks.queryOptions({ input: {} }));
  const isKept = kept?.some((one) => one.checkId === checkId) ?? false;
  const { data, error, refetch } = useQuery({
    // Not under the registry's own key: that is fetched anew at every change, and each fetch is a look in the log.
    queryKey: ['registry-result', consentId],
    queryFn: async () => client.registry.check({ consentId }),
    enabled: isKept,
    gcTime: 0,
    placeholderData: undefined,
  });
  if (kept === undefined) return null;
  if (!isKept) return <p className="consent__soft">{t('result.erased')}</p>;
  if (error) return <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} />;
  return data ? <ResultCard result={data} /> : null;
}
