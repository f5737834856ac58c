import type { MessageShown } from '#contract/engine/messages.ts';
import { isDay } from '#domain/days.ts';
import { dayWords } from '#kit/day-text.tsx';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { instantWords } from '#kit/instant-text.ts';
import { useStarterName } from '../../words/starter-names.ts';
import { whySent } from './why-sent.ts';

type Values = Readonly<Record<string, string | number>>;

/** Days among the values of a sentence, as India writes them. */
export function withDayWords(values: Values): Values {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' && isDay(value) ? dayWords(value) : value,
    ]),
  );
}

/** Returns how to say, in whole sentences, why a message was sent or not, and what came of it. */
export function useWhySentence(): (message: MessageShown) => string {
  const { t } = useTranslation('messages');
  const sayName = useStarterName();
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  // What waits for hands waits for another thing on each channel.
  const cameOf = ({ state, channel }: MessageShown): string =>
    t(state === 'handed-to-user' ? `handed.${channel}` : `came.${state}`);
  return (message) => {
    const { because, lead, approval } = whySent(message);
    const reason = t(`because.${because}`, {
      cadence: sayName(message.cadenceName ?? ''),
      step: message.stepNumber ?? 0,
      count: message.bills.length,
    });
    return [
      t(`lead.${lead}`, { because: reason }),
      approval === null
        ? ''
        : t(`approval.${approval}`, { at: instantWords(message.approvedAt ?? 0, { zone: book?.timeZone }) }),
      message.reason === null
        ? cameOf(message)
        : t(`silence.${message.reason}.sentence`, { ...withDayWords(message.values), ns: 'reminders' }),
    ]
      .filter((sentence) => sentence !== '')
      .join(' ');
  };
}
