import type { EngineState } from '#contract/shell.ts';
import { Button, Group, Loader, Modal, Text } from '@mantine/core';
import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { shell } from '../client.ts';

function useEngineState(): EngineState | undefined {
  const [state, setState] = useState<EngineState>();
  useEffect(() => {
    void shell.engineState().then(setState);
    return shell.onEngineState(setState);
  }, []);
  return state;
}

/** What happened when the engine ended, and what is being done about it. Covers the window until it runs again. */
export function EngineOverlay(): JSX.Element {
  const { t } = useTranslation('frame');
  const engine = useEngineState();
  const isFailed = engine?.state === 'failed';
  const isShown = isFailed || engine?.state === 'restarting';
  return (
    <Modal
      opened={isShown}
      onClose={() => undefined}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title={t(isFailed ? 'engine.failedTitle' : 'engine.restartingTitle')}
      transitionProps={{ duration: 0 }}
      zIndex={1000}
      data-testid="engine-overlay"
    >
      <Text size="sm">{t('engine.happened', { exit: engine?.lastExit ?? '–' })}</Text>
      {isFailed ? (
        <FailedButtons />
      ) : (
        <Group gap="sm" mt="md">
          <Loader size="xs" aria-hidden />
          <Text size="sm">{t('engine.restarting')}</Text>
        </Group>
      )}
    </Modal>
  );
}

function FailedButtons(): JSX.Element {
  const { t } = useTranslation('frame');
  const [isCopied, setCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await shell.copyDiagnostics();
    setCopied(true);
  };
  return (
    <>
      <Text size="sm" mt="xs">
        {t('engine.failed')}
      </Text>
      <Group gap="sm" mt="lg" justify="flex-end">
        <Button variant="default" onClick={() => void copy()}>
          {t(isCopied ? 'diagnostics.copied' : 'diagnostics.copy')}
        </Button>
        <Button data-autofocus onClick={() => void shell.restartEngine()}>
          {t('engine.restart')}
        </Button>
      </Group>
    </>
  );
}
