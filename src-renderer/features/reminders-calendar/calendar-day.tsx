import type { Channel } from '#domain/reminders/words.ts';
import type { Day } from '#domain/days.ts';
import { dayWords } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { UnstyledButton } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { paiseOfMicros } from '#kit/micros.ts';

const NAMES_MOST = 2;

/** What `reminders.calendar` says of a day. */
export type DayCount = {
  readonly day: Day;
  readonly isHoliday: boolean;
  readonly holidayName: string | null;
  readonly count: number;
  readonly costMicros: number;
  readonly byChannel: readonly { readonly channel: Channel; readonly count: number }[];
  readonly top: readonly { readonly customerId: number; readonly customerName: string }[];
};

type CalendarDayProps = {
  readonly day: Day;
  readonly count: DayCount | undefined;
  readonly isPast: boolean;
  readonly isToday: boolean;
  readonly isActive: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
};

/** A day of the grid: its messages by channel, its cost, its first names, or the holiday that it is. */
export function CalendarDay(props: CalendarDayProps): JSX.Element {
  const { day, count, isPast, isToday, isActive } = props;
  const { t } = useTranslation(['reminders', 'sending-rules']);
  const said = count && count.count > 0 ? t('calendar.count', { count: count.count }) : '';
  // Those that Baaki starts with are kept by their English names.
  const sayHoliday = (name: string | null): string =>
    name === null ? t('calendar.holiday') : t(`known.${name}`, { ns: 'sending-rules', defaultValue: name });
  const holiday = count?.isHoliday ? sayHoliday(count.holidayName) : '';
  return (
    <td
      className={`month__cell${isPast ? ' month__cell--past' : ''}${count?.isHoliday ? ' month__cell--holiday' : ''}`}
    >
      <UnstyledButton
        className={`month__day${isToday ? ' month__day--today' : ''}`}
        data-day={day}
        aria-disabled={isPast}
        tabIndex={isActive ? 0 : -1}
        aria-current={isToday ? 'date' : undefined}
        onFocus={props.onFocus}
        onClick={() => {
          if (!isPast) props.onOpen();
        }}
      >
        <span className="month__top">
          <span className="unseen">
            {dayWords(day)} {said}
          </span>
          <span className="month__number" aria-hidden>
            {Number(day.slice(8))}
          </span>
          {count && count.costMicros > 0 ? (
            <span className="month__cost">
              <MoneyText paise={paiseOfMicros(count.costMicros)} withSign />
            </span>
          ) : null}
        </span>
        {holiday === '' ? null : (
          <span className="month__holiday" title={holiday}>
            {holiday}
          </span>
        )}
        {count && count.count > 0 ? (
          <>
            <span className="month__channels">
              {count.byChannel.map((one) => (
                <span key={one.channel} className="month__channel">
                  <ChannelIcon channel={one.channel} size={14} />
                  {one.count}
                </span>
              ))}
            </span>
            {count.top.slice(0, NAMES_MOST).map((one, at) => (
              // The same customer may stand there twice, on two channels.
              // oxlint-disable-next-line react/no-array-index-key
              <span key={`${one.customerId} ${at}`} className="month__who" title={one.customerName}>
                {one.customerName}
              </span>
            ))}
          </>
        ) : null}
      </UnstyledButton>
    </td>
  );
}
