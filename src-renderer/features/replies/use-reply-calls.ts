import { useDone, useTellProblem } from '#kit/undo.tsx';
import type { ReplyMark } from '#domain/reminders/words.ts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf, queryClient, shell } from '../../client.ts';
import { saveKindOf } from './attachment-files.ts';

type MarkWish = Parameters<typeof client.replies.mark>[0];

export type ReplyCalls = {
  readonly isBusy: boolean;
  /** Keeps a mark; throws what the engine said against it where a form stands to say it. */
  readonly mark: (wish: MarkWish) => Promise<void>;
  readonly markAtOnce: (replyId: number, mark: ReplyMark) => void;
  readonly unmark: (replyId: number) => void;
  readonly save: (attachmentId: number, fileName: string) => void;
};

const refetch = async (): Promise<void> => queryClient.invalidateQueries({ queryKey: orpc.replies.key() });

/** What a person does with a reply; each mark can be taken back with what it did. */
export function useReplyCalls(): ReplyCalls {
  const { t } = useTranslation('replies');
  const tell = useTellProblem(problemOf);
  const done = useDone(problemOf);
  const [isBusy, setBusy] = useState(false);
  const busily = async (call: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await call();
      await refetch();
    } finally {
      setBusy(false);
    }
  };
  const unmark = async (replyId: number): Promise<void> => {
    await client.replies.unmark({ replyId });
    await refetch();
  };
  const mark = async (wish: MarkWish): Promise<void> =>
    busily(async () => {
      await client.replies.mark(wish);
      done({ message: t(`marked.${wish.mark}`), undo: () => unmark(wish.replyId) });
    });
  const save = async (attachmentId: number, fileName: string): Promise<void> => {
    const kind = saveKindOf(fileName);
    if (kind === undefined) return;
    const path = await shell.pickSaveFile({ name: fileName, kind });
    if (path === null) return;
    await client.replies.attachment({ attachmentId, path });
    done({ message: t('attachment.saved', { name: fileName }) });
  };
  return {
    isBusy,
    mark,
    markAtOnce: (replyId, asked) => void mark({ replyId, mark: asked }).catch(tell),
    unmark: (replyId) => {
      void busily(async () => unmark(replyId)).then(() => done({ message: t('unmarked') }), tell);
    },
    save: (attachmentId, fileName) => void save(attachmentId, fileName).catch(tell),
  };
}
