import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { readDay } from '#kit/day-input.ts';
import { dayWords } from '#kit/day-text.tsx';
import type { ComponentProps, JSX } from 'react';
import { useTranslation } from 'react-i18next';

type ChequeFieldProps = ComponentProps<typeof DayField> & {
  /** The receipt's own day, as typed. */
  readonly day: string;
};

/** The day on a cheque. Later than the receipt's own, it makes the cheque post-dated, and that is said at once. */
export function ChequeField({ day, ...field }: ChequeFieldProps): JSX.Element {
  const { t } = useTranslation('documents');
  const { today } = useAsOf();
  const received = readDay(day, today) ?? today;
  const written = readDay(field.value, today);
  const isLater = written !== undefined && written > received;
  return (
    <DayField
      label={t('field.chequeDay')}
      {...field}
      {...(isLater ? { description: t('receipt.postDated', { day: dayWords(written) }) } : {})}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    />
  );
}
