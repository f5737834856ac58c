import type { RegistryConsent } from '#contract/engine/registry.ts';

export const consentSteps = ['asked', 'approved', 'looked', 'expires'] as const;
export type ConsentStep = (typeof consentSteps)[number];

/** 'stopped': the way ended here. */
export type StepAt = 'done' | 'now' | 'to-come' | 'stopped';

export type StepShown = { readonly step: ConsentStep; readonly at: StepAt };

type State = RegistryConsent['state'];

/** How far each state has come: how many steps are done, and whether the next one is where it stopped. */
const FAR: Readonly<Record<State, readonly [done: number, isStopped: boolean]>> = {
  queued: [0, false],
  sent: [1, false],
  held: [1, false],
  granted: [2, false],
  used: [3, false],
  denied: [1, true],
  revoked: [1, true],
  expired: [1, true],
};

/** The way of a consent as a line. A leave to report is not looked at: it has no such step. */
export function stepsOf({
  state,
  purpose,
  checkId,
}: Pick<RegistryConsent, 'state' | 'purpose' | 'checkId'>): readonly StepShown[] {
  const [far, isStopped] = FAR[state];
  // What expired after it was approved or used says so by the look that was taken.
  const done = state === 'expired' && checkId !== null ? 3 : far;
  return consentSteps
    .map((step, index): StepShown => ({
      step,
      at: index < done ? 'done' : index === done ? (isStopped ? 'stopped' : 'now') : 'to-come',
    }))
    .filter(({ step }) => purpose === 'TC01' || step !== 'looked');
}

/** Whether the one look may be taken now. */
export function canLook({ purpose, state }: Pick<RegistryConsent, 'purpose' | 'state'>): boolean {
  return purpose === 'TC01' && state === 'granted';
}

/** Whether the request can be taken back, or the consent given up. */
export function canDrop({ state }: Pick<RegistryConsent, 'state'>): boolean {
  return state === 'queued' || state === 'sent' || state === 'held' || state === 'granted';
}

/** Where a consent stands among the others: what can be used first, what waits, what is over. */
export function rankOf({ state }: Pick<RegistryConsent, 'state'>): number {
  return ['granted', 'queued', 'sent', 'held', 'used', 'denied', 'revoked', 'expired'].indexOf(state);
}
