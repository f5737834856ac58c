import { Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowDownRight, IconArrowUpRight, IconInfoCircle } from '@tabler/icons-react';
import { memo, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { explainByKey, ExplainButton } from './explain-button.tsx';
import './figure-tile.css';
import { useLive, type Live } from './live.tsx';
import { LiveMoney } from './money-text.tsx';

type FigureTileProps = {
  readonly label: string;
  readonly value: ReactNode;
  /** How the figure is made, in a sentence: on hover and on focus. */
  readonly definition: string;
  /** What is said under the figure, e.g. its change since the month before. */
  readonly note?: ReactNode;
  /** Leads to what the figure is made of; the words are for a screen reader and the hover. */
  readonly open?: { readonly words: string; readonly go: () => void } | undefined;
  /** "How this number came to be": a button, and the key H while anything of the tile has the focus. */
  readonly explain?: (() => void) | undefined;
};

/** One figure of a screen with its change and its definition. */
export function FigureTile(props: FigureTileProps): JSX.Element {
  const { label, value, definition, note, open, explain } = props;
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
      <div className="figure__note">{note}</div>
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

type FigureChangeProps<T> = { readonly live: Live<T>; readonly of: (value: T) => number };

/** How a figure has moved in a month: both arrows stand there, and which is seen follows the live value. */
export function FigureChange<T>({ live, of }: FigureChangeProps<T>): JSX.Element {
  const { t } = useTranslation('kit');
  const ref = useLive<HTMLSpanElement, T>(live, (element, value) => {
    const paise = of(value);
    const way = paise === 0 ? 'same' : paise > 0 ? 'more' : 'less';
    if (element.dataset['way'] !== way) element.dataset['way'] = way;
  });
  return (
    <span ref={ref} className="figure__change">
      <IconArrowUpRight size={14} aria-hidden className="figure__more" />
      <IconArrowDownRight size={14} aria-hidden className="figure__less" />
      <span className="unseen figure__more">{t('figure.more')}</span>
      <span className="unseen figure__less">{t('figure.less')}</span>
      <LiveMoney live={live} of={(value) => Math.abs(of(value)) || undefined} short withSign />
      <span className="figure__moved">{t('figure.sinceMonth')}</span>
      <span className="figure__same">{t('figure.same')}</span>
    </span>
  );
}
