import { MoneyText } from '#kit/money-text.tsx';
import { Button, Progress } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { FilesReport } from './use-read-files.ts';
import './connect.css';

type FilesReadingProps = { readonly done: number; readonly of: number; readonly onStop: () => void };

/** How far the files were read, with a stop. */
export function FilesReading({ done, of, onStop }: FilesReadingProps): JSX.Element {
  const { t } = useTranslation('sync');
  return (
    <div className="files__reading" role="status">
      <span>{t('stage.files')}</span>
      <Progress
        className="files__progress"
        size="sm"
        value={of > 0 ? Math.min(100, Math.floor((done * 100) / of)) : 0}
        aria-label={t('stage.files')}
      />
      <Button variant="default" onClick={onStop}>
        {t('progress.stop')}
      </Button>
    </div>
  );
}

/** What the files brought. */
export function FilesTaken({ report }: { readonly report: FilesReport }): JSX.Element {
  const { t } = useTranslation('sync');
  return (
    <div className="files__report" role="status">
      <strong>{t('files.done', { company: report.companyName ?? t('files.noName') })}</strong>
      <span>{t('files.ledgers', { count: report.ledgerCount })}</span>
      <span>{t('files.vouchers', { count: report.voucherCount })}</span>
      <span>{t('files.customers', { count: report.customerCount })}</span>
      <span>
        {t('files.open')} <MoneyText paise={report.openPaise} withSign />
      </span>
      {report.leftOutCount > 0 ? <span>{t('files.leftOut', { count: report.leftOutCount })}</span> : null}
      <Link href="/" className="files__link">
        {t('progress.dashboard')}
      </Link>
    </div>
  );
}
