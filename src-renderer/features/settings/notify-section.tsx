import { Section } from '#kit/page.tsx';
import { Switch } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../client.ts';
import { SettingRow } from './setting-row.tsx';

const NOTIFIES = ['shell', 'notifies'];

/** Notes of the system when a reply comes or something waits; off until the user turns them on. */
export function NotifySection(): JSX.Element {
  const { t } = useTranslation('settings');
  const { data: isOn } = useQuery({ queryKey: NOTIFIES, queryFn: () => shell.notifies() });
  const queryClient = useQueryClient();
  return (
    <Section title={t('notify.heading')}>
      <SettingRow label={t('notify.label')}>
        <Switch
          checked={isOn ?? false}
          disabled={isOn === undefined}
          label={t('notify.hint')}
          onChange={({ currentTarget }) => {
            shell.setNotifies(currentTarget.checked);
            void queryClient.setQueryData(NOTIFIES, currentTarget.checked);
          }}
        />
      </SettingRow>
    </Section>
  );
}
