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

/** The full-width aging bar: each bucket as wide as its money (never too small to press), named below. */
export function StackedBar({ parts, actionWords, onPress }: StackedBarProps): JSX.Element {
  const sayRange = useLateWords();
  return (
    <div className="stacked-bar">
      {parts.map(({ amountPaise, range, note }, index) => (
        <button
          type="button"
          key={index}
          className="stacked-bar__part"
          style={{ flex: `${Math.max(0, amountPaise)} 1 0` }}
          title={actionWords}
          onClick={() => onPress(index)}
        >
          <span className="stacked-bar__colour" style={{ background: lateColour(index, parts.length) }} />
          <span className="stacked-bar__words">
            <span className="stacked-bar__name">{sayRange(range)}</span>
            <span className="stacked-bar__amount">
              <MoneyText paise={amountPaise} short withSign />
            </span>
            <span className="stacked-bar__note">{note}</span>
          </span>
          <span className="unseen">{actionWords}</span>
        </button>
      ))}
    </div>
  );
}
