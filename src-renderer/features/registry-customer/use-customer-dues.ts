import type { PublishedDue } from '#contract/engine/registry.ts';
import { dueSaidOf } from '#domain/registry/due-said.ts';
import { dayWords } from '#kit/day-text.tsx';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';

const NO_DUES: readonly PublishedDue[] = [];

/** Whether the book has ever had to do with a registry: else nothing of it is shown anywhere. */
export function useIsMember(): boolean {
  const { data } = useQuery(orpc.registry.membership.queryOptions());
  return data !== undefined && data.status !== 'off' && data.status !== 'applied';
}

/** What this membership can still do; whoever left only sees what was said. */
export function useMay(): { readonly ask: boolean; readonly publish: boolean } {
  const { data } = useQuery(orpc.registry.membership.queryOptions());
  const isIn = data?.status === 'member' || data?.status === 'pending' || data?.status === 'suspended';
  return { ask: isIn, publish: isIn && data.purpose !== 'check' };
}

/** What was published: of one customer, or of all. Nothing is asked where there is no membership. */
export function usePublished(customerId?: number): readonly PublishedDue[] {
  const isMember = useIsMember();
  const { data = NO_DUES } = useQuery(
    orpc.registry.published.queryOptions({
      input: customerId === undefined ? {} : { customerId },
      enabled: isMember,
      // Another customer's dues are no placeholder for these.
      placeholderData: undefined,
    }),
  );
  return isMember ? data : NO_DUES;
}

/** Returns how to say what others see of a due just now: in a word, and in a sentence. */
export function useDueWords(): (due: PublishedDue) => { readonly short: string; readonly sentence: string } {
  const { t } = useTranslation('registry');
  return (due) => {
    const said = dueSaidOf(due);
    const key = said === 'notice-running' && due.visibleFrom === null ? 'notice-sent' : said;
    const sentence =
      said === 'refused' && due.errorCode !== null
        ? t(`itemError.${due.errorCode}`)
        : t(`said.${key}`, {
            day: due.visibleFrom === null ? '' : dayWords(due.visibleFrom),
            reason: due.dispute === null ? '' : t(`reason.${due.dispute.reason}`),
          });
    return { short: t(`saidShort.${said}`), sentence };
  };
}
