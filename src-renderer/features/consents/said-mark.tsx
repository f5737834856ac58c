import type { Consent } from '#contract/engine/consents.ts';
import { IconCheck, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** Yes or no, with a sign of its own; one that a later word replaced stands struck out. */
export function SaidMark({ consent: { isGranted, isCurrent } }: { readonly consent: Consent }): JSX.Element {
  const { t } = useTranslation('consents');
  const Icon = isGranted ? IconCheck : IconX;
  return (
    <span className={`said${isCurrent ? '' : ' said--old'}`} title={isCurrent ? undefined : t('replaced')}>
      <Icon size={15} stroke={2.2} aria-hidden />
      <span>{t(isGranted ? 'said.yes' : 'said.no')}</span>
      {isCurrent ? null : <span className="unseen">({t('replaced')})</span>}
    </span>
  );
}
