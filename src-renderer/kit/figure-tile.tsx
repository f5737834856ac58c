import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconInfoCircle } from '@tabler/icons-react';
import { memo, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { explainByKey, ExplainButton } from './explain-button.tsx';
import './figure-tile.css';
import { MoneyText } from './money-text.tsx';

type FigureTileProps = {
  readonly label: string;
  readonly value: ReactNode;
  /** How the figure is made, in a sentence: on hover and on focus. */
  readonly definition: string;
  /** Change since the month before, and what it is measured from. */
  readonly changePaise?: number | undefined;
  readonly note?: ReactNode;
  /** Leads to what the figure is made of; the words are for a screen reader and the hover. */
  readonly open?: { readonly words: string; readonly go: () => void } | undefined;
  /** "How this number came to be": a button, and the key H while anything of the tile has the focus. */
  readonly explain?: (() => void) | undefined;
};

/** One figure of a screen with its change and its definition. */
export function FigureTile(props: FigureTileProps): JSX.Element {
  const { label, value, definition, changePaise, note, open, explain } = props;
  return (
    // The key is a shorter way to the button inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="figure card" onKeyDown={explain && ((event) => explainByKey(event, explain))}>
      <div className="figure__label">
        <span>{label}</span>
        <Definition label={label} definition={definition} />
        {explain ? <ExplainButton of={label} onPress={explain} /> : null}
      </div>
      {open ? (
        <UnstyledButton className="figure__value figure__value--opens" title={open.words} onClick={open.go}>
          {value}
          <span className="unseen"> {open.words}</span>
        </UnstyledButton>
      ) : (
        <div className="figure__value">{value}</div>
      )}
      <div className="figure__note">
        {changePaise === undefined ? null : <Change paise={changePaise} />}
        {note}
      </div>
    </div>
  );
}

type DefinitionProps = { readonly label: string; readonly definition: string };

// Remembered: a tooltip is the dearest part of a tile, and its words stay while the figure moves.
const Definition = memo(function Definition({ label, definition }: DefinitionProps): JSX.Element {
  const { t } = useTranslation('kit');
  return (
    <Tooltip label={definition} events={{ hover: true, focus: true, touch: true }}>
      <UnstyledButton className="figure__info" aria-label={t('figure.definition', { label, definition })}>
        <IconInfoCircle size={15} aria-hidden />
      </UnstyledButton>
    </Tooltip>
  );
});

function Change({ paise }: { readonly paise: number }): JSX.Element {
  const { t } = useTranslation('kit');
  if (paise === 0) return <span>{t('figure.same')}</span>;
  const Arrow = paise > 0 ? IconArrowUpRight : IconArrowDownRight;
  return (
    <span className="figure__change">
      <Arrow size={14} aria-hidden />
      <span className="unseen">{t(paise > 0 ? 'figure.more' : 'figure.less')}</span>
      <MoneyText paise={Math.abs(paise)} short withSign />
      <span>{t('figure.sinceMonth')}</span>
    </span>
  );
}
