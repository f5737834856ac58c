import { channels, type Channel } from '#domain/reminders/words.ts';
import { Section } from '#kit/page.tsx';
import { Checkbox } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ClockField } from './clock-field.tsx';
import { DayBar } from './day-bar.tsx';
import { clockWords } from './clock.ts';
import { withEnd, type Range } from './hours-range.ts';
import type { RulesProps } from './sending-rules-panel.tsx';

type HoursSectionProps = RulesProps & { readonly outer: Readonly<Record<string, Range>> };

const WEEKDAYS = [0, 1, 2, 3, 4, 5, 6] as const;
const WHOLE_DAY: Range = { fromMinute: 0, toMinute: 1440 };

/** When each channel may be used, within the limits that nobody may widen, and for whom it needs consent. */
export function HoursSection(props: HoursSectionProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  return (
    <Section title={t('hours.title')} aside={t('hours.aside')} className="hours">
      <div className="hours__row hours__row--head" aria-hidden>
        <span />
        <span className="hours__scale">
          {[0, 6, 12, 18, 24].map((hour) => (
            <span key={hour} className="hours__hour" style={{ left: `${(hour * 100) / 24}%` }}>
              {hour}
            </span>
          ))}
        </span>
        <span>{t('hours.from')}</span>
        <span>{t('hours.to')}</span>
        <span>{t('hours.weekdays')}</span>
        <span>{t('hours.consent')}</span>
      </div>
      {channels.map((channel) => (
        <ChannelHours key={channel} {...props} channel={channel} />
      ))}
      <p className="hours__note">{t('hours.note')}</p>
    </Section>
  );
}

type ChannelHoursProps = HoursSectionProps & { readonly channel: Channel };

function ChannelHours({ policy, save, isOff, outer, channel }: ChannelHoursProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const hours = policy.hours[channel];
  const limits = outer[channel] ?? WHOLE_DAY;
  const name = t(`channel.${channel}`);
  const set = (change: Partial<typeof hours>): void =>
    save({ hours: { ...policy.hours, [channel]: { ...hours, ...change } } });
  const setEnd = (end: 'from' | 'to', minute: number): void => set(withEnd(hours, end, minute, limits));
  return (
    <div className="hours__row" role="group" aria-label={name}>
      <span className="hours__channel" title={t('hours.outer', outerWords(limits))}>
        {name}
      </span>
      <DayBar label={name} range={hours} outer={limits} isOff={isOff} onChange={set} />
      <ClockField
        label={t('hours.fromOf', { channel: name })}
        minute={hours.fromMinute}
        isOff={isOff}
        onSave={(minute) => setEnd('from', minute)}
      />
      <ClockField
        label={t('hours.toOf', { channel: name })}
        minute={hours.toMinute}
        isOff={isOff}
        onSave={(minute) => setEnd('to', minute)}
      />
      <Weekdays hours={hours} name={name} isOff={isOff} onChange={(weekdays) => set({ weekdays })} />
      <Checkbox
        aria-label={t('hours.consentOf', { channel: name })}
        checked={policy.needsConsent.includes(channel)}
        disabled={isOff}
        onChange={({ currentTarget: { checked } }) =>
          save({
            needsConsent: channels.filter((one) =>
              one === channel ? checked : policy.needsConsent.includes(one),
            ),
          })
        }
      />
    </div>
  );
}

function outerWords({ fromMinute, toMinute }: Range): { readonly from: string; readonly to: string } {
  return { from: clockWords(fromMinute), to: clockWords(toMinute) };
}

type Hours = RulesProps['policy']['hours'][Channel];
type WeekdaysProps = {
  readonly hours: Hours;
  readonly name: string;
  readonly isOff: boolean;
  readonly onChange: (weekdays: Hours['weekdays']) => void;
};

/** Monday first; a pressed day is one on which messages may leave. */
function Weekdays({ hours, name, isOff, onChange }: WeekdaysProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  return (
    <span className="weekdays" role="group" aria-label={t('hours.weekdaysOf', { channel: name })}>
      {WEEKDAYS.map((day) => (
        <button
          key={day}
          type="button"
          className="weekdays__day"
          aria-pressed={hours.weekdays[day]}
          aria-label={t(`weekday.${day}`)}
          title={t(`weekday.${day}`)}
          disabled={isOff}
          onClick={() => {
            const weekdays: Hours['weekdays'] = [...hours.weekdays];
            weekdays[day] = !weekdays[day];
            onChange(weekdays);
          }}
        >
          {t(`weekdayShort.${day}`)}
        </button>
      ))}
    </span>
  );
}
