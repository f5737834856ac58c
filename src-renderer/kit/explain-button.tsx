import { IconListTree } from '@tabler/icons-react';
import type { JSX, KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import './figure-tile.css';

type ExplainButtonProps = {
  /** The figure's name, for a screen reader. */
  readonly of: string;
  readonly onPress: () => void;
};

/** "How this number came to be": small, beside any figure. */
export function ExplainButton({ of, onPress }: ExplainButtonProps): JSX.Element {
  const { t } = useTranslation('kit');
  return (
    <button
      type="button"
      className="explain-button"
      title={t('explain.title')}
      aria-label={t('explain.label', { of })}
      aria-keyshortcuts="H"
      onClick={onPress}
    >
      <IconListTree size={13} aria-hidden />
      {t('explain.short')}
    </button>
  );
}

/** H, alone, on whatever of the figure has the focus. With a Hindi keyboard the key's place counts. */
export function explainByKey(event: KeyboardEvent, explain: () => void): void {
  const isH = event.key.toLowerCase() === 'h' || event.code === 'KeyH';
  if (!isH || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  event.stopPropagation();
  explain();
}
