import { Section } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { CountRule } from './rule-row.tsx';
import type { RulesProps } from './sending-rules-panel.tsx';

/** The bounds that the door checks too. */
const counts = [
  { rule: 'perChannelDayMost', unit: 'messages', least: 1, most: 10 },
  { rule: 'perDayMost', unit: 'messages', least: 1, most: 10 },
  { rule: 'perWeekMost', unit: 'messages', least: 1, most: 50 },
  { rule: 'gapDaysLeast', unit: 'days', least: 0, most: 60 },
  { rule: 'nextChannelHours', unit: 'hours', least: 1, most: 240 },
] as const;

/** How often one customer may hear from us. */
export function OftenSection({ policy, save, isOff }: RulesProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  return (
    <Section title={t('often.title')}>
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
    </Section>
  );
}
