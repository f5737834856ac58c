import { isDay } from '#domain/days.ts';
import { dayWords } from '#kit/day-text.tsx';
import { Checkbox, NumberInput, Select, Stack } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import type { Dispatch, JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { DateOrder } from './date-order.tsx';
import { foreignCurrencies, RateFields } from './rate-fields.tsx';
import type { Refusal } from '#domain/result.ts';
import type { Drafted, WizardEvent } from './wizard.ts';

const CREDIT_DAYS_MOST = 3650;

type ReadOptionsProps = {
  readonly drafted: Drafted;
  readonly doubts: readonly Refusal[];
  readonly baseCurrency: string;
  readonly dispatch: Dispatch<WizardEvent>;
};

/** What no column can say: the order of dates, terms, the day of the balances, currencies and their rates. */
export function ReadOptions({ drafted, doubts, baseCurrency, dispatch }: ReadOptionsProps): JSX.Element {
  const { t } = useTranslation('imports');
  const { map } = drafted;
  const dateDoubt = doubts.find(({ code }) => code === 'date-order-ambiguous');
  return (
    <Stack gap="md">
      <RateFields
        currencies={foreignCurrencies(drafted, doubts, baseCurrency)}
        drafted={drafted}
        doubts={doubts}
        baseCurrency={baseCurrency}
        onRate={(currency, text) => dispatch({ type: 'rate', currency, text })}
      />
      <DateOrder
        isInDoubt={dateDoubt !== undefined || guessedDoubt(drafted) !== undefined}
        value={map.dateOrder}
        example={exampleOf(dateDoubt) ?? exampleOf(guessedDoubt(drafted)) ?? slashedDate(drafted)}
        onChange={(dateOrder) => dispatch({ type: 'set', part: { dateOrder } })}
      />
      <NumberInput
        id="credit-days"
        size="xs"
        label={t('options.creditDays')}
        description={t('options.creditDaysHint')}
        value={map.creditDays ?? ''}
        min={0}
        max={CREDIT_DAYS_MOST}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        onChange={(days) =>
          dispatch({ type: 'set', part: { creditDays: typeof days === 'number' ? days : null } })
        }
      />
      {map.takeDrafts || doubts.some(({ code }) => code === 'drafts-left-out') ? (
        <Checkbox
          id="take-drafts"
          size="xs"
          label={t('options.takeDrafts')}
          description={t('options.takeDraftsHint')}
          checked={map.takeDrafts}
          onChange={(event) => dispatch({ type: 'set', part: { takeDrafts: event.currentTarget.checked } })}
        />
      ) : null}
      {map.columns.customerName === undefined && map.columns.customerCode === undefined ? (
        <Checkbox
          id="customer-from-heading"
          size="xs"
          label={t('options.fromHeading')}
          description={t('options.fromHeadingHint')}
          checked={map.customerFrom === 'heading'}
          onChange={(event) =>
            dispatch({
              type: 'set',
              part: { customerFrom: event.currentTarget.checked ? 'heading' : 'column' },
            })
          }
        />
      ) : null}
      <Checkbox
        id="complete-list-option"
        size="xs"
        label={t('options.completeList')}
        description={t('options.completeListHint')}
        checked={map.isCompleteList}
        onChange={(event) => dispatch({ type: 'set', part: { isCompleteList: event.currentTarget.checked } })}
      />
      {map.columns.openAmount === undefined ? null : <BalancesDay drafted={drafted} dispatch={dispatch} />}
      {map.columns.currency === undefined ? (
        <RowCurrency map={map} baseCurrency={baseCurrency} dispatch={dispatch} />
      ) : null}
    </Stack>
  );
}

type PartProps = Pick<ReadOptionsProps, 'drafted' | 'dispatch'>;

function BalancesDay({ drafted, dispatch }: PartProps): JSX.Element {
  const { t } = useTranslation('imports');
  return (
    <DateInput
      id="balances-day"
      size="xs"
      label={t('options.balancesDay')}
      description={t('options.balancesDayHint')}
      value={drafted.map.balancesDay}
      clearable
      valueFormat={(day) => (isDay(day) ? dayWords(day) : day)}
      dateParser={parseDay}
      onChange={(day) =>
        dispatch({ type: 'set', part: { balancesDay: day !== null && isDay(day) ? day : null } })
      }
    />
  );
}

function RowCurrency({
  map,
  baseCurrency,
  dispatch,
}: {
  readonly map: Drafted['map'];
  readonly baseCurrency: string;
  readonly dispatch: Dispatch<WizardEvent>;
}): JSX.Element {
  const { t } = useTranslation('imports');
  const own = { value: '', label: t('options.currencyBook', { currency: baseCurrency }) };
  const others = Intl.supportedValuesOf('currency').filter((code) => code !== baseCurrency);
  return (
    <Select
      id="row-currency"
      size="xs"
      label={t('options.currency')}
      searchable
      allowDeselect={false}
      limit={60}
      data={[own, ...others]}
      value={map.currency ?? ''}
      onChange={(code) =>
        dispatch({ type: 'set', part: { currency: code === null || code === '' ? null : code } })
      }
    />
  );
}

/** '31-03-2026', '31/3/2026' or '2026-03-31', as people in India type a day. */
function parseDay(text: string): string | null {
  const match = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(text.trim());
  const iso = match
    ? `${match[3]}-${(match[2] ?? '').padStart(2, '0')}-${(match[1] ?? '').padStart(2, '0')}`
    : text;
  return isDay(iso) ? iso : null;
}

function exampleOf(doubt: Refusal | undefined): string | null {
  const text = doubt?.values?.['text'];
  return typeof text === 'string' ? text : null;
}

function guessedDoubt({ understood }: Drafted): Refusal | undefined {
  return understood.doubts.find(({ code }) => code === 'date-order-ambiguous');
}

/** A date such as 1/2/2013 from the columns of days, to show what the choice makes of it. */
function slashedDate({ understood, map }: Drafted): string | null {
  const columns = [map.columns.billDay, map.columns.dueDay, map.columns.lastReceiptDay];
  for (const cells of understood.grid.slice(understood.headerRow + 1)) {
    for (const column of columns) {
      const text = column === undefined ? '' : (cells[column] ?? '');
      if (/^\d{1,4}[-/. ]\d{1,2}[-/. ]\d{2,4}$/.test(text)) return text;
    }
  }
  return null;
}
