import { ProblemNote } from '#kit/problem.tsx';
import { ActionIcon, Button, Text } from '@mantine/core';
import { Dropzone } from '@mantine/dropzone';
import { IconFileText, IconFolderOpen, IconX } from '@tabler/icons-react';
import { useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { shell } from '../../client.ts';
import { FilesReading, FilesTaken } from './files-taken.tsx';
import { useReadFiles } from './use-read-files.ts';
import './connect.css';

type FilesPanelProps = {
  /** Makes a book; given where none is open, as the files need one to go into. */
  readonly bookForm: ReactNode;
};

const FILES_MOST = 50;
const ENDINGS = ['.xml', '.zip'];
const ACCEPTED = { 'text/xml': ENDINGS, 'application/xml': ENDINGS, 'application/zip': ENDINGS };

/** Tally's own exports of masters and of the day book, where its port cannot be opened. */
export function FilesPanel({ bookForm }: FilesPanelProps): JSX.Element {
  const { t } = useTranslation('sync');
  return (
    <div className="files">
      <Text size="sm" c="dimmed">
        {t('files.about')}
      </Text>
      <ol className="files__steps">
        <li>{t('files.masters')}</li>
        <li>{t('files.dayBook')}</li>
        <li>{t('files.both')}</li>
      </ol>
      {bookForm === null ? (
        <FilesReader />
      ) : (
        <>
          <Text size="sm">{t('files.bookFirst')}</Text>
          {bookForm}
        </>
      )}
      <Text size="sm" c="dimmed">
        {t('files.sheets')}{' '}
        <Link href="/imports" className="files__link">
          {t('files.toImport')}
        </Link>
      </Text>
    </div>
  );
}

function FilesReader(): JSX.Element {
  const { t } = useTranslation('sync');
  const [paths, setPaths] = useState<readonly string[]>([]);
  const { reading, report, problem, read, stop } = useReadFiles();
  const add = (more: readonly string[]): void =>
    setPaths((had) => [...new Set([...had, ...more])].filter((path) => path !== '').slice(0, FILES_MOST));
  const choose = async (): Promise<void> => {
    add(await shell.pickTallyFiles());
  };
  return (
    <>
      <Dropzone
        className="files__drop"
        accept={ACCEPTED}
        onDropAny={(files, rejections) =>
          add([...files, ...rejections.map(({ file }) => file)].map((file) => shell.pathOf(file)))
        }
        onDrop={() => undefined}
        getFilesFromEvent={filesOf}
        activateOnClick={false}
        activateOnKeyboard={false}
        enablePointerEvents
        disabled={reading !== null}
        inputProps={{ 'aria-label': t('files.drop') }}
      >
        <div className="files__choose">
          <span>{t('files.drop')}</span>
          <Button
            variant="default"
            disabled={reading !== null}
            leftSection={<IconFolderOpen size={16} aria-hidden />}
            onClick={() => void choose()}
          >
            {t('files.choose')}
          </Button>
        </div>
      </Dropzone>
      <ChosenFiles
        paths={paths}
        isOff={reading !== null}
        onRemove={(path) => setPaths((had) => had.filter((one) => one !== path))}
      />
      {problem ? <ProblemNote problem={problem} /> : null}
      {reading ? (
        <FilesReading {...reading} onStop={stop} />
      ) : (
        <div className="files__foot">
          <Button disabled={paths.length === 0} onClick={() => void read(paths)}>
            {t('files.read', { count: paths.length })}
          </Button>
        </div>
      )}
      {report ? <FilesTaken report={report} /> : null}
    </>
  );
}

type ChosenProps = {
  readonly paths: readonly string[];
  readonly isOff: boolean;
  readonly onRemove: (path: string) => void;
};

function ChosenFiles({ paths, isOff, onRemove }: ChosenProps): JSX.Element | null {
  const { t } = useTranslation('sync');
  if (paths.length === 0) return null;
  return (
    <ul className="files__list">
      {paths.map((path) => (
        <li key={path} className="files__file" title={path}>
          <IconFileText size={15} aria-hidden />
          <span className="files__name">{nameOf(path)}</span>
          <ActionIcon
            size={22}
            disabled={isOff}
            aria-label={t('files.remove', { file: nameOf(path) })}
            onClick={() => onRemove(path)}
          >
            <IconX size={14} aria-hidden />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).at(-1) ?? path;
}

type FileEvent = { readonly dataTransfer?: DataTransfer | null; readonly target?: EventTarget | null };

/** The plain files of the event: copies made through file-system handles have lost their path. */
function filesOf(event: unknown): Promise<File[]> {
  const { dataTransfer, target } = event as FileEvent;
  const files = dataTransfer?.files ?? (target instanceof HTMLInputElement ? target.files : null);
  return Promise.resolve([...(files ?? [])]);
}
