/** Why a day's run is empty, the first thing to put right first. */
export const nothings = [
  'no-cadence',
  'cadence-off',
  'not-assigned',
  'no-gateway',
  'nothing-due',
  'all-approved',
  'filtered',
] as const;
export type Nothing = (typeof nothings)[number];

type OnOrOff = { readonly isOn: boolean };
type Cadences = {
  readonly cadences: readonly OnOrOff[];
  readonly assignments: readonly { readonly cadenceId: number | null }[];
};

/** Undefined = not known yet. Letters and calls need no gateway, but whoever has none most likely waits for more than those. */
export function nothingOf(known: Cadences | undefined, gateways: readonly OnOrOff[] | undefined): Nothing {
  if (known?.cadences.length === 0) return 'no-cadence';
  if (known && !known.cadences.some(({ isOn }) => isOn)) return 'cadence-off';
  if (known && !known.assignments.some(({ cadenceId }) => cadenceId !== null)) return 'not-assigned';
  if (gateways && !gateways.some(({ isOn }) => isOn)) return 'no-gateway';
  return 'nothing-due';
}
