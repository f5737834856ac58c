import { useAsOf } from '#kit/as-of.tsx';
import { DayText, dayWords } from '#kit/day-text.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { IconBellOff, IconCalendarTime } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { useStarterName } from '../../words/starter-names.ts';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { useSilenceWords } from './silence-words.ts';

/** The next step and its day, or in a sentence why nothing comes. */
export function NextLine({ customerId }: { readonly customerId: number }): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  const { today } = useAsOf();
  const saySilence = useSilenceWords();
  const sayName = useStarterName();
  const { data, error } = useQuery(orpc.reminders.next.queryOptions({ input: { customerId } }));
  if (error) return <ProblemNote problem={problemOf(error)} />;
  if (!data) return <p className="care__next">{'\u00a0'}</p>;
  const { next, silence } = data;
  return (
    <>
      {next === null ? null : (
        <p className="care__next">
          <IconCalendarTime size={16} aria-hidden />
          <span>
            {t('next.on')} <DayText day={next.day} from={today} />
          </span>
          <ChannelIcon channel={next.channel} />
          <span className="care__soft">
            {next.stepNumber === null
              ? sayName(next.cadenceName)
              : t('next.step', { step: next.stepNumber, cadence: sayName(next.cadenceName) })}
          </span>
        </p>
      )}
      {silence === null ? null : (
        <p className="care__next">
          <IconBellOff size={16} aria-hidden />
          <span>
            {saySilence(silence.reason, silence.values)}
            {silence.until === null ? null : (
              <>
                {' '}
                <span className="care__whole">
                  {t('silences.until', { day: dayWords(silence.until), ns: 'reminders' })}
                </span>
              </>
            )}
          </span>
        </p>
      )}
      {next === null && silence === null ? (
        <p className="care__next care__soft">{t('next.nothing')}</p>
      ) : null}
    </>
  );
}
