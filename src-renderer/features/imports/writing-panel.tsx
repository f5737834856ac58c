import { Button, Progress as Bar, Text } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useFileWords } from './file-words.ts';
import type { Progress } from './types.ts';

type WritingPanelProps = {
  readonly fileName: string;
  readonly progress: Progress | null;
  readonly onStop: () => void;
};

/** While the import is taken over: how far it is, and a stop as long as nothing is written. */
export function WritingPanel({ fileName, progress, onStop }: WritingPanelProps): JSX.Element {
  const { t } = useTranslation('imports');
  const phase = progress?.phase ?? 'checking';
  const isMeasured = progress !== null && progress.done > 0;
  const percent = progress && progress.of > 0 ? Math.floor((progress.done * 100) / progress.of) : 0;
  const label = t(`writing.${phase}`, { file: useFileWords()(fileName) });
  return (
    <div className="writing card" role="status">
      <Text size="sm" className="drop__heading">
        {label}
      </Text>
      <Bar
        value={isMeasured ? percent : 100}
        striped={!isMeasured}
        animated={!isMeasured}
        aria-label={label}
      />
      <div className="writing__foot">
        <Text size="sm" c="dimmed" className="step__grow">
          {isMeasured ? t('writing.progress', progress) : null}
        </Text>
        {phase === 'checking' ? (
          <Button variant="default" onClick={onStop}>
            {t('writing.stop')}
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            {t('writing.noStop')}
          </Text>
        )}
      </div>
    </div>
  );
}
