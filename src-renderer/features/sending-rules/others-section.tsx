import { Section } from '#kit/page.tsx';
import { useTellProblem } from '#kit/undo.tsx';
import { Switch } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { RuleRow } from './rule-row.tsx';
import type { RulesProps } from './sending-rules-panel.tsx';

const kinds = ['sendsThanks', 'sendsNotices'] as const;

/** Thanks, notices, and the dry run. */
export function OthersSection({ policy, save, isOff }: RulesProps): JSX.Element {
  const { t } = useTranslation('sending-rules');
  return (
    <Section title={t('others.title')}>
      {kinds.map((kind) => (
        <RuleRow key={kind} label={t(`rule.${kind}.label`)} says={t(`rule.${kind}.says`)}>
          <Switch
            aria-label={t(`rule.${kind}.label`)}
            checked={policy[kind]}
            disabled={isOff}
            onChange={({ currentTarget: { checked } }) => save({ [kind]: checked })}
          />
        </RuleRow>
      ))}
      <DryRunRule isOff={isOff} />
    </Section>
  );
}

function DryRunRule({ isOff }: Pick<RulesProps, 'isOff'>): JSX.Element {
  const { t } = useTranslation('sending-rules');
  const tell = useTellProblem(problemOf);
  const { data: status } = useQuery(orpc.reminders.status.queryOptions());
  const turn = useMutation({
    mutationFn: async (isDryRun: boolean) => client.reminders.dryRun({ isDryRun }),
    onSuccess: (next) => queryClient.setQueryData(orpc.reminders.status.queryKey(), next),
    onError: tell,
  });
  return (
    <RuleRow label={t('rule.dryRun.label')} says={t('rule.dryRun.says')}>
      <Switch
        aria-label={t('rule.dryRun.label')}
        checked={status?.isDryRun ?? false}
        disabled={isOff || status === undefined || turn.isPending}
        onChange={({ currentTarget: { checked } }) => turn.mutate(checked)}
      />
    </RuleRow>
  );
}
