import type { Thread } from '#contract/engine/replies.ts';
import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button, SegmentedControl, Textarea } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX, type KeyboardEvent, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { client, orpc, problemOf, queryClient } from '../../client.ts';
import { answerWays, wayShown, type AnswerChannel } from './answer-ways.ts';
import { keptText, keepText } from './kept-texts.ts';
import { QuickAnswers } from './quick-answers.tsx';
import { threadKeyOf, type ThreadLine } from './threads.ts';
import { useNow } from './use-now.ts';
import { WindowLeft } from './window-left.tsx';

const TEXT_MOST = 4000;

type ComposerProps = {
  readonly thread: Thread;
  readonly customerId: number;
  /** What is answered. */
  readonly reply: (ThreadLine & { readonly replyId: number }) | undefined;
  readonly textRef: RefObject<HTMLTextAreaElement | null>;
  readonly onEscape: () => void;
};

/** The answer, on the channel he wrote on unless another is chosen. */
export function Composer({
  thread,
  customerId,
  reply,
  textRef,
  onEscape,
}: ComposerProps): JSX.Element | null {
  const { t } = useTranslation('replies');
  const now = useNow();
  const { data: gateways } = useQuery(orpc.gateways.list.queryOptions());
  const [chosen, setChosen] = useState<AnswerChannel>();
  const draft = useAnswer({ customerId, threadKey: threadKeyOf(thread), replyId: reply?.replyId });
  const ways = answerWays(gateways ?? [], thread.windowUntil, now);
  const way = wayShown(ways, chosen, reply?.channel ?? thread.channel);
  if (!gateways) return null;
  if (!way) return <NoWay />;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onEscape();
    else if (event.key === 'Enter' && event.ctrlKey && !way.isClosed) draft.send(way.channel);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const others = ways.filter((one) => !one.isClosed && one.channel !== way.channel);
  return (
    // The keys are shorter ways to the buttons below.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="composer" onKeyDown={onKeyDown}>
      <div className="composer__tools">
        <SegmentedControl
          size="xs"
          aria-label={t('answer.channel')}
          value={way.channel}
          onChange={(next) => setChosen(ways.find(({ channel }) => channel === next)?.channel)}
          data={ways.map(({ channel }) => ({
            value: channel,
            label: t(`channel.${channel}`, { ns: 'reminders' }),
          }))}
        />
        {way.channel === 'whatsapp' ? <WindowLeft until={thread.windowUntil} /> : null}
        <QuickAnswers
          channel={way.channel}
          customerId={customerId}
          isOff={way.isClosed}
          onPick={(text) => {
            draft.set(text);
            textRef.current?.focus();
          }}
        />
      </div>
      {way.isClosed ? (
        <Closed customerId={customerId} others={others.map(({ channel }) => channel)} onTurn={setChosen} />
      ) : (
        <Textarea
          ref={textRef}
          aria-label={t('answer.label')}
          placeholder={t('answer.placeholder')}
          autosize
          minRows={2}
          maxRows={7}
          maxLength={TEXT_MOST}
          value={draft.text}
          onChange={(event) => draft.set(event.currentTarget.value)}
        />
      )}
      {draft.problem ? <ProblemNote problem={draft.problem} /> : null}
      {way.isClosed ? null : (
        <div className="composer__foot">
          <Button
            leftSection={<IconSend2 size={16} aria-hidden />}
            rightSection={<Shortcut keys="Ctrl+↵" />}
            loading={draft.isBusy}
            disabled={draft.text.trim() === ''}
            onClick={() => draft.send(way.channel)}
          >
            {t('answer.send')}
          </Button>
          <span className="composer__note">{t('answer.note')}</span>
        </div>
      )}
    </div>
  );
}

type Answer = {
  readonly text: string;
  readonly isBusy: boolean;
  readonly problem: Problem | undefined;
  readonly set: (text: string) => void;
  readonly send: (channel: AnswerChannel) => void;
};

type AnswerOf = {
  readonly customerId: number;
  readonly threadKey: string;
  readonly replyId: number | undefined;
};

/** What is being written; it stays while one looks at another conversation. */
function useAnswer({ customerId, threadKey, replyId }: AnswerOf): Answer {
  const { t } = useTranslation('replies');
  const done = useDone(problemOf);
  const [text, setText] = useState(() => keptText(threadKey));
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const set = (next: string): void => {
    setText(next);
    keepText(threadKey, next);
  };
  const send = async (channel: AnswerChannel): Promise<void> => {
    if (text.trim() === '' || isBusy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      const { messageId } = await client.replies.answer({
        customerId,
        channel,
        text,
        ...(replyId === undefined ? {} : { replyId }),
      });
      set('');
      done({
        message: t('answer.sent'),
        undo: () => client.messages.cancel({ messageIds: [messageId] }),
      });
      await queryClient.invalidateQueries({ queryKey: orpc.replies.key() });
    } catch (error) {
      setProblem(problemOf(error));
    } finally {
      setBusy(false);
    }
  };
  return { text, isBusy, problem, set, send: (channel) => void send(channel) };
}

type ClosedProps = {
  readonly customerId: number;
  readonly others: readonly AnswerChannel[];
  readonly onTurn: (channel: AnswerChannel) => void;
};

/** WhatsApp outside its window: why, and what to do instead. */
function Closed({ customerId, others, onTurn }: ClosedProps): JSX.Element {
  const { t } = useTranslation('replies');
  return (
    <div className="composer__closed">
      <p>{t('window.closed')}</p>
      <div className="marks__buttons">
        {others.map((channel) => (
          <Button key={channel} size="compact-sm" variant="default" onClick={() => onTurn(channel)}>
            {t('window.instead', { channel: t(`channel.${channel}`, { ns: 'reminders' }) })}
          </Button>
        ))}
        <Button
          component={Link}
          href={`/customers/${customerId}?send=whatsapp`}
          size="compact-sm"
          variant="default"
        >
          {t('window.template')}
        </Button>
      </div>
    </div>
  );
}

function NoWay(): JSX.Element {
  const { t } = useTranslation('replies');
  return (
    <p className="composer composer__note">
      {t('answer.noWay')} <Link href="/reminders?tab=gateways">{t('answer.gateways')}</Link>
    </p>
  );
}
