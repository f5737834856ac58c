import { bucketsOf, type AgingFigures, type AgingView } from '../aging.ts';
import type { StripPart } from './paper.ts';
import { filled, moneyWithSign } from './texts.ts';
import type { PaperWords } from './words/wording.ts';

/** The smallest part that can still be seen, in thousandths of the strip. */
const LEAST_PERMILLE = 25;
const LATEST_PLACE = 5;

/** Where a bucket stands on the ordered scale of lateness: 0 not due, 1 to 5 the late ones. */
export function latenessPlace(bucket: number, bucketCount: number): number {
  if (bucket <= 0) return 0;
  if (bucketCount <= 2) return LATEST_PLACE;
  return 1 + ((Math.min(bucket, bucketCount - 1) - 1) / (bucketCount - 2)) * (LATEST_PLACE - 1);
}

/** The aging of one customer as parts of a strip. Buckets below zero (more credit than bills) take no width. */
export function stripOf(
  figures: AgingFigures,
  {
    view,
    words,
    currency,
  }: { readonly view: AgingView; readonly words: PaperWords; readonly currency: string },
): readonly StripPart[] {
  const widths = shares(figures.buckets);
  return bucketsOf(view.bounds).map(({ fromDays, toDays }, at, all) => ({
    label: label(fromDays, toDays, words),
    value: moneyWithSign(figures.buckets[at] ?? 0, currency),
    permille: widths[at] ?? 0,
    place: latenessPlace(at, all.length),
  }));
}

function label(fromDays: number | null, toDays: number | null, words: PaperWords): string {
  if (fromDays === null) return words.notDue;
  if (toDays === null) return filled(words.lateMore, { from: fromDays - 1 });
  return filled(words.lateDays, { from: fromDays, to: toDays });
}

/** Whole thousandths that add up to 1000; what rounding leaves goes to the largest part. */
export function shares(amounts: readonly number[]): readonly number[] {
  const total = amounts.reduce((sum, amount) => sum + Math.max(0, amount), 0);
  if (total <= 0) return amounts.map(() => 0);
  const seen = amounts.map((amount) => (amount > 0 ? Math.max(LEAST_PERMILLE, (amount / total) * 1000) : 0));
  const whole = seen.reduce((sum, one) => sum + one, 0);
  const rounded = seen.map((one) => Math.floor((one * 1000) / whole));
  const largest = rounded.indexOf(Math.max(...rounded));
  const rest = 1000 - rounded.reduce((sum, one) => sum + one, 0);
  return rounded.map((one, at) => (at === largest ? one + rest : one));
}
