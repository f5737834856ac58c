import type { Claim } from '#contract/engine/replies.ts';
import { MoneyText } from '#kit/money-text.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ClaimHead } from './claim-head.tsx';

/** What became of a claim that somebody has looked at. */
export function ClaimSettled({ claim }: { readonly claim: Claim }): JSX.Element {
  const { t } = useTranslation('replies');
  return (
    <>
      <ClaimHead claim={claim} />
      <p className="claims__how">
        {t(`claims.became.${claim.state}`)}
        {claim.amountPaise === null ? null : (
          <>
            {' '}
            <MoneyText paise={claim.amountPaise} withSign />
          </>
        )}
      </p>
    </>
  );
}
