import { Section } from '#kit/page.tsx';
import { SegmentedControl } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CountRule, RuleRow } from './rule-row.tsx';
import type { RulesProps } from './sending-rules-panel.tsx';

const counts = [
  { rule: 'quietDaysAfterReceipt', unit: 'days', least: 0, most: 60 },
  { rule: 'booksHoursMost', unit: 'hours', least: 1, most: 720 },
] as const;
const onUnmatched = ['hold', 'warn'] as const;

/** What keeps a reminder from one who has paid. */
export function MoneySection({ policy, save, isOff }: RulesProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  return (
    <Section title={t('money.title')}>
      {counts.map(({ rule, unit, least, most }) => (
        <CountRule
          key={rule}
          label={t(`rule.${rule}.label`)}
          says={t(`rule.${rule}.says`)}
          value={policy[rule]}
          unit={t(`unit.${unit}`, { count: policy[rule] })}
          least={least}
          most={most}
          isOff={isOff}
          onSave={(value) => save({ [rule]: value })}
        />
      ))}
      <RuleRow
        label={t('rule.onUnmatchedMoney.label')}
        says={t(`rule.onUnmatchedMoney.${policy.onUnmatchedMoney}`)}
      >
        <SegmentedControl
          size="xs"
          aria-label={t('rule.onUnmatchedMoney.label')}
          disabled={isOff}
          value={policy.onUnmatchedMoney}
          data={onUnmatched.map((value) => ({ value, label: t(`unmatched.${value}`) }))}
          onChange={(chosen) => {
            const onUnmatchedMoney = onUnmatched.find((one) => one === chosen);
            if (onUnmatchedMoney) save({ onUnmatchedMoney });
          }}
        />
      </RuleRow>
    </Section>
  );
}
