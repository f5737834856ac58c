import type { TallyLook } from '#contract/engine/sync.ts';
import { useQuery } from '@tanstack/react-query';
import { client, problemOf, type CallProblem } from '../../client.ts';
import type { Address } from './connecting.ts';

type Look = {
  /** undefined until the first look has come back. */
  readonly looks: readonly TallyLook[] | undefined;
  readonly problem: CallProblem | null;
  readonly isLooking: boolean;
  readonly lookAgain: () => void;
};

/**
 * What stands at an address that was typed, else on this computer only: no other machine is asked before somebody types
 * its name. The keys are ours, not the calls': a change in the book is no reason to bother Tally again.
 */
export function useLook(asked: Address | null, isOn: boolean): Look {
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['tally-look', asked?.host ?? '', asked?.port ?? 0],
    queryFn: async ({ signal }): Promise<readonly TallyLook[]> =>
      asked === null
        ? client.sync.find(undefined, { signal })
        : [await client.sync.look({ ...asked }, { signal })],
    enabled: isOn,
    refetchOnMount: 'always',
    // Another address is another answer: the last one's companies must not be seen meanwhile.
    placeholderData: undefined,
  });
  return {
    looks: error ? undefined : data,
    problem: error ? problemOf(error) : null,
    isLooking: isFetching,
    lookAgain: () => void refetch(),
  };
}
