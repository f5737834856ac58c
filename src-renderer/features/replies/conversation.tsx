import type { Thread } from '#contract/engine/replies.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState, type JSX, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { Bubble } from './bubble.tsx';
import { Composer } from './composer.tsx';
import { ConversationHead } from './conversation-head.tsx';
import { MarkBar } from './mark-bar.tsx';
import { isAsking, type AskingMark } from './marks.ts';
import { StrangerForm } from './stranger-form.tsx';
import { activeReplyOf, isMarkable, type ThreadLine } from './threads.ts';
import { useInboxKeys } from './use-inbox-keys.ts';
import { useReplyCalls, type ReplyCalls } from './use-reply-calls.ts';

type ConversationProps = {
  readonly thread: Thread;
  readonly listRef: RefObject<HTMLDivElement | null>;
};

/** What was written to and fro, what the open reply is, and the answer. */
export function Conversation({ thread, listRef }: ConversationProps): JSX.Element {
  const { customerId, address } = thread;
  const { isMoved } = useAsOf();
  const calls = useReplyCalls();
  const [chosenId, setChosenId] = useState<number>();
  const [asked, setAsked] = useState<AskingMark>();
  const answerRef = useRef<HTMLTextAreaElement>(null);
  const { data: lines, error } = useQuery({
    ...orpc.replies.thread.queryOptions({ input: customerId === null ? { address } : { customerId } }),
    // Another one's words are no placeholder for these.
    placeholderData: undefined,
  });
  const reply = activeReplyOf(lines ?? [], chosenId);
  const mayAct = !isMoved && !calls.isBusy && customerId !== null;
  const toList = (): void => listRef.current?.focus();
  useInboxKeys({
    onMark: (mark) => {
      if (!reply || !mayAct) return;
      if (isAsking(mark)) setAsked(mark);
      else calls.markAtOnce(reply.replyId, mark);
    },
    onUnmark: () => {
      if (reply && reply.mark !== null && mayAct) calls.unmark(reply.replyId);
    },
    onAnswer: () => answerRef.current?.focus(),
  });
  return (
    <section className="inbox__right card" aria-label={thread.customerName}>
      <ConversationHead thread={thread} />
      {error ? <ProblemNote problem={problemOf(error)} /> : null}
      <Lines lines={lines} reply={reply} calls={calls} onChoose={setChosenId} />
      {isMoved ? (
        <ReadOnly />
      ) : customerId === null ? (
        <StrangerForm address={address} />
      ) : (
        <>
          {reply ? (
            <MarkBar
              key={reply.replyId}
              reply={reply}
              asked={asked}
              calls={calls}
              onAsk={setAsked}
              onClose={() => {
                setAsked(undefined);
                toList();
              }}
            />
          ) : null}
          <Composer
            thread={thread}
            customerId={customerId}
            reply={reply}
            textRef={answerRef}
            onEscape={toList}
          />
        </>
      )}
    </section>
  );
}

/** Looking at another day, nothing is written. */
function ReadOnly(): JSX.Element {
  const { t } = useTranslation('replies');
  return <p className="composer composer__note">{t('readOnly')}</p>;
}

type LinesProps = {
  readonly lines: readonly ThreadLine[] | undefined;
  readonly reply: (ThreadLine & { readonly replyId: number }) | undefined;
  readonly calls: ReplyCalls;
  readonly onChoose: (replyId: number) => void;
};

function Lines({ lines, reply, calls, onChoose }: LinesProps): JSX.Element {
  const { t } = useTranslation('replies');
  const endRef = useRef<HTMLDivElement>(null);
  const lastKey = lines?.at(-1)?.key;
  useEffect(() => {
    // The newest stands at the foot, as in every messenger.
    endRef.current?.scrollIntoView({ block: 'end' });
  }, [lastKey]);
  return (
    // The keyboard scrolls what it can come to.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="talk selectable" role="log" aria-label={t('talk')} tabIndex={0}>
      {lines?.map((line) => (
        <Bubble
          key={line.key}
          line={line}
          isActive={line.replyId !== null && line.replyId === reply?.replyId}
          onChoose={isMarkable(line) ? () => onChoose(line.replyId) : undefined}
          onSave={calls.save}
        />
      ))}
      <div ref={endRef} />
    </div>
  );
}
