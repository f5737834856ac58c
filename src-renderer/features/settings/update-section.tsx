import type { UpdateState } from '#contract/shell.ts';
import { Section } from '#kit/page.tsx';
import { Button, Switch, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../client.ts';
import { SettingRow } from './setting-row.tsx';
import { useAppInfo, useUpdateState } from './use-shell.ts';

const LOOKS = ['shell', 'looksForUpdates'];

/** States in which asking again makes sense. */
const CAN_CHECK: readonly UpdateState['state'][] = ['idle', 'none', 'refused', 'failed'];

/** Which version runs, whether there is a newer one, and the way to it. */
export function UpdateSection(): JSX.Element {
  const { t } = useTranslation('settings');
  const app = useAppInfo();
  const update = useUpdateState();
  const { data: looks } = useQuery({ queryKey: LOOKS, queryFn: () => shell.looksForUpdates() });
  const queryClient = useQueryClient();
  return (
    <Section title={t('update.heading')}>
      <SettingRow label={t('update.version')}>
        <span className="selectable">{app?.version ?? '–'}</span>
      </SettingRow>
      <SettingRow label={t('update.state')}>
        <Text size="sm" role="status" className="setting__grow">
          {update ? <UpdateWords update={update} ownVersion={app?.version ?? ''} /> : '–'}
        </Text>
        {update?.state === 'ready' ? (
          <Button onClick={() => void shell.restartToUpdate()}>{t('update.restart')}</Button>
        ) : (
          <Button
            variant="default"
            disabled={!update || !CAN_CHECK.includes(update.state)}
            onClick={() => void shell.checkForUpdate()}
          >
            {t('update.check')}
          </Button>
        )}
      </SettingRow>
      <SettingRow label={t('update.automatic')}>
        <Switch
          checked={looks ?? false}
          disabled={looks === undefined || update?.state === 'off'}
          label={t('update.automaticHint')}
          onChange={(event) => {
            shell.lookForUpdates(event.currentTarget.checked);
            void queryClient.setQueryData(LOOKS, event.currentTarget.checked);
          }}
        />
      </SettingRow>
    </Section>
  );
}

type UpdateWordsProps = { readonly update: UpdateState; readonly ownVersion: string };

function UpdateWords({ update, ownVersion }: UpdateWordsProps): JSX.Element {
  const { t } = useTranslation('settings');
  const version = update.state === 'refused' ? ownVersion : (update.version ?? '');
  return <>{t(`update.${update.state}`, { version, percent: Math.floor(update.percent ?? 0) })}</>;
}
