import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { shell } from '../../client.ts';
import { Button, Loader, Progress, Text } from '@mantine/core';
import { Dropzone, MIME_TYPES } from '@mantine/dropzone';
import { IconClipboard, IconFileSpreadsheet, IconFolderOpen } from '@tabler/icons-react';
import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useFileWords } from './file-words.ts';
import { useFocusOnArrival } from './use-focus-on-arrival.ts';
import type { ReadSource } from './use-wizard.ts';
import type { Reading as ReadingState } from './wizard.ts';

type DropPanelProps = {
  readonly reading: ReadingState | null;
  readonly problem: Problem | null;
  readonly onSource: (source: ReadSource) => void;
  readonly onStop: () => void;
};

const ENDINGS = ['.xlsx', '.xlsm', '.xls', '.xlsb', '.ods', '.fods', '.xml', '.csv', '.tsv', '.txt'];

/** Windows gives a CSV the type of Excel, and some programs none at all: the name's ending decides then. */
const ACCEPTED = { [MIME_TYPES.xlsx]: ENDINGS, 'application/vnd.ms-excel': ENDINGS };

export function DropPanel({ reading, problem, onSource, onStop }: DropPanelProps): JSX.Element {
  const { t } = useTranslation('imports');
  const [refused, setRefused] = useState<Problem | null>(null);
  const take = (files: readonly File[]): void => {
    const taken = pathOfOnly(files);
    setRefused(typeof taken === 'string' ? null : taken);
    if (typeof taken === 'string') onSource({ path: taken });
  };
  const takeText = (pastedText: string): void => {
    setRefused(null);
    onSource({ pastedText });
  };
  usePasted({ isOn: reading === null, onFiles: take, onText: takeText });
  const choose = async (): Promise<void> => {
    const path = await shell.pickImportFile();
    if (path === null) return;
    setRefused(null);
    onSource({ path });
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
        disabled={reading !== null}
        inputProps={{ 'aria-label': t('drop.heading') }}
      >
        {reading === null ? (
          <Waiting onChoose={() => void choose()} />
        ) : (
          <Reading reading={reading} onStop={onStop} />
        )}
      </Dropzone>
      {shown && reading === null ? <ProblemNote problem={shown} /> : null}
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
      <Text size="sm" c="dimmed" className="drop__paste">
        <IconClipboard size={16} aria-hidden /> {t('drop.pasteHint')}
      </Text>
    </div>
  );
}

function Reading({
  reading,
  onStop,
}: {
  readonly reading: ReadingState;
  readonly onStop: () => void;
}): JSX.Element {
  const { t } = useTranslation('imports');
  const { fileName, done, of } = reading;
  const label = t('drop.reading', { file: useFileWords()(fileName) });
  const percent = of > 0 ? Math.min(100, Math.floor((done * 100) / of)) : 0;
  return (
    <div className="drop__inner" role="status">
      <Loader size={36} aria-hidden />
      <div className="drop__progress">
        <Text size="sm" className="drop__heading">
          {label}
        </Text>
        <Progress value={percent} aria-label={label} size="sm" my={6} />
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
  if (!ENDINGS.some((ending) => file.name.toLowerCase().endsWith(ending)))
    return localRefusal('file-kind', file.name);
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

type Pasted = {
  readonly isOn: boolean;
  readonly onFiles: (files: readonly File[]) => void;
  readonly onText: (text: string) => void;
};

/** A file copied in the file manager may be pasted, and so may cells copied in a spreadsheet. */
function usePasted({ isOn, onFiles, onText }: Pasted): void {
  useEffect(() => {
    if (!isOn) return undefined;
    const onPaste = (event: ClipboardEvent): void => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      // A spreadsheet puts a picture of the cells beside their text: the text is what is meant.
      const text = event.clipboardData?.getData('text/plain') ?? '';
      const files = [...(event.clipboardData?.files ?? [])];
      if (text.trim() !== '') onText(text);
      else if (files.length > 0) onFiles(files);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  });
}
