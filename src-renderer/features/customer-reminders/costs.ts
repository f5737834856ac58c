const MICROS_A_PAISA = 10_000;

/** Millionths of a rupee → whole paise, half up: what a message costs is shown, not booked. */
export function paiseOfMicros(micros: number): number {
  return Math.round(micros / MICROS_A_PAISA);
}
