import type { GatewayCheck, TellCheck } from '../../adapters/message-ports.ts';

type Check = (tell: TellCheck) => Promise<readonly GatewayCheck[]>;

/**
 * The steps of a check, each as soon as it is known. A gateway that says nothing until it has asked over the network is
 * given a first step, so that a user sees at once that it is being asked.
 */
export async function* toldChecks(check: Check): AsyncGenerator<GatewayCheck, void> {
  const told: GatewayCheck[] = [];
  const state: { all: readonly GatewayCheck[] | null } = { all: null };
  let wake = (): void => undefined;
  const ended = check((one) => {
    told.push(one);
    wake();
  }).then((all) => {
    state.all = all;
  });
  // Where nobody waits for it, because the user has gone, its failure is nobody's either.
  ended.catch(() => undefined);
  await new Promise((resolve) => setImmediate(resolve));
  const isAsking = state.all === null && told.length === 0;
  if (isAsking) yield asked();
  for (let at = 0; ;) {
    for (const one of (state.all ?? told).slice(at)) {
      at += 1;
      if (!isAsking || one.step !== 'settings' || one.outcome !== 'ok') yield one;
    }
    if (state.all !== null && at >= state.all.length) return;
    if (state.all === null && at === told.length)
      await Promise.race([ended, new Promise<void>((resolve) => (wake = resolve))]);
  }
}

function asked(): GatewayCheck {
  const detail = {
    en: 'The settings and keys are here. Now the other side is asked.',
    hi: 'सेटिंग और कुंजियाँ यहाँ हैं। अब दूसरी ओर पूछा जा रहा है।',
  };
  return { step: 'settings', outcome: 'ok', detail };
}
