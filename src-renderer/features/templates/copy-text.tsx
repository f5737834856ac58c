import { Button } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

type CopyTextProps = { readonly label: string; readonly text: string; readonly language: string };

/** A text to be pasted somewhere else, copied whole at one press. */
export function CopyText({ label, text, language }: CopyTextProps): JSX.Element {
  const { t } = useTranslation('templates');
  const shown = useRef<HTMLPreElement>(null);
  const [copied, setCopied] = useState<string>();
  const copy = (): void => {
    if (!shown.current) return;
    window.getSelection()?.selectAllChildren(shown.current);
    // The window has no leave to write to the clipboard by itself; a selection may be copied at a press.
    document.execCommand('copy');
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
      <pre ref={shown} className="copy-text__text selectable" lang={language}>
        {text}
      </pre>
    </div>
  );
}
