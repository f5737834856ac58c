/** Why a day's run is empty. */
export const nothings = ['setup', 'nobody-owes', 'nothing-due', 'all-approved', 'filtered'] as const;
export type Nothing = (typeof nothings)[number];

type Cadence = { readonly cadenceId: number; readonly name: string; readonly isOn: boolean };
type Gateway = { readonly channel: string; readonly isOn: boolean; readonly hasReachedOwner: boolean };
type Known = {
  readonly business: { readonly phone: string | null };
  readonly gateways: readonly Gateway[];
  readonly cadences: readonly Cadence[];
  readonly assignments: readonly { readonly cadenceId: number | null }[];
};

type Step<Name extends string, Missing extends string> = {
  readonly step: Name;
  readonly isDone: boolean;
  /** Which sentence says how far it is. */
  readonly says: Missing | 'done';
};

export type SetupStep =
  | Step<'business', 'none'>
  | Step<'gateway', 'none' | 'untested'>
  | Step<'cadence', 'none' | 'off'>
  /** `only`: the one cadence that is switched on, where there is but one. */
  | (Step<'whom', 'none'> & { readonly only: Cadence | undefined });

/** What the first reminder needs, in the order in which it is best set up. */
export function setupOf({ business, gateways, cadences, assignments }: Known): readonly SetupStep[] {
  const senders = gateways.filter(({ channel, isOn }) => channel !== 'payment' && isOn);
  const acting = cadences.filter(({ isOn }) => isOn);
  const hasTested = senders.some(({ hasReachedOwner }) => hasReachedOwner);
  const isAssigned = assignments.some(({ cadenceId }) => cadenceId !== null);
  return [
    { step: 'business', isDone: business.phone !== null, says: business.phone === null ? 'none' : 'done' },
    {
      step: 'gateway',
      isDone: hasTested,
      says: hasTested ? 'done' : senders.length === 0 ? 'none' : 'untested',
    },
    {
      step: 'cadence',
      isDone: acting.length > 0,
      says: acting.length > 0 ? 'done' : cadences.length === 0 ? 'none' : 'off',
    },
    {
      step: 'whom',
      isDone: isAssigned,
      says: isAssigned ? 'done' : 'none',
      only: acting.length === 1 ? acting[0] : undefined,
    },
  ];
}

/**
 * Undefined = not known yet. A missing telephone empties a run only where the texts name it, which the run itself tells; a
 * gateway that is not tested plans like any other.
 */
export function nothingOf(known: Known | undefined): Nothing {
  if (known === undefined) return 'nothing-due';
  const isMissing = setupOf(known).some(
    ({ step, says }) => step !== 'business' && says !== 'done' && says !== 'untested',
  );
  return isMissing ? 'setup' : 'nothing-due';
}
