import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { shell } from '../../client.ts';
import { Button, Loader, Text } from '@mantine/core';
import { Dropzone, MIME_TYPES } from '@mantine/dropzone';
import { IconFileSpreadsheet, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useFocusOnArrival } from './use-focus-on-arrival.ts';

type DropPanelProps = {
  readonly readingFile: string | null;
  readonly problem: Problem | null;
  readonly onPath: (path: string) => void;
  readonly onStop: () => void;
};

/** Windows gives a CSV the type of Excel, and some programs none at all: the name's ending decides then. */
const ACCEPTED = {
  [MIME_TYPES.xlsx]: ['.xlsx'],
  [MIME_TYPES.csv]: ['.csv'],
  'application/vnd.ms-excel': ['.csv'],
};

export function DropPanel({ readingFile, problem, onPath, onStop }: DropPanelProps): JSX.Element {
  const { t } = useTranslation('imports');
  const [refused, setRefused] = useState<Problem | null>(null);
  const take = (files: readonly File[]): void => {
    const taken = pathOfOnly(files);
    setRefused(typeof taken === 'string' ? null : taken);
    if (typeof taken === 'string') onPath(taken);
  };
  usePastedFiles(take);
  const choose = async (): Promise<void> => {
    const path = await shell.pickImportFile();
    if (path === null) return;
    setRefused(null);
    onPath(path);
  };
  const shown = refused ?? problem;
  return (
    <div className="drop">
      <Dropzone
        className="drop__zone"
        onDropAny={(files, rejections) => take([...files, ...rejections.map(({ file }) => file)])}
        onDrop={() => undefined}
        getFilesFromEvent={filesOf}
        accept={ACCEPTED}
        activateOnClick={false}
        activateOnKeyboard={false}
        enablePointerEvents
        disabled={readingFile !== null}
        inputProps={{ 'aria-label': t('drop.heading') }}
      >
        {readingFile === null ? (
          <Waiting onChoose={() => void choose()} />
        ) : (
          <Reading file={readingFile} onStop={onStop} />
        )}
      </Dropzone>
      {shown && readingFile === null ? <ProblemNote problem={shown} /> : null}
    </div>
  );
}

function Waiting({ onChoose }: { readonly onChoose: () => void }): JSX.Element {
  const { t } = useTranslation('imports');
  return (
    <div className="drop__inner">
      <IconFileSpreadsheet size={36} stroke={1.25} className="drop__icon" aria-hidden />
      <div>
        <Text size="sm" className="drop__heading">
          {t('drop.heading')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('drop.hint')}
        </Text>
        <Text size="sm" c="dimmed">
          {t('drop.nothingWritten')}
        </Text>
      </div>
      <Button leftSection={<IconFolderOpen size={16} />} onClick={onChoose} ref={useFocusOnArrival()}>
        {t('drop.choose')}
      </Button>
    </div>
  );
}

function Reading({ file, onStop }: { readonly file: string; readonly onStop: () => void }): JSX.Element {
  const { t } = useTranslation('imports');
  return (
    <div className="drop__inner" role="status">
      <Loader size={36} aria-hidden />
      <div>
        <Text size="sm" className="drop__heading">
          {t('drop.reading', { file })}
        </Text>
        <Text size="sm" c="dimmed">
          {t('drop.readingHint')}
        </Text>
      </div>
      <Button variant="default" onClick={onStop}>
        {t('drop.stop')}
      </Button>
    </div>
  );
}

/** The path of the one file that was dropped, or why it is not taken. */
function pathOfOnly(files: readonly File[]): string | Problem {
  const [file, second] = files;
  if (!file || second) return localRefusal('one-file-only', '');
  if (!/\.(xlsx|csv)$/i.test(file.name)) return localRefusal('file-kind', file.name);
  const path = shell.pathOf(file);
  return path === '' ? localRefusal('file-without-path', file.name) : path;
}

/** Said by the window itself: the words of these codes are in refusals.json like all others. */
function localRefusal(code: string, file: string): Problem {
  return { kind: 'refused', refusal: { code, sentence: file, values: { file } } };
}

type FileEvent = { readonly dataTransfer?: DataTransfer | null; readonly target?: EventTarget | null };

/** The plain files of the event: copies made through file-system handles have lost their path. */
function filesOf(event: unknown): Promise<File[]> {
  const { dataTransfer, target } = event as FileEvent;
  const files = dataTransfer?.files ?? (target instanceof HTMLInputElement ? target.files : null);
  return Promise.resolve([...(files ?? [])]);
}

/** A file copied in the file manager may also be pasted. */
function usePastedFiles(take: (files: readonly File[]) => void): void {
  useEffect(() => {
    const onPaste = (event: ClipboardEvent): void => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length > 0) take(files);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  });
}
