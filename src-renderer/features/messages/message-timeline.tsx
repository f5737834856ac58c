import type { MessageShown } from '#contract/engine/messages.ts';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { instantWords } from './instants.ts';
import { withDayWords } from './why-sentence.ts';

/** Everything that happened to a message, oldest first, in words. */
export function MessageTimeline({ message }: { readonly message: MessageShown }): JSX.Element {
  const { t } = useTranslation('messages');
  return (
    <ol className="story__events">
      {message.events.map((event, at) => (
        // Events are only ever added at the end.
        // oxlint-disable-next-line react/no-array-index-key
        <li key={at}>
          <time className="story__when">{instantWords(event.at, true)}</time>
          <span>
            {t(`event.${event.kind}`, withDayWords(event.values))}
            {event.detail === null || event.detail === '' ? null : (
              <span className="story__detail">
                {' '}
                {t(`silence.${event.detail}.sentence`, {
                  ...withDayWords(event.values),
                  ns: 'reminders',
                  defaultValue: event.detail,
                })}
              </span>
            )}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** Each time it was handed to the gateway: how far that got, and what was answered. */
export function MessageAttempts({ message }: { readonly message: MessageShown }): JSX.Element {
  const { t } = useTranslation('messages');
  return (
    <ol className="story__events">
      {message.attempts.map((attempt) => (
        <li key={attempt.number}>
          <time className="story__when">{instantWords(attempt.startedAt, true)}</time>
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
