import type { JSX } from 'react';
import './aging-strip.css';
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
};

/**
 * The full-width aging bar: each bucket exactly as wide as its money, and below it one button a bucket, all of one
 * width, so that the smallest can be read and pressed as easily as the largest.
 */
export function StackedBar({ parts, actionWords, onPress }: StackedBarProps): JSX.Element {
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
        {parts.map(({ amountPaise, range, note }, index) => (
          <button
            type="button"
            key={index}
            className="stacked-bar__part"
            title={actionWords}
            onClick={() => onPress(index)}
          >
            <span className="stacked-bar__name">
              <span
                className="stacked-bar__swatch"
                style={{ background: lateColour(index, parts.length) }}
                aria-hidden="true"
              />
              {sayRange(range)}
            </span>
            <span className="stacked-bar__amount">
              <MoneyText paise={amountPaise} short withSign />
            </span>
            <span className="stacked-bar__note">{note}</span>
            <span className="unseen">{actionWords}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
