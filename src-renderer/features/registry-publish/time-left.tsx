import { useMinutesUntil } from '#kit/ago-text.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';

const MINUTES_AN_HOUR = 60;

/** '23 h 40 min left': until an instant, in UTC milliseconds. */
export function TimeLeft({ until }: { readonly until: number }): JSX.Element {
  const { t } = useTranslation('registry');
  const minutes = useMinutesUntil(until);
  if (minutes <= 0) return <>{t('left.over')}</>;
  if (minutes < MINUTES_AN_HOUR) return <>{t('left.minutes', { minutes })}</>;
  return (
    <>
      {t('left.hours', { hours: Math.floor(minutes / MINUTES_AN_HOUR), minutes: minutes % MINUTES_AN_HOUR })}
    </>
  );
}
