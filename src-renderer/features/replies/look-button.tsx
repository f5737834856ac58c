import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';

/** Asks every gateway for replies and reports now. */
export function LookButton(): JSX.Element {
  const { t } = useTranslation('replies');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const [isBusy, setBusy] = useState(false);
  const look = async (): Promise<void> => {
    setBusy(true);
    try {
      const { newCount } = await client.replies.pull();
      done({ message: t('look.found', { count: newCount }) });
      await queryClient.invalidateQueries({ queryKey: orpc.replies.key() });
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button
      variant="default"
      loading={isBusy}
      leftSection={<IconRefresh size={16} aria-hidden />}
      onClick={() => void look()}
    >
      {t('look.button')}
    </Button>
  );
}
