import { MICROS_A_PAISA, paiseOfMicros } from '#kit/micros.ts';
import { MoneyField, moneyInput } from '#kit/money-field.tsx';
import { readMoney } from '#kit/money-input.ts';
import { Section } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { RuleRow } from './rule-row.tsx';
import type { RulesProps } from './sending-rules-panel.tsx';
import { useTyped } from './use-typed.ts';

const budgets = ['dayBudgetMicros', 'monthBudgetMicros'] as const;

/** What messages may cost; where it is used up, the rest waits. */
export function BudgetSection({ policy, save, isOff }: RulesProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  return (
    <Section title={t('budget.title')}>
      {budgets.map((budget) => (
        <RuleRow key={budget} label={t(`rule.${budget}.label`)} says={t(`rule.${budget}.says`)}>
          <BudgetField
            label={t(`rule.${budget}.label`)}
            micros={policy[budget]}
            isOff={isOff}
            onSave={(micros) => save({ [budget]: micros })}
          />
        </RuleRow>
      ))}
    </Section>
  );
}

type BudgetFieldProps = {
  readonly label: string;
  readonly micros: number | null;
  readonly isOff: boolean;
  readonly onSave: (micros: number | null) => void;
};

/** In rupees and paise; empty for no limit. */
function BudgetField({ label, micros, isOff, onSave }: BudgetFieldProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const kept = micros === null ? '' : moneyInput(paiseOfMicros(micros));
  const [text, setText] = useTyped(kept);
  const save = (): void => {
    const amount = readMoney(text);
    if (amount === undefined) return;
    const next = amount === null ? null : amount * MICROS_A_PAISA;
    if (next !== micros) onSave(next);
  };
  return (
    <MoneyField
      w={150}
      aria-label={label}
      currency="INR"
      placeholder={t('budget.none')}
      disabled={isOff}
      value={text}
      onChange={setText}
      onBlur={save}
      onKeyDown={({ key }) => {
        if (key === 'Enter') save();
      }}
    />
  );
}
