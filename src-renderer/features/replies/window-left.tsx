import { IconClockHour4 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { minutesLeft } from './answer-ways.ts';
import { instantWords } from '#kit/instant-text.ts';
import { useNow } from './use-now.ts';

const MINUTES_AN_HOUR = 60;

/** How long one may still write freely on WhatsApp; nothing where that is over or no matter. */
export function WindowLeft({ until }: { readonly until: number | null }): JSX.Element | null {
  const { t } = useTranslation('replies');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const minutes = minutesLeft(until, useNow());
  if (until === null || minutes === 0) return null;
  const hours = Math.floor(minutes / MINUTES_AN_HOUR);
  const left =
    hours === 0
      ? t('window.minutes', { minutes })
      : t('window.hours', { hours, minutes: minutes % MINUTES_AN_HOUR });
  return (
    <span
      className="window-left"
      title={t('window.until', { at: instantWords(until, { zone: book?.timeZone }) })}
    >
      <IconClockHour4 size={13} stroke={1.8} aria-hidden />
      {left}
    </span>
  );
}
