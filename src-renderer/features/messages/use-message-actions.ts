import { useDone, useTellProblem } from '#kit/undo.tsx';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient, shell } from '../../client.ts';

type ConfirmWish = Parameters<typeof client.messages.confirm>[0];

export type MessageCalls = {
  readonly isBusy: boolean;
  readonly cancel: (messageId: number) => void;
  readonly settle: (messageId: number, hasArrived: boolean, sendAgain?: boolean) => void;
  readonly confirm: (wish: ConfirmWish, said: string) => void;
  /** One PDF in the order given, at a place the user chooses. */
  readonly print: (messageIds: readonly number[]) => void;
  /** Opens WhatsApp with the message typed in; calls back with the address that was opened. */
  readonly openLink: (messageId: number, onOpened: (url: string) => void) => void;
};

/** What a person can do with messages; what went wrong is told, and everything that shows messages looks again. */
export function useMessageCalls(): MessageCalls {
  const { t } = useTranslation('messages');
  const tell = useTellProblem(problemOf);
  const done = useDone(problemOf);
  const [isBusy, setBusy] = useState(false);
  const run = async (call: () => Promise<unknown>, said: string | null): Promise<void> => {
    setBusy(true);
    try {
      await call();
      if (said !== null) done({ message: said });
      await queryClient.invalidateQueries({ queryKey: orpc.messages.key() });
    } catch (error) {
      tell(error);
    } finally {
      setBusy(false);
    }
  };
  const printTo = async (messageIds: readonly number[]): Promise<void> => {
    const path = await shell.pickSaveFile({ name: t('print.name'), kind: 'pdf' });
    if (path === null) return;
    await run(async () => {
      const { pageCount } = await client.messages.printQueue({ path, messageIds: [...messageIds] });
      done({ message: t('print.done', { count: messageIds.length, pages: pageCount }) });
    }, null);
  };
  return {
    isBusy,
    cancel: (messageId) => {
      void run(async () => client.messages.cancel({ messageIds: [messageId] }), t('cancelled', { count: 1 }));
    },
    settle: (messageId, hasArrived, sendAgain = false) => {
      void run(
        async () => client.messages.settle({ messageId, hasArrived, sendAgain }),
        t(`settled.${sendAgain ? 'again' : hasArrived ? 'arrived' : 'lost'}`),
      );
    },
    confirm: (wish, said) => {
      void run(async () => client.messages.confirm(wish), said);
    },
    print: (messageIds) => void printTo(messageIds),
    openLink: (messageId, onOpened) => {
      void run(async () => {
        const [{ url }, { text }] = await Promise.all([
          client.messages.link({ messageId }),
          client.messages.get({ messageId }),
        ]);
        // A long text fits into no address: it can be pasted.
        shell.copyText(text);
        // Main hands the address to the system's browser; no window of ours opens.
        window.open(url, '_blank', 'noopener');
        onOpened(url);
      }, t('linkOpened'));
    },
  };
}
