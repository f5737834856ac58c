import type { Channel } from '#domain/reminders/words.ts';
import { dayWords } from '#kit/day-text.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { microsWords } from '#kit/micros.ts';
import { channelsIn, totalsOf, type DayCosts } from './month-costs.ts';

const HEIGHT = 220;
const LABEL_EVERY_DAYS = 3;

/** One bar a day, stacked by channel in one order. Shades of ink alone: colour means lateness in this app. */
export function CostsChart({ days }: { readonly days: readonly DayCosts[] }): JSX.Element {
  const { t } = useTranslation('costs');
  const shown = channelsIn(days);
  const { costMicros } = totalsOf(days);
  return (
    <figure className="card costs__chart">
      <figcaption className="costs__caption">
        <span className="costs__title">{t('chart.title')}</span>
        {shown.map((channel) => (
          <span key={channel} className="costs__key">
            <span className="costs__swatch" style={{ background: shadeOf(channel) }} aria-hidden />
            {t(`channel.${channel}`)}
          </span>
        ))}
        <span className="unseen">
          {t('chart.caption', { count: days.length, amount: microsWords(costMicros) })}
        </span>
      </figcaption>
      {shown.length === 0 ? (
        <p className="costs__free">{t('chart.free')}</p>
      ) : (
        <ResponsiveContainer width="100%" height={HEIGHT}>
          <BarChart data={days} margin={{ top: 6, right: 8, bottom: 0, left: 0 }} barCategoryGap="22%">
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="day"
              interval={LABEL_EVERY_DAYS - 1}
              tickFormatter={(day: string) => String(Number(day.slice(8)))}
              tickLine={false}
              axisLine={false}
              tick={{ fill: 'var(--ink-soft)', fontSize: 11 }}
              height={20}
            />
            <YAxis
              width={64}
              tickFormatter={(micros: number) => microsWords(micros)}
              tickLine={false}
              axisLine={false}
              tick={{ fill: 'var(--ink-soft)', fontSize: 11 }}
            />
            <Tooltip
              isAnimationActive={false}
              cursor={{ fill: 'var(--ground-hover)' }}
              content={({ active, label }) => {
                const day = active ? days.find((one) => one.day === label) : undefined;
                return day ? <DayCard day={day} channels={shown} /> : null;
              }}
            />
            {shown.map((channel) => (
              <Bar
                key={channel}
                dataKey={({ byChannel }: DayCosts) => byChannel[channel] ?? 0}
                stackId="cost"
                fill={shadeOf(channel)}
                stroke="var(--ground-card)"
                strokeWidth={1}
                isAnimationActive={false}
              />
            ))}
          </BarChart>
        </ResponsiveContainer>
      )}
    </figure>
  );
}

const shades = {
  sms: 88,
  whatsapp: 64,
  email: 30,
  voice: 46,
  letter: 20,
  call: 12,
} as const satisfies Record<Channel, number>;

function shadeOf(channel: Channel): string {
  return `color-mix(in srgb, var(--ink) ${shades[channel]}%, var(--ground-card))`;
}

type DayCardProps = { readonly day: DayCosts; readonly channels: readonly Channel[] };

function DayCard({ day, channels }: DayCardProps): JSX.Element {
  const { t } = useTranslation('costs');
  return (
    <div className="card costs__card">
      <div className="costs__row costs__row--head">
        <span>{dayWords(day.day)}</span>
        <span className="money">₹ {microsWords(day.costMicros)}</span>
      </div>
      {channels.map((channel) => (
        <div key={channel} className="costs__row">
          <span>
            <span className="costs__swatch" style={{ background: shadeOf(channel) }} aria-hidden />{' '}
            {t(`channel.${channel}`)}
          </span>
          <span className="money">{microsWords(day.byChannel[channel] ?? 0)}</span>
        </div>
      ))}
      <div className="costs__row costs__row--foot">
        <span>{t('messages', { count: day.count })}</span>
        <span className="money">{t('chart.estimate', { amount: microsWords(day.estimateMicros) })}</span>
      </div>
    </div>
  );
}
