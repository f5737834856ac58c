import type { GatewayCheckShown } from '#contract/engine/gateways.ts';

/** Whether all that was tried went well; a warning does not stop anything. */
export function hasPassed(steps: readonly GatewayCheckShown[]): boolean {
  return steps.length > 0 && steps.every(({ outcome }) => outcome !== 'failed');
}

/** Whether a message to the owner left in this test. */
export function hasSent(steps: readonly GatewayCheckShown[]): boolean {
  return steps.some(({ step, outcome }) => step === 'send' && (outcome === 'ok' || outcome === 'warning'));
}
