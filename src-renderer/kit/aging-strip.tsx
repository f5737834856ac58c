import type { JSX, PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLateWords, type LateRange } from './late-label.tsx';
import { lateColour } from './lateness.ts';
import { useLive, type Live } from './live.tsx';
import './aging-strip.css';
import { useMoneyWords } from './money-text.tsx';

type AgingStripProps = {
  /** One amount a bucket, from not due to the latest. Credits (below zero) take no width. */
  readonly amounts: readonly number[];
  readonly ranges: readonly LateRange[];
};

/** A tiny stacked bar: how old the money of one row is, in order from left (not due) to right (latest). */
export function AgingStrip({ amounts, ranges }: AgingStripProps): JSX.Element {
  const label = useStripWords(ranges)(amounts);
  return (
    <span
      className="aging-strip"
      role="img"
      aria-label={label}
      style={{ backgroundImage: stripImage(amounts) }}
      onPointerEnter={showParts}
    />
  );
}

type LiveStripProps<T> = {
  readonly live: Live<T>;
  /** undefined: there is no row. */
  readonly of: (value: T) => readonly number[] | undefined;
  readonly ranges: readonly LateRange[];
};

/** The same, following a live value. */
export function LiveStrip<T>({ live, of, ranges }: LiveStripProps<T>): JSX.Element {
  const say = useStripWords(ranges);
  const ref = useLive<HTMLSpanElement, T>(live, (element, value) => {
    const amounts = of(value) ?? [];
    const label = say(amounts);
    // The label says every amount: the same label is the same strip.
    if (element.ariaLabel === label) return;
    element.ariaLabel = label;
    element.style.backgroundImage = stripImage(amounts) ?? '';
  });
  return <span ref={ref} className="aging-strip" role="img" onPointerEnter={showParts} />;
}

/** The label a line a part, on hover; looked up only when somebody points at it. */
function showParts({ currentTarget }: PointerEvent<HTMLElement>): void {
  currentTarget.title = (currentTarget.ariaLabel ?? '').replaceAll('; ', '\n');
}

function useStripWords(ranges: readonly LateRange[]): (amounts: readonly number[]) => string {
  const { t } = useTranslation('kit');
  const sayRange = useLateWords();
  const sayMoney = useMoneyWords();
  return (amounts) => {
    const parts = amounts.flatMap((amount, bucket) => {
      const range = ranges[bucket];
      return amount > 0 && range ? [`${sayRange(range)}: ${sayMoney(amount)}`] : [];
    });
    return parts.length === 0 ? t('strip.nothing') : parts.join('; ');
  };
}

/** The smallest part that can still be seen, in percent of the strip. */
const LEAST_PERCENT = 2.5;
const GAP = 'var(--line)';

/**
 * The parts as one picture with hard edges: a box for each would be laid out and painted for itself, six in each of
 * thirty rows. Undefined where nothing is owed.
 */
function stripImage(amounts: readonly number[]): string | undefined {
  const total = amounts.reduce((sum, amount) => sum + Math.max(0, amount), 0);
  if (total <= 0) return undefined;
  const parts = amounts.flatMap((amount, bucket) =>
    amount > 0
      ? [
          {
            colour: lateColour(bucket, amounts.length),
            percent: Math.max(LEAST_PERCENT, (amount * 100) / total),
          },
        ]
      : [],
  );
  const whole = parts.reduce((sum, { percent }) => sum + percent, 0);
  let at = 0;
  const stops = parts.map(({ colour, percent }, index) => {
    const from = at;
    at += (percent * 100) / whole;
    if (index === parts.length - 1) return `${colour} ${from}% 100%`;
    return `${colour} ${from}% calc(${at}% - 1px), ${GAP} calc(${at}% - 1px) ${at}%`;
  });
  return `linear-gradient(to right, ${stops.join(', ')})`;
}
