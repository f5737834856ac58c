import type { JSX } from 'react';
import './aging-strip.css';
import { explainByKey, ExplainButton } from './explain-button.tsx';
import { useLateWords, type LateRange } from './late-label.tsx';
import { lateColour } from './lateness.ts';
import { MoneyText } from './money-text.tsx';

export type BarPart = {
  readonly amountPaise: number;
  readonly range: LateRange;
  /** A line under the amount, e.g. how many bills. */
  readonly note: string;
};

type StackedBarProps = {
  readonly parts: readonly BarPart[];
  /** What pressing a part does, for a screen reader: 'Show the bills'. */
  readonly actionWords: string;
  readonly onPress: (index: number) => void;
  /** "How this number came to be" of a part. */
  readonly onExplain?: ((index: number) => void) | undefined;
};

/**
 * The full-width aging bar: each bucket exactly as wide as its money, and below it one button a bucket, all of one
 * width, so that the smallest can be read and pressed as easily as the largest.
 */
export function StackedBar({ parts, actionWords, onPress, onExplain }: StackedBarProps): JSX.Element {
  const sayRange = useLateWords();
  return (
    <div className="stacked-bar">
      <div className="stacked-bar__track" aria-hidden="true">
        {parts.map(({ amountPaise, range }, index) =>
          amountPaise <= 0 ? null : (
            <button
              type="button"
              tabIndex={-1}
              key={index}
              className="stacked-bar__colour"
              style={{ flex: `${amountPaise} 1 0`, background: lateColour(index, parts.length) }}
              title={sayRange(range)}
              aria-label={sayRange(range)}
              onClick={() => onPress(index)}
            />
          ),
        )}
      </div>
      <div className="stacked-bar__parts">
        {parts.map((part, index) => (
          <PartButton
            key={index}
            part={part}
            colour={lateColour(index, parts.length)}
            actionWords={actionWords}
            onPress={() => onPress(index)}
            onExplain={onExplain && (() => onExplain(index))}
          />
        ))}
      </div>
    </div>
  );
}

type PartButtonProps = {
  readonly part: BarPart;
  readonly colour: string;
  readonly actionWords: string;
  readonly onPress: () => void;
  readonly onExplain: (() => void) | undefined;
};

function PartButton({ part, colour, actionWords, onPress, onExplain }: PartButtonProps): JSX.Element {
  const sayRange = useLateWords();
  const name = sayRange(part.range);
  return (
    // The key is a shorter way to the button inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="stacked-bar__box" onKeyDown={onExplain && ((event) => explainByKey(event, onExplain))}>
      <button type="button" className="stacked-bar__part" title={actionWords} onClick={onPress}>
        <span className="stacked-bar__name">
          <span className="stacked-bar__swatch" style={{ background: colour }} aria-hidden="true" />
          <span className="stacked-bar__range">{name}</span>
        </span>
        <span className="stacked-bar__amount">
          <MoneyText paise={part.amountPaise} short withSign />
        </span>
        <span className="stacked-bar__note">{part.note}</span>
        <span className="unseen">{actionWords}</span>
      </button>
      {onExplain ? <ExplainButton of={name} onPress={onExplain} /> : null}
    </div>
  );
}
