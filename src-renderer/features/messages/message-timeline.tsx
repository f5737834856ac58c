import type { MessageShown } from '#contract/engine/messages.ts';
import { isDay } from '#domain/days.ts';
import { dayWords } from '#kit/day-text.tsx';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { eventDetailsOf, isWritten, type EventDetail } from './event-details.ts';
import { instantWords } from '#kit/instant-text.ts';
import { withDayWords } from './why-sentence.ts';

/** Everything that happened to a message, oldest first, in words. */
export function MessageTimeline({ message }: { readonly message: MessageShown }): JSX.Element {
  const { t } = useTranslation('messages');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  return (
    <ol className="story__events">
      {message.events.map((event, at) => (
        // Events are only ever added at the end.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at}>
          <time className="story__when">
            {instantWords(event.at, { zone: book?.timeZone, withSeconds: true })}
          </time>
          <span>
            {isWritten(message.events, at)
              ? t('writtenByHand')
              : t(`event.${event.kind}`, withDayWords(event.values))}
            <EventDetails event={event} />
          </span>
        </li>
      ))}
    </ol>
  );
}

function EventDetails({ event }: { readonly event: MessageShown['events'][number] }): JSX.Element | null {
  const { t } = useTranslation('messages');
  const details = eventDetailsOf(event);
  if (details.length === 0) return null;
  const say = ({ key, value }: EventDetail): string => {
    switch (key) {
      case 'reason':
        return t(`silence.${value}.sentence`, {
          ...withDayWords(event.values),
          ns: 'reminders',
          defaultValue: value,
        });
      case 'outcome':
        return t(`outcome.${value}`, { defaultValue: value });
      case 'promiseDay':
        return t('until', { day: isDay(value) ? dayWords(value) : value });
      case 'postalNumber':
        return t('postal', { number: value });
      case 'why':
      case 'own':
        return value;
    }
  };
  return <span className="story__detail"> {details.map(say).join(' · ')}</span>;
}

/** Each time it was handed to the gateway: how far that got, and what was answered. */
export function MessageAttempts({ message }: { readonly message: MessageShown }): JSX.Element {
  const { t } = useTranslation('messages');
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  return (
    <ol className="story__events">
      {message.attempts.map((attempt) => (
        <li key={attempt.number}>
          <time className="story__when">
            {instantWords(attempt.startedAt, { zone: book?.timeZone, withSeconds: true })}
          </time>
          <span>
            {t(`phase.${attempt.phase}`)}
            {attempt.errorClass === null ? null : ` ${t(`errorClass.${attempt.errorClass}`)}`}
            <span className="story__detail">
              {' '}
              {[attempt.code, attempt.detail].filter((part) => part !== null && part !== '').join(': ')}
            </span>
          </span>
        </li>
      ))}
    </ol>
  );
}
