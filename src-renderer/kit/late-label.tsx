import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { lateColour } from './lateness.ts';
import './aging-strip.css';

/** A bucket as the rules tell it: its bounds in days late, inclusive; null is open. */
export type LateRange = { readonly fromDays: number | null; readonly toDays: number | null };

// Strips say their buckets at every frame in which the time machine moves, and looking words up is slow.
const known = new Map<string, string>();

/** Returns how to say a bucket: 'Not due', '1–30 days', 'Over 120 days'. */
export function useLateWords(): (range: LateRange) => string {
  const { t, i18n } = useTranslation('kit');
  return useMemo(() => {
    const sayAnew = ({ fromDays, toDays }: LateRange): string => {
      if (fromDays === null || (toDays !== null && toDays <= 0)) return t('late.notDue');
      if (toDays === null) return t('late.over', { days: fromDays - 1 });
      return t('late.between', { from: fromDays, to: toDays });
    };
    return (range) => {
      const key = `${i18n.language} ${range.fromDays} ${range.toDays}`;
      const words = known.get(key) ?? sayAnew(range);
      known.set(key, words);
      return words;
    };
  }, [t, i18n.language]);
}

type LateMarkProps = {
  readonly bucket: number;
  readonly bucketCount?: number | undefined;
};

/** The small coloured square that stands before a bucket's name. */
export function LateMark({ bucket, bucketCount }: LateMarkProps): JSX.Element {
  return <span className="late-mark" aria-hidden style={{ background: lateColour(bucket, bucketCount) }} />;
}
