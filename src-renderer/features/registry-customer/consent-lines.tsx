import type { RegistryConsent } from '#contract/engine/registry.ts';
import { DayText } from '#kit/day-text.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { orpc } from '../../client.ts';

const NO_CONSENTS: readonly RegistryConsent[] = [];
const CONSENTS_MOST = 4;

/** What he was asked for, and how far each request has come; the newest first. */
export function ConsentLines({ customerId }: { readonly customerId: number }): JSX.Element | null {
  const { t } = useTranslation('registry');
  const { data = NO_CONSENTS } = useQuery(
    orpc.registry.consents.queryOptions({ input: { customerId }, placeholderData: undefined }),
  );
  if (data.length === 0) return null;
  return (
    <ul className="registry-card__list" aria-label={t('customer.consents')}>
      {data
        .toSorted((a, b) => b.askedAt - a.askedAt)
        .slice(0, CONSENTS_MOST)
        .map(({ consentId, purpose, state, expiresDay }) => (
          <li key={consentId}>
            <Link href="/registry?tab=checks" className="registry-card__link">
              {t(`code.${purpose}.short`)}
            </Link>
            <span>
              {t(`consentState.${state}`)}{' '}
              <span className="registry-card__soft">
                ({t('consent.until')} <DayText day={expiresDay} />)
              </span>
            </span>
          </li>
        ))}
    </ul>
  );
}
