import type { DifferenceCause } from '#contract/engine/sync-words.ts';
import type { TieOutParty } from '#contract/engine/sync.ts';
import { useMemo, type JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** Returns how to say why a party differs, most likely cause first, and how many of its bills do. */
export function useCauseWords(): {
  readonly ofCauses: (causes: readonly DifferenceCause[]) => string;
  readonly ofParty: (party: TieOutParty) => string;
} {
  const { t } = useTranslation('tally-tie-out');
  return useMemo(() => {
    const ofCauses = (causes: readonly DifferenceCause[]): string =>
      causes.map((cause) => t(`cause.${cause}`)).join(', ');
    return {
      ofCauses,
      ofParty: ({ causes, differingBillCount: count }) =>
        [ofCauses(causes), count === 0 ? '' : t('billsDiffer', { count })].filter(Boolean).join(' · '),
    };
  }, [t]);
}

/** Each cause with a sentence that says what to do about it in Tally. */
export function CauseList({ causes }: { readonly causes: readonly DifferenceCause[] }): JSX.Element | null {
  const { t } = useTranslation('tally-tie-out');
  if (causes.length === 0) return null;
  return (
    <dl className="causes">
      {causes.map((cause) => (
        <div key={cause} className="causes__one">
          <dt>{t(`cause.${cause}`)}</dt>
          <dd>{t(`why.${cause}`)}</dd>
        </div>
      ))}
    </dl>
  );
}
