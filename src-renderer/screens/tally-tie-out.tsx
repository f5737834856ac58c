import { CertificateExport } from '#features/tie-out-tally/certificate-export.tsx';
import { PrintCertificate } from '#features/tie-out-tally/print-certificate.tsx';
import { TieOutCertificate } from '#features/tie-out-tally/tie-out-certificate.tsx';
import { AgoText } from '#kit/ago-text.tsx';
import { dayWords } from '#kit/day-text.tsx';
import { Delayed } from '#kit/delayed.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { Page } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Skeleton } from '@mantine/core';
import { IconArrowLeft, IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { orpc, problemOf } from '../client.ts';
import './screens.css';

type TieOut = Parameters<typeof TieOutCertificate>[0]['tieOut'];
type Shown = Parameters<typeof CertificateExport>[0]['shownRef']['current'];

export function TallyTieOutScreen(): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const { data, error, refetch } = useQuery(orpc.sync.tieOut.queryOptions());
  if (data) return <Certificate tieOut={data} />;
  return (
    <Page title={t('title')} actions={<BackToTally />}>
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {data === null ? <NoneYet /> : null}
      {data === undefined && !error ? (
        <Delayed>
          <Skeleton height={70} mb="md" />
          <Skeleton height={400} />
        </Delayed>
      ) : null}
    </Page>
  );
}

function Certificate({ tieOut }: { readonly tieOut: TieOut }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const shownRef = useRef<Shown>([]);
  return (
    <Page
      title={t('title')}
      body="fill"
      note={
        <>
          {t('of', { company: tieOut.companyName, day: dayWords(tieOut.asOf) })} <AgoText at={tieOut.at} />
        </>
      }
      actions={
        <>
          <CertificateExport tieOut={tieOut} shownRef={shownRef} />
          <PrintCertificate tieOut={tieOut} />
          <BackToTally />
        </>
      }
    >
      <TieOutCertificate tieOut={tieOut} shownRef={shownRef} />
    </Page>
  );
}

function BackToTally(): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const [, goTo] = useLocation();
  return (
    <Button
      variant="default"
      leftSection={<IconArrowLeft size={16} aria-hidden />}
      onClick={() => goTo('/tally')}
    >
      {t('back')}
    </Button>
  );
}

function NoneYet(): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const [, goTo] = useLocation();
  return (
    <EmptyState
      icon={<IconScale size={40} stroke={1.3} />}
      title={t('none.title')}
      next={t('none.next')}
      actions={<Button onClick={() => goTo('/tally')}>{t('none.open')}</Button>}
    />
  );
}
