import type { JSX } from 'react';
import './aging-strip.css';
import { explainByKey, ExplainButton } from './explain-button.tsx';
import { useLateWords, type LateRange } from './late-label.tsx';
import { lateColour } from './lateness.ts';
import { LiveText, useLive, type Live } from './live.tsx';
import { LiveMoney } from './money-text.tsx';

type StackedBarProps<T> = {
  readonly live: Live<T>;
  readonly ranges: readonly LateRange[];
  /** One amount a bucket. */
  readonly amountsOf: (value: T) => readonly number[];
  /** A line under each amount, e.g. how many bills. */
  readonly sayNote: (value: T, index: number) => string;
  /** What pressing a part does, for a screen reader: 'Show the bills'. */
  readonly actionWords: string;
  readonly onPress: (index: number) => void;
  /** "How this number came to be" of a part. */
  readonly onExplain?: ((index: number) => void) | undefined;
};

/**
 * The full-width aging bar: each bucket exactly as wide as its money, and below it one button a bucket, all of one
 * width, so that the smallest can be read and pressed as easily as the largest. Drawn once: what moves is written.
 */
export function StackedBar<T>(props: StackedBarProps<T>): JSX.Element {
  return (
    <div className="stacked-bar">
      <div>
        <Track {...props} />
      </div>
      <div className="stacked-bar__parts">
        {props.ranges.map((range, index) => (
          <PartButton key={index} {...props} range={range} index={index} />
        ))}
      </div>
    </div>
  );
}

function Track<T>({ live, ranges, amountsOf, onPress }: StackedBarProps<T>): JSX.Element {
  const sayRange = useLateWords();
  const ref = useLive<HTMLDivElement, T>(live, (element, value) => {
    const amounts = amountsOf(value);
    const total = amounts.reduce((sum, amount) => sum + Math.max(0, amount), 0);
    ranges.forEach((_, index) => {
      const part = element.children[index];
      const amount = amounts[index] ?? 0;
      if (!(part instanceof HTMLElement)) return;
      part.hidden = amount <= 0;
      // In percent: shares that add up to less than one would leave some of the bar empty.
      part.style.flexGrow = String(amount <= 0 ? 0 : (amount * 100) / total);
    });
  });
  return (
    <div ref={ref} className="stacked-bar__track" aria-hidden="true">
      {ranges.map((range, index) => (
        <button
          type="button"
          tabIndex={-1}
          key={index}
          className="stacked-bar__colour"
          style={{ background: lateColour(index, ranges.length) }}
          title={sayRange(range)}
          aria-label={sayRange(range)}
          onClick={() => onPress(index)}
        />
      ))}
    </div>
  );
}

type PartButtonProps<T> = StackedBarProps<T> & { readonly range: LateRange; readonly index: number };

function PartButton<T>(props: PartButtonProps<T>): JSX.Element {
  const { live, ranges, range, index, actionWords, onPress, onExplain } = props;
  const name = useLateWords()(range);
  const explain = onExplain && ((): void => onExplain(index));
  return (
    // The key is a shorter way to the button inside.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="stacked-bar__box" onKeyDown={explain && ((event) => explainByKey(event, explain))}>
      <button type="button" className="stacked-bar__part" title={actionWords} onClick={() => onPress(index)}>
        <span className="stacked-bar__name">
          <span
            className="stacked-bar__swatch"
            style={{ background: lateColour(index, ranges.length) }}
            aria-hidden="true"
          />
          <span className="stacked-bar__range">{name}</span>
        </span>
        <span className="stacked-bar__amount">
          <LiveMoney
            live={live}
            of={(value) => props.amountsOf(value)[index] ?? 0}
            short
            withSign
            className="live-box"
          />
        </span>
        <span className="stacked-bar__note">
          <LiveText live={live} say={(value) => props.sayNote(value, index)} className="live-box" />
        </span>
        <span className="unseen">{actionWords}</span>
      </button>
      {explain ? <ExplainButton of={name} onPress={explain} /> : null}
    </div>
  );
}
