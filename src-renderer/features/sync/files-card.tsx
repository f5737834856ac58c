import type { SyncStatus } from '#contract/engine/sync.ts';
import { AgoText } from '#kit/ago-text.tsx';
import { DayText } from '#kit/day-text.tsx';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button } from '@mantine/core';
import { IconFileText, IconFolderOpen } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../client.ts';
import { FilesReading, FilesTaken } from './files-taken.tsx';
import { useReadFiles } from './use-read-files.ts';
import './connect.css';

type FilesCardProps = { readonly files: NonNullable<SyncStatus['files']> };

/** A book that was read from Tally's own files: of which company and day it is, and newer files in their place. */
export function FilesCard({ files }: FilesCardProps): JSX.Element {
  const { t } = useTranslation('sync');
  const { reading, report, problem, read, stop } = useReadFiles();
  const choose = async (): Promise<void> => {
    const paths = await shell.pickTallyFiles();
    if (paths.length > 0) await read(paths);
  };
  return (
    <Section title={files.companyName === '' ? t('filesCard.title') : files.companyName}>
      <div className="files" data-testid="files-card">
        <div className="files__choose">
          <span className="light">
            <IconFileText size={22} className="light__lamp" aria-hidden />
            <span>
              {t('filesCard.asOf')} <DayText day={files.asOf} /> (<AgoText at={files.readAt} />)
            </span>
          </span>
          <Button
            variant="default"
            disabled={reading !== null}
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={() => void choose()}
          >
            {t('filesCard.newer')}
          </Button>
        </div>
        {problem ? <ProblemNote problem={problem} /> : null}
        {reading ? <FilesReading {...reading} onStop={stop} /> : null}
        {report ? <FilesTaken report={report} /> : null}
      </div>
    </Section>
  );
}
