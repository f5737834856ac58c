import { Section } from '#kit/page.tsx';
import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { SettingRow } from './setting-row.tsx';
import { useAppInfo } from './use-shell.ts';

/** Where the books lie on this computer. */
export function DataSection(): JSX.Element {
  const { t } = useTranslation('settings');
  const app = useAppInfo();
  const { data: engine } = useQuery(orpc.system.info.queryOptions());
  return (
    <Section title={t('data.heading')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('data.about')}
      </Text>
      <PathRow label={t('data.folder')} path={app?.dataFolder} />
      <PathRow label={t('data.books')} path={engine?.booksFolder} />
    </Section>
  );
}

/** One press selects the whole path; the window has no leave to write to the clipboard by itself. */
function PathRow({
  label,
  path,
}: {
  readonly label: string;
  readonly path: string | undefined;
}): JSX.Element {
  return (
    <SettingRow label={label}>
      <code className="setting__path" title={path}>
        {path ?? '–'}
      </code>
    </SettingRow>
  );
}
