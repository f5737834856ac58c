import { Button, FileButton, Textarea } from '@mantine/core';
import { IconFileUpload } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TEXT_LETTERS_MOST } from './evidence-values.ts';

type EvidenceTextProps = { readonly text: string; readonly onText: (text: string) => void };

/** The signed e-invoice: pasted, or read from its JSON file. */
export function EvidenceText({ text, onText }: EvidenceTextProps): JSX.Element {
  const { t } = useTranslation('registry');
  const read = async (file: File | null): Promise<void> => {
    if (file) onText((await file.text()).slice(0, TEXT_LETTERS_MOST));
  };
  return (
    <div className="proof__text">
      <Textarea
        label={t('evidence.text')}
        description={t('evidence.textHint')}
        autosize
        minRows={3}
        maxRows={8}
        spellCheck={false}
        maxLength={TEXT_LETTERS_MOST}
        value={text}
        onChange={({ currentTarget }) => onText(currentTarget.value)}
        withAsterisk
      />
      <FileButton accept=".json,.txt,application/json,text/plain" onChange={(file) => void read(file)}>
        {(props) => (
          <Button
            {...props}
            size="compact-sm"
            variant="default"
            leftSection={<IconFileUpload size={14} aria-hidden />}
          >
            {t('evidence.fromFile')}
          </Button>
        )}
      </FileButton>
    </div>
  );
}
