import { ChequesExport } from '#features/cheques/cheques-export.tsx';
import { ChequesPanel } from '#features/cheques/cheques-panel.tsx';
import { chequeActions } from '#features/documents/document-actions.ts';
import { openEntry } from '#features/documents/entry-store.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { Page } from '#kit/page.tsx';
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc, problemOf } from '../client.ts';

const NO_CHEQUES: readonly never[] = [];
type ShownCheques = Parameters<typeof ChequesExport>[0]['shownRef']['current'];

/** Cheques at hand whose day is still to come. */
export function ChequesScreen(): JSX.Element {
  const { t } = useTranslation('cheques');
  const { wish, isMoved } = useAsOf();
  const [, goTo] = useLocation();
  const shownRef = useRef<ShownCheques>(NO_CHEQUES);
  const { data, error, refetch } = useQuery(orpc.receipts.cheques.queryOptions({ input: { asOf: wish } }));
  return (
    <Page
      title={t('title')}
      note={
        data ? (
          <>
            {t('about')} {t('toCome')} <MoneyText paise={data.toComePaise} withSign />
          </>
        ) : (
          t('about')
        )
      }
      body="fill"
      actions={
        <>
          <ChequesExport shownRef={shownRef} disabled={!data?.rows.length} />
          <Button
            variant="default"
            disabled={isMoved}
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => openEntry({ kind: 'receipt', mode: 'cheque' })}
          >
            {t('enter')}
          </Button>
        </>
      }
    >
      <ChequesPanel
        cheques={data?.rows}
        shownRef={shownRef}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        onOpen={(customerId) => goTo(`/customers/${customerId}`)}
        actions={isMoved ? undefined : chequeActions}
      />
    </Page>
  );
}
