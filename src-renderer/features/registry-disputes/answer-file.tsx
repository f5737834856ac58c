import { Button, FileButton } from '@mantine/core';
import { IconFileUpload, IconPaperclip } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../client.ts';

type AnswerFileProps = { readonly filePath: string | null; readonly onFile: (filePath: string) => void };

/** A paper that shows the due is right; only its digest is told. */
export function AnswerFile({ filePath, onFile }: AnswerFileProps): JSX.Element {
  const { t } = useTranslation('registry');
  return (
    <div className="registry-answer__file">
      <FileButton
        onChange={(file) => {
          if (file) onFile(shell.pathOf(file));
        }}
      >
        {(props) => (
          <Button {...props} variant="default" leftSection={<IconFileUpload size={16} aria-hidden />}>
            {t('answer.file')}
          </Button>
        )}
      </FileButton>
      <span className="registry-disputes__soft selectable" aria-live="polite">
        {filePath === null ? (
          t('answer.fileNote')
        ) : (
          <>
            <IconPaperclip size={14} aria-hidden /> {filePath.split(/[\\/]/).pop()}
          </>
        )}
      </span>
    </div>
  );
}
