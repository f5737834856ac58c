import type { Customer } from '#contract/engine/customers.ts';
import type { PublishedDue } from '#contract/engine/registry.ts';
import { Section } from '#kit/page.tsx';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { orpc } from '../../client.ts';
import { ConsentLines } from './consent-lines.tsx';
import { DoNotPublish } from './do-not-publish.tsx';
import './registry-customer.css';
import { useDueWords, useIsMember, useMay, usePublished } from './use-customer-dues.ts';

const DUES_MOST = 5;

type RegistryCardProps = { readonly customer: Customer; readonly isReadOnly: boolean };

/** What the registry has to do with one customer; nothing is shown where the book belongs to none. */
export function RegistryCard({ customer, isReadOnly }: RegistryCardProps): JSX.Element | null {
  const { t } = useTranslation('registry');
  const isMember = useIsMember();
  const may = useMay();
  const [, goTo] = useLocation();
  const { customerId } = customer;
  const { data: candidates } = useQuery(
    orpc.registry.candidates.queryOptions({
      input: { customerId, which: 'all' },
      enabled: may.publish,
      placeholderData: undefined,
    }),
  );
  if (!isMember) return null;
  const readyCount = candidates?.readyCount ?? 0;
  const barredCount = candidates?.barredCount ?? 0;
  return (
    <Section
      title={t('customer.title')}
      aside={
        isReadOnly || !may.ask ? null : (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => goTo(`/registry?tab=checks&ask=${customerId}`)}
          >
            {t('ask.button')}
          </Button>
        )
      }
    >
      <div className="registry-card">
        <Dues customerId={customerId} withLinks={may.ask} />
        {readyCount + barredCount > 0 ? (
          <p className="registry-card__line">
            <span>
              {t('customer.ready', { count: readyCount })}
              {barredCount > 0 ? ` ${t('customer.barred', { count: barredCount })}` : ''}
            </span>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => goTo(`/registry?tab=publish&customer=${customerId}`)}
            >
              {t('customer.look')}
            </Button>
          </p>
        ) : null}
        {may.ask ? <ConsentLines customerId={customerId} /> : null}
        <DoNotPublish customerId={customerId} isReadOnly={isReadOnly} />
      </div>
    </Section>
  );
}

type DuesProps = { readonly customerId: number; readonly withLinks: boolean };

/** His published dues, each with what others see of it; those that he disputes first: they want an answer. */
function Dues({ customerId, withLinks }: DuesProps): JSX.Element {
  const { t } = useTranslation('registry');
  const say = useDueWords();
  const dues = usePublished(customerId);
  if (dues.length === 0) return <p className="registry-card__soft">{t('customer.none')}</p>;
  return (
    <ul className="registry-card__list">
      {disputedFirst(dues)
        .slice(0, DUES_MOST)
        .map((due) => (
          <li key={due.billId}>
            <span className="registry-card__number">{due.number ?? '–'}</span>
            <span>
              {say(due).sentence}
              {withLinks && isDisputed(due) ? (
                <>
                  {' · '}
                  <Link href="/registry?tab=disputes" className="registry-card__link">
                    {t('due.toDisputes')}
                  </Link>
                </>
              ) : null}
            </span>
          </li>
        ))}
      {dues.length > DUES_MOST ? (
        <li className="registry-card__soft">
          {withLinks ? (
            <Link href="/registry?tab=published" className="registry-card__link">
              {t('customer.more', { count: dues.length - DUES_MOST })}
            </Link>
          ) : (
            t('customer.more', { count: dues.length - DUES_MOST })
          )}
        </li>
      ) : null}
    </ul>
  );
}

function isDisputed({ dispute }: PublishedDue): boolean {
  return dispute?.state === 'open';
}

function disputedFirst(dues: readonly PublishedDue[]): readonly PublishedDue[] {
  return dues.toSorted((a, b) => Number(isDisputed(b)) - Number(isDisputed(a)));
}
