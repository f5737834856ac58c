import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { orpc, problemOf, type CallProblem } from '../../client.ts';
import { wishOf, type TemplateDraft } from './draft.ts';

/** So long nothing is typed before the engine is asked. */
const WAIT_MILLISECONDS = 250;
/** Every pause in typing asks anew: the answers before are of no use for long. */
const KEPT_MILLISECONDS = 30_000;

export type Preview = Awaited<ReturnType<typeof orpc.templates.preview.call>>;

/** The draft as a customer would get it; while the next answer comes, the last one stands. */
export function usePreview(
  draft: TemplateDraft,
  customerId: number | null,
): { readonly preview: Preview | undefined; readonly problem: CallProblem | undefined } {
  const [settled] = useDebouncedValue(draft, WAIT_MILLISECONDS);
  const wish = { draft: wishOf(settled) };
  const { data, error } = useQuery({
    ...orpc.templates.preview.queryOptions({
      input: customerId === null ? wish : { ...wish, customerId },
    }),
    gcTime: KEPT_MILLISECONDS,
  });
  return { preview: data, problem: error ? problemOf(error) : undefined };
}
