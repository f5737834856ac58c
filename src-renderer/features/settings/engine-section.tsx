import { AgoText } from '#kit/ago-text.tsx';
import { Section } from '#kit/page.tsx';
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, shell } from '../../client.ts';
import { SettingRow } from './setting-row.tsx';
import { useAppInfo, useEngineState } from './use-shell.ts';

/** What the engine is and how it fares; for whoever helps the user on the phone. */
export function EngineSection(): JSX.Element {
  const { t } = useTranslation('settings');
  const app = useAppInfo();
  const state = useEngineState();
  const { data: engine } = useQuery(orpc.system.info.queryOptions());
  const facts = [
    [t('engine.kind'), app ? t(`engine.${app.engineKind}`) : '–'],
    [t('engine.version'), engine?.version ?? '–'],
    [t('engine.nodeVersion'), engine?.node ?? '–'],
    [t('engine.sqlite'), engine?.sqlite ?? '–'],
    [t('engine.electron'), app?.electron ?? '–'],
    [t('engine.platform'), app?.platform ?? '–'],
  ] as const;
  return (
    <Section title={t('engine.heading')}>
      <SettingRow label={t('engine.state')}>
        <span className="setting__grow">{state ? t(`engine.${state.state}`) : '–'}</span>
        <Button variant="default" onClick={() => void shell.restartEngine()}>
          {t('engine.restart')}
        </Button>
      </SettingRow>
      <SettingRow label={t('engine.restarts')}>
        {state && state.restartCount > 0
          ? t('engine.restartsValue', { count: state.restartCount, lastExit: state.lastExit ?? '–' })
          : t('engine.noRestarts')}
      </SettingRow>
      <SettingRow label={t('engine.startedAt')}>
        {engine ? <AgoText at={engine.startedAt} /> : '–'}
      </SettingRow>
      {facts.map(([label, value]) => (
        <SettingRow key={label} label={label}>
          <span className="selectable">{value}</span>
        </SettingRow>
      ))}
    </Section>
  );
}
