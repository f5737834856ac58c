import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../client.ts';

type CopyTextProps = { readonly label: string; readonly text: string; readonly language: string };

/** A text to be pasted somewhere else, copied whole at one press. */
export function CopyText({ label, text, language }: CopyTextProps): JSX.Element {
  const { t } = useTranslation('templates');
  const [copied, setCopied] = useState<string>();
  const copy = (): void => {
    shell.copyText(text);
    setCopied(text);
  };
  return (
    <div className="copy-text">
      <div className="copy-text__head">
        <span className="texts__label">{label}</span>
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconCopy size={13} aria-hidden />}
          onClick={copy}
        >
          {t(copied === text ? 'copied' : 'copy')}
        </Button>
      </div>
      <pre className="copy-text__text selectable" lang={language}>
        {text}
      </pre>
    </div>
  );
}
