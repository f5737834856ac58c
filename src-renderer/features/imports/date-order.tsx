import { dayNumber, type Day } from '#domain/days.ts';
import { readDay } from '#domain/imports/dates.ts';
import { Button, Radio, Stack, Text } from '@mantine/core';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportMap } from './types.ts';

const MILLISECONDS_A_DAY = 86_400_000;
const ORDERS = ['day-first', 'month-first', 'year-first'] as const;

type DateOrderProps = {
  readonly value: ImportMap['dateOrder'];
  /** A date of the file that can be read in two ways. */
  readonly example: string | null;
  readonly onChange: (order: ImportMap['dateOrder']) => void;
};

/** How the file writes its dates: asked only where the file leaves a doubt, else said and open to change. */
export function DateOrder({ isInDoubt, ...choice }: DateOrderProps & { isInDoubt: boolean }): JSX.Element {
  const { t } = useTranslation('imports');
  const [isAsked, setAsked] = useState(isInDoubt);
  if (isAsked || isInDoubt) return <DateOrderChoice {...choice} />;
  return (
    <div className="said">
      <Text size="xs" fw={500}>
        {t('options.dateOrder')}
      </Text>
      <Text size="xs" c="dimmed" className="step__grow">
        {t(choice.value === null ? 'options.dateOrderClear' : `options.${choice.value}`)}
      </Text>
      <Button size="compact-xs" variant="subtle" onClick={() => setAsked(true)}>
        {t('options.change')}
      </Button>
    </div>
  );
}

/** Each order with what it makes of a date of the file. */
function DateOrderChoice({ value, example, onChange }: DateOrderProps): JSX.Element {
  const { t, i18n } = useTranslation('imports');
  const describe = (order: (typeof ORDERS)[number]): string | null => {
    if (example === null) return null;
    const read = readDay(example, order);
    if (!read.ok || read.value === null) return t('options.noSuchDay', { text: example });
    return t('options.example', { text: example, day: dayInWords(read.value, i18n.language) });
  };
  return (
    <Radio.Group
      label={t('options.dateOrder')}
      value={value}
      onChange={(chosen) => onChange(ORDERS.find((order) => order === chosen) ?? null)}
    >
      <Stack gap={4} mt={4}>
        {ORDERS.map((order) => (
          <Radio
            key={order}
            id={`date-order-${order}`}
            size="xs"
            value={order}
            label={t(`options.${order}`)}
            description={describe(order)}
          />
        ))}
      </Stack>
    </Radio.Group>
  );
}

/** '2013-02-01' → '1 February 2013': the month in words, since its place is what is asked. */
function dayInWords(day: Day, language: string): string {
  const words = new Intl.DateTimeFormat(`${language}-IN`, { dateStyle: 'long', timeZone: 'UTC' });
  return words.format(dayNumber(day) * MILLISECONDS_A_DAY);
}
