import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { shell } from '../../client.ts';

const SHOWN_MS = 10_000;

/** Returns how to say that a paper was written, with the way to its file. */
export function useTellPaper(): (path: string) => void {
  const { t } = useTranslation('papers');
  return (path) => {
    notifications.show({
      color: 'gray',
      autoClose: SHOWN_MS,
      closeButtonProps: { 'aria-label': t('close') },
      message: (
        <Group justify="space-between" wrap="nowrap" gap="sm">
          <Text size="sm">{t('saved', { name: path.replace(/^.*[\\/]/, '') })}</Text>
          <Button variant="default" size="compact-sm" flex="none" onClick={() => void shell.showFile(path)}>
            {t('show')}
          </Button>
        </Group>
      ),
    });
  };
}
