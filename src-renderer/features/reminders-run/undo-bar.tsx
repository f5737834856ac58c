import { Button } from '@mantine/core';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { useEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { endApproval, UNDO_SECONDS, useApproval } from './approval-store.ts';
import './sending.css';

/** The seconds before the first message leaves, with the way back; Ctrl+Z takes it too. */
export function UndoBar(): JSX.Element | null {
  const { t } = useTranslation('reminders');
  const approval = useApproval();
  const tell = useTellProblem(problemOf);
  const done = useDone(problemOf);
  const runId = approval?.runId;
  const undo = async (): Promise<void> => {
    if (runId === undefined) return;
    endApproval();
    try {
      const { takenBackCount } = await client.reminders.undoApproval({ runId });
      done({ message: t('undo.done', { count: takenBackCount }) });
      await queryClient.invalidateQueries({ queryKey: orpc.reminders.key() });
    } catch (error) {
      tell(error);
    }
  };
  useEffect(() => {
    if (runId === undefined) return undefined;
    const onKeyDown = (event: KeyboardEvent): void => {
      const isTyping =
        event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (isTyping || event.code !== 'KeyZ' || !event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      void undo();
    };
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
    // The run that can be taken back is all that changes what the key does.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [runId]);
  if (!approval) return null;
  const { approvedCount, secondsLeft } = approval;
  return (
    <div className="undo-bar card" role="status">
      <span
        className="undo-bar__left"
        style={{ width: `${(secondsLeft * 100) / UNDO_SECONDS}%` }}
        aria-hidden
      />
      <span className="undo-bar__words">
        {t('undo.words', { count: approvedCount })} {t('undo.seconds', { count: secondsLeft })}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        rightSection={<Shortcut keys="Ctrl+Z" />}
        onClick={() => void undo()}
      >
        {t('undo.button')}
      </Button>
    </div>
  );
}
