import { AgoText } from '#kit/ago-text.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import { Button, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ImportBatch } from '#contract/engine/imports.ts';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { orpc } from '../../client.ts';
import './changes.css';

/** What the last import brought: rows taken and refused, bills, money. */
export function LastImport(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const { data } = useQuery(orpc.imports.list.queryOptions());
  const last = data?.find(({ revertedAt }) => revertedAt === null);
  return (
    <Section
      title={t('changes.title')}
      aside={<Link href="/imports">{t('changes.all')}</Link>}
      className="changes"
    >
      {last ? <Batch batch={last} /> : data ? <NothingImported /> : <Bones />}
    </Section>
  );
}

function Bones(): JSX.Element {
  return (
    <Delayed>
      <Skeleton height={120} />
    </Delayed>
  );
}

function NothingImported(): JSX.Element {
  const { t } = useTranslation('dashboard');
  const [, goTo] = useLocation();
  return (
    <>
      <Text size="sm" c="dimmed" mb="sm">
        {t('changes.none')}
      </Text>
      <Button variant="default" onClick={() => goTo('/imports')}>
        {t('changes.import')}
      </Button>
    </>
  );
}

function Batch({ batch }: { readonly batch: ImportBatch }): JSX.Element {
  const { t } = useTranslation('dashboard');
  return (
    <>
      <p className="changes__file">
        <strong>{batch.fileName}</strong> <AgoText at={batch.importedAt} />
      </p>
      <dl className="changes__list">
        <Fact name={t('changes.rows')} value={t('changes.taken', { count: batch.takenRowCount })} />
        {batch.refusedRowCount > 0 ? (
          <Fact
            name={t('changes.refused')}
            value={t('changes.refusedRows', { count: batch.refusedRowCount })}
          />
        ) : null}
        <Fact
          name={t('changes.bills')}
          value={t('changes.billCounts', { added: batch.addedBillCount, changed: batch.changedBillCount })}
        />
        <Fact name={t('changes.billed')} value={<MoneyText paise={batch.billPaise} withSign />} />
        <Fact name={t('changes.received')} value={<MoneyText paise={batch.receiptPaise} withSign />} />
        <Fact name={t('changes.open')} value={<MoneyText paise={batch.openPaise} withSign />} />
      </dl>
    </>
  );
}

function Fact({ name, value }: { readonly name: string; readonly value: ReactNode }): JSX.Element {
  return (
    <div className="changes__fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
