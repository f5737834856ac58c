import { Button, FileButton } from '@mantine/core';
import { IconFileUpload, IconPaperclip } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../client.ts';
import { fileNameOf } from './evidence-values.ts';

type EvidenceFileProps = {
  readonly filePath: string | null;
  readonly onFile: (filePath: string) => void;
};

/** A paper on this machine: a signed challan, a mail, a photo. */
export function EvidenceFile({ filePath, onFile }: EvidenceFileProps): JSX.Element {
  const { t } = useTranslation('registry');
  return (
    <div className="proof__file">
      <FileButton
        onChange={(file) => {
          if (file) onFile(shell.pathOf(file));
        }}
      >
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />}>
            {t('evidence.choose')}
          </Button>
        )}
      </FileButton>
      <span className="proof__name selectable" aria-live="polite">
        {filePath === null ? (
          t('evidence.noFile')
        ) : (
          <>
            <IconPaperclip size={14} aria-hidden /> {fileNameOf(filePath)}
          </>
        )}
      </span>
    </div>
  );
}
