import type { SaveOutcome } from '#contract/shell.ts';
import type { TieOut } from '#contract/engine/sync.ts';
import { dayWords } from '#kit/day-text.tsx';
import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { orpc, shell } from '../../client.ts';
import { CertificatePage, type CertificateMaker } from './certificate-page.tsx';
import { instantWords } from '#kit/instant-text.ts';

/** Puts the certificate on paper, as a PDF at a place that the user names. */
export function PrintCertificate({ tieOut }: { readonly tieOut: TieOut }): JSX.Element {
  const { t } = useTranslation('tally-tie-out');
  const tellOutcome = useTellOutcome();
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const [isBusy, setBusy] = useState(false);
  const [maker, setMaker] = useState<CertificateMaker>();
  const print = async (): Promise<void> => {
    const name = `${t('certificate.file', { company: tieOut.companyName })} ${dayWords(tieOut.asOf)}`;
    const place = await shell.pickSaveFile({ name, kind: 'pdf' });
    if (place === null) return;
    const { version } = await shell.appInfo();
    // The page must stand before main is asked to print what it sees.
    flushSync(() => setMaker({ version, book: book?.name ?? '', at: instantWords() }));
    tellOutcome(await shell.printToPdf(place, false), place);
  };
  const start = (): void => {
    setBusy(true);
    print()
      .catch(() => tellOutcome('broken', ''))
      .finally(() => {
        setMaker(undefined);
        setBusy(false);
      });
  };
  return (
    <>
      <Button loading={isBusy} leftSection={<IconPrinter size={16} aria-hidden />} onClick={start}>
        {t('certificate.print')}
      </Button>
      {maker ? createPortal(<CertificatePage tieOut={tieOut} maker={maker} />, document.body) : null}
    </>
  );
}

const SHOWN_MILLISECONDS = 10_000;

/** Returns how to tell whether the certificate lies where the user wanted it. */
function useTellOutcome(): (outcome: SaveOutcome | 'broken', place: string) => void {
  const { t } = useTranslation('kit');
  const closeButtonProps = { 'aria-label': t('done.close') };
  return (outcome, place) => {
    const name = place.replace(/^.*[\\/]/, '');
    if (outcome === 'saved') {
      const message = t('export.saved', { name });
      notifications.show({ color: 'gray', autoClose: SHOWN_MILLISECONDS, closeButtonProps, message });
      return;
    }
    const message = outcome === 'broken' ? t('export.broken') : t(`export.outcome.${outcome}`, { name });
    const title = t('export.notSaved');
    notifications.show({ color: 'gray', autoClose: false, closeButtonProps, title, message });
  };
}
