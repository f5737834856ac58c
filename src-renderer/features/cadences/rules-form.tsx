import { ZERO } from '#domain/money.ts';
import { MoneyField, moneyInput } from '#kit/money-field.tsx';
import { readMoney } from '#kit/money-input.ts';
import { NumberInput, SegmentedControl } from '@mantine/core';
import { useState, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CadenceDraft } from './draft.ts';

type RulesFormProps = {
  readonly rules: CadenceDraft;
  readonly isOff: boolean;
  readonly onChange: (change: Partial<CadenceDraft>) => void;
};

/** What holds for every step, each with the sentence that it means. */
export function RulesForm({ rules, isOff, onChange }: RulesFormProps): JSX.Element {
  const { t } = useTranslation('cadences');
  return (
    <fieldset className="rules" disabled={isOff}>
      <legend className="unseen">{t('rules.title')}</legend>
      <Rule name="leaves" hint={t(rules.isAutomatic ? 'rules.leaves.byItself' : 'rules.leaves.afterYes')}>
        <SegmentedControl
          size="xs"
          aria-label={t('rules.leaves.label')}
          value={rules.isAutomatic ? 'byItself' : 'afterYes'}
          data={[
            { value: 'afterYes', label: t('rules.leaves.ask') },
            { value: 'byItself', label: t('rules.leaves.send') },
          ]}
          onChange={(chosen) => onChange({ isAutomatic: chosen === 'byItself' })}
        />
      </Rule>
      <Rule name="minimum" hint={t('rules.minimum.hint')}>
        <MinimumField rules={rules} onChange={onChange} />
      </Rule>
      <DaysRule name="gap" value={rules.gapDays} onChange={(days) => onChange({ gapDays: days ?? 0 })} />
      <DaysRule
        name="grace"
        value={rules.graceDays}
        onChange={(days) => onChange({ graceDays: days ?? 0 })}
      />
      <DaysRule
        name="most"
        value={rules.mostPerBill}
        isOpen
        most={500}
        onChange={(mostPerBill) => onChange({ mostPerBill })}
      />
      <DaysRule
        name="stop"
        value={rules.stopAfterDays}
        isOpen
        most={3650}
        onChange={(stopAfterDays) => onChange({ stopAfterDays })}
      />
    </fieldset>
  );
}

type RuleProps = { readonly name: string; readonly hint: string; readonly children: ReactNode };

function Rule({ name, hint, children }: RuleProps): JSX.Element {
  const { t } = useTranslation('cadences');
  return (
    <div className="rules__rule">
      <div className="rules__label">{t(`rules.${name}.label`)}</div>
      <div className="rules__field">{children}</div>
      <div className="rules__hint">{hint}</div>
    </div>
  );
}

/** Its text is its own while it is typed; the cadence follows with every amount that can be read. */
function MinimumField({ rules, onChange }: Pick<RulesFormProps, 'rules' | 'onChange'>): JSX.Element {
  const { t } = useTranslation('cadences');
  const [typed, setTyped] = useState(moneyInput(rules.minimumPaise));
  const read = readMoney(typed) ?? ZERO;
  // Undone from outside: the field says what holds.
  const shown = read === rules.minimumPaise ? typed : moneyInput(rules.minimumPaise);
  return (
    <MoneyField
      size="xs"
      aria-label={t('rules.minimum.label')}
      value={readMoney(typed) === undefined ? typed : shown}
      onChange={(text) => {
        setTyped(text);
        const amount = readMoney(text);
        if (amount !== undefined && (amount ?? ZERO) !== rules.minimumPaise)
          onChange({ minimumPaise: amount ?? ZERO });
      }}
    />
  );
}

const DAYS_MOST = 365;

type DaysRuleProps = {
  readonly name: string;
  readonly value: number | null;
  /** May be left empty: then there is no limit. */
  readonly isOpen?: boolean;
  readonly most?: number;
  readonly onChange: (days: number | null) => void;
};

function DaysRule({ name, value, isOpen = false, most = DAYS_MOST, onChange }: DaysRuleProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const isNone = value === null || value === 0;
  const hint = isNone ? t(`rules.${name}.none`) : t(`rules.${name}.hint`, { count: value });
  return (
    <Rule name={name} hint={hint}>
      <NumberInput
        size="xs"
        min={0}
        max={most}
        clampBehavior="strict"
        allowDecimal={false}
        allowNegative={false}
        placeholder={isOpen ? t('rules.noLimit') : undefined}
        aria-label={t(`rules.${name}.label`)}
        value={value ?? ''}
        onChange={(typed) => {
          const days = typed === '' || (isOpen && Number(typed) === 0) ? null : Number(typed);
          if (days !== value) onChange(days);
        }}
      />
    </Rule>
  );
}
