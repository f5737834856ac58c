import { Section } from '#kit/page.tsx';
import { Button, Text } from '@mantine/core';
import { IconClipboardText } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../../client.ts';

/** A bundle for support, without anything personal in it. */
export function DiagnosticsSection(): JSX.Element {
  const { t } = useTranslation('settings');
  const copy = useMutation({ mutationFn: () => shell.copyDiagnostics() });
  return (
    <Section title={t('diagnostics.heading')}>
      <Text size="sm" c="dimmed" mb="sm">
        {t('diagnostics.about')}
      </Text>
      <div className="setting__value">
        <Button
          variant="default"
          leftSection={<IconClipboardText size={16} aria-hidden />}
          loading={copy.isPending}
          onClick={() => copy.mutate()}
        >
          {t('diagnostics.copy')}
        </Button>
        <Text size="sm" role="status" c="dimmed">
          {copy.isSuccess ? t('diagnostics.copied') : null}
          {copy.isError ? t('diagnostics.failed') : null}
        </Text>
      </div>
    </Section>
  );
}
