import { paise } from '#domain/money.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DayField } from '#kit/day-field.tsx';
import { readDay } from '#kit/day-input.ts';
import { MoneyField } from '#kit/money-field.tsx';
import { MoneyText, useCurrency } from '#kit/money-text.tsx';
import { ActionIcon, Button } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { basePaiseOf } from './amounts.ts';
import type { BillFormModel } from './bill-form.tsx';
import { useDueByTerms } from './use-due-by-terms.ts';
import { equalParts, partsSum, type PartTexts } from './bill-values.ts';

const PARTS_MOST = 60;

/** A bill due in parts, each on its own day; what they do not add up to is said while one types. */
export function InstalmentFields({ form }: { readonly form: BillFormModel }): JSX.Element {
  const { t } = useTranslation('documents');
  const { today } = useAsOf();
  const base = useCurrency();
  const { parts, dueDay } = form.values;
  const due = useDueByTerms(form.values);
  const whole = basePaiseOf(form.values, base);
  const set = (next: readonly PartTexts[]): void => form.setFieldValue('parts', [...next]);
  const splitInto = (count: number): void => {
    const firstDay = readDay(dueDay, today) ?? due?.day ?? today;
    set(count < 2 ? [] : equalParts(whole ?? paise(0), count, { firstDay, base }));
  };
  const left = paise((whole ?? 0) - partsSum(parts, base));
  const error = form.errors['parts'];
  return (
    <div className="form-grid__whole">
      {parts.length === 0 ? (
        <Button
          variant="default"
          size="compact-sm"
          disabled={whole === undefined}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => splitInto(2)}
        >
          {t('parts.split')}
        </Button>
      ) : (
        <fieldset className="entry-parts">
          <legend>{t('parts.title')}</legend>
          {parts.map((part, at) => (
            <PartRow
              key={part.key}
              part={part}
              at={at}
              onChange={(change) =>
                set(parts.map((one, index) => (index === at ? { ...one, ...change } : one)))
              }
              onRemove={() => splitInto(parts.length - 1)}
            />
          ))}
          <Button
            variant="default"
            size="compact-sm"
            disabled={parts.length >= PARTS_MOST}
            leftSection={<IconPlus size={14} aria-hidden />}
            onClick={() => splitInto(parts.length + 1)}
          >
            {t('parts.more')}
          </Button>
          {left === 0 ? null : (
            <p className="entry-error" role="alert">
              {t(left > 0 ? 'parts.less' : 'parts.over')} <MoneyText paise={Math.abs(left)} withSign />
            </p>
          )}
          {error ? <p className="entry-error">{error}</p> : null}
        </fieldset>
      )}
    </div>
  );
}

type PartRowProps = {
  readonly part: PartTexts;
  readonly at: number;
  readonly onChange: (change: Partial<PartTexts>) => void;
  readonly onRemove: () => void;
};

function PartRow({ part, at, onChange, onRemove }: PartRowProps): JSX.Element {
  const { t } = useTranslation('documents');
  const count = at + 1;
  return (
    <div className="entry-parts__row">
      <span className="entry-parts__at">{count}</span>
      <DayField
        aria-label={t('parts.day', { count })}
        value={part.dueDay}
        onChange={(dueDay) => onChange({ dueDay })}
      />
      <MoneyField
        aria-label={t('parts.amount', { count })}
        value={part.amount}
        onChange={(amount) => onChange({ amount })}
      />
      <ActionIcon size={30} aria-label={t('parts.remove', { count })} onClick={onRemove}>
        <IconX size={15} aria-hidden />
      </ActionIcon>
    </div>
  );
}
