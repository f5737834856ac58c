import type { Business } from '#contract/engine/business.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { businessGroups } from './business-lines.ts';
import { BusinessField } from './business-field.tsx';
import './business.css';
import { useBusiness } from './use-business.ts';

/** Your business: what stands on letters, statements and in the texts. It belongs to the book and goes with it. */
export function BusinessSection(): JSX.Element {
  const { t } = useTranslation('business');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  return (
    <Section title={t('title')}>
      {book ? <BusinessForm key={book.bookId} /> : <Text c="dimmed">{t('noBook')}</Text>}
    </Section>
  );
}

function BusinessForm(): JSX.Element {
  const { t } = useTranslation('business');
  const { isMoved } = useAsOf();
  const { business, problem, retry, faults, save } = useBusiness();
  if (problem) return <ProblemNote problem={problem} onRetry={retry} />;
  if (!business) {
    return (
      <Delayed>
        <Skeleton height={320} />
      </Delayed>
    );
  }
  return (
    <>
      <Text size="sm" c="dimmed">
        {t(isMoved ? 'moved' : 'about')}
      </Text>
      {businessGroups.map(({ group, lines }) => (
        <fieldset key={group} className="business">
          <legend className="business__legend">{t(`group.${group}`)}</legend>
          {lines.map((line) => (
            <BusinessField
              key={line.key}
              line={line}
              saved={textOf(business, line.key)}
              fault={faults[line.key]}
              isOff={isMoved}
              onSave={(change) => save(line.key, change)}
            />
          ))}
        </fieldset>
      ))}
    </>
  );
}

function textOf(business: Business, key: keyof Business): string {
  return business[key] ?? '';
}
