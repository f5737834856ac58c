import type { GatewayShown } from '#contract/engine/gateways.ts';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { wishOfGateway } from './form-values.ts';
import { placesAfterMove } from './gateway-order.ts';

export type GatewayActions = {
  readonly isBusy: boolean;
  /** Off: nothing leaves through it; what it was to send goes through the next one, or waits. */
  readonly turn: (gateway: GatewayShown, isOn: boolean) => void;
  readonly move: (group: readonly GatewayShown[], gatewayId: number, step: -1 | 1) => void;
  readonly resume: (gateway: GatewayShown) => void;
  readonly remove: (gateway: GatewayShown) => void;
};

/** What can be done with a gateway in the list; each says what it did. */
export function useGatewayActions(): GatewayActions {
  const { t } = useTranslation('gateways');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const [isBusy, setBusy] = useState(false);
  const run = (job: () => Promise<void>): void => {
    setBusy(true);
    job()
      .then(async () => queryClient.invalidateQueries({ queryKey: orpc.gateways.key() }))
      .catch(tell)
      .finally(() => setBusy(false));
  };
  const turnTo = async (gateway: GatewayShown, isOn: boolean): Promise<unknown> =>
    client.gateways.save({ ...wishOfGateway(gateway), isOn });
  return {
    isBusy,
    turn: (gateway, isOn) =>
      run(async () => {
        await turnTo(gateway, isOn);
        done({
          message: t(isOn ? 'done.on' : 'done.off', { name: gateway.name }),
          undo: async () => turnTo(gateway, !isOn),
        });
      }),
    move: (group, gatewayId, step) =>
      run(async () => {
        for (const { gatewayId: id, place } of placesAfterMove(group, gatewayId, step)) {
          const gateway = group.find((one) => one.gatewayId === id);
          if (gateway) await client.gateways.save({ ...wishOfGateway(gateway), place });
        }
      }),
    resume: ({ gatewayId, name }) =>
      run(async () => {
        const { freedCount } = await client.gateways.resume({ gatewayId });
        const said = freedCount === 0 ? 'done.resumedNone' : 'done.resumed';
        done({ message: t(said, { name, count: freedCount }) });
      }),
    remove: ({ gatewayId, name }) =>
      run(async () => {
        await client.gateways.remove({ gatewayId });
        done({ message: t('done.removed', { name }) });
      }),
  };
}
