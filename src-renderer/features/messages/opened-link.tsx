import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

/** The address that was opened, for whoever's browser did not come up. */
export function OpenedLink({ url }: { readonly url: string }): JSX.Element {
  const { t } = useTranslation('messages');
  return (
    <p className="opened-link">
      {t('hand.opened')} <span className="selectable opened-link__url">{url}</span>
    </p>
  );
}
