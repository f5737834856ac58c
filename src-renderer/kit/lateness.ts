/**
 * Colour means lateness and nothing else: one ordered scale from calm grey (not due) to deep red.
 * Lightness falls (on white) or rises and turns (on black) step by step, so that the order is seen without hue too.
 */
const LATE_STEPS = 6;

const light = ['#c5cad2', '#f3d55b', '#f0a732', '#df6f2c', '#be3a25', '#7b0f17'] as const;
const dark = ['#626a76', '#f7e394', '#f6bb54', '#ef8a43', '#e5593f', '#d22f47'] as const;

/** The scale as CSS variables --late-0 … --late-5, tuned for each theme. */
export const latenessVariables: {
  readonly light: Record<string, string>;
  readonly dark: Record<string, string>;
} = { light: variablesOf(light), dark: variablesOf(dark) };

function variablesOf(scale: readonly string[]): Record<string, string> {
  return Object.fromEntries(scale.map((colour, step) => [`--late-${step}`, colour]));
}

/** Where a bucket stands on the scale: 0 not due, 1 to 5 the late ones, fractions between two steps. */
export function latePlace(bucket: number, bucketCount: number = LATE_STEPS): number {
  if (bucket <= 0) return 0;
  if (bucketCount <= 2) return LATE_STEPS - 1;
  const share = (Math.min(bucket, bucketCount - 1) - 1) / (bucketCount - 2);
  return 1 + share * (LATE_STEPS - 2);
}

/** The colour of a bucket. However many there are, no two are alike: between two steps the colours are mixed. */
export function lateColour(bucket: number, bucketCount: number = LATE_STEPS): string {
  const place = latePlace(bucket, bucketCount);
  const step = Math.floor(place);
  const percent = Math.round((place - step) * 100);
  if (percent === 0) return `var(--late-${step})`;
  return `color-mix(in oklab, var(--late-${step + 1}) ${percent}%, var(--late-${step}))`;
}
