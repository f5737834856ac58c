import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLateWords, type LateRange } from './late-label.tsx';
import { lateColour } from './lateness.ts';
import './aging-strip.css';
import { useMoneyWords } from './money-text.tsx';

type AgingStripProps = {
  /** One amount a bucket, from not due to the latest. Credits (below zero) take no width. */
  readonly amounts: readonly number[];
  readonly ranges: readonly LateRange[];
};

/** A tiny stacked bar: how old the money of one row is, in order from left (not due) to right (latest). */
export function AgingStrip({ amounts, ranges }: AgingStripProps): JSX.Element {
  const { t } = useTranslation('kit');
  const sayRange = useLateWords();
  const sayMoney = useMoneyWords();
  const total = amounts.reduce((sum, amount) => sum + Math.max(0, amount), 0);
  const parts = amounts.flatMap((amount, bucket) => {
    const range = ranges[bucket];
    return amount > 0 && range ? [`${sayRange(range)}: ${sayMoney(amount)}`] : [];
  });
  const label = parts.length === 0 ? t('strip.nothing') : parts.join(', ');
  return (
    <span className="aging-strip" role="img" aria-label={label} title={parts.join('\n') || label}>
      {amounts.map((amount, bucket) =>
        amount > 0 ? (
          <span
            key={bucket}
            className="aging-strip__part"
            style={{
              width: `${(amount * 100) / total}%`,
              background: lateColour(bucket, amounts.length),
            }}
          />
        ) : null,
      )}
    </span>
  );
}
