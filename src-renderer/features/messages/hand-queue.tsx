import type { MessageRow, MessageShown } from '#contract/engine/messages.ts';
import { DataTable, type Column } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { phoneWords } from '#kit/phone-words.ts';
import { Button } from '@mantine/core';
import { IconBrandWhatsapp, IconChecks, IconPrinter } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { CallForm } from './call-form.tsx';
import { workedOn, type HandView } from './hand-views.ts';
import { useMessageColumns } from './message-columns.tsx';
import { OpenedLink } from './opened-link.tsx';
import { PostedForm } from './posted-form.tsx';
import { useMessageCalls, type MessageCalls } from './use-message-actions.ts';

const NO_ROWS: readonly never[] = [];
const ROWS_MOST = 1000;
const COLUMNS = ['customer', 'address', 'bills', 'balance'] as const;

type HandQueueProps = {
  readonly view: HandView;
  /** What is approved and comes here once its approval can no longer be taken back. */
  readonly comingCount: number;
};

/** A queue of one kind: the list, and beside it the message that is worked on. */
export function HandQueue({ view, comingCount }: HandQueueProps): JSX.Element {
  const { t } = useTranslation('messages');
  const calls = useMessageCalls();
  const [selected, setSelected] = useState<readonly MessageRow[]>(NO_ROWS);
  const [chosen, setChosen] = useState<{ readonly messageId: number; readonly at: number }>();
  const shownRef = useRef<readonly MessageRow[]>(NO_ROWS);
  const { data, error, refetch } = useQuery(
    orpc.messages.list.queryOptions({ input: { view, limit: ROWS_MOST } }),
  );
  const rows = useMemo(() => data?.rows.toSorted(byName), [data]);
  const active = workedOn(rows ?? NO_ROWS, chosen);
  const columns = useQueueColumns(active?.messageId);
  if (rows?.length === 0) {
    return (
      <div className="outbox__empty card">
        <EmptyState
          icon={<IconChecks size={36} stroke={1.3} />}
          title={comingCount > 0 ? t('handSoon', { count: comingCount }) : t(`handEmpty.${view}.title`)}
          next={comingCount > 0 ? t('handSoonWhen') : t(`handEmpty.${view}.next`)}
        />
      </div>
    );
  }
  return (
    <div className="hand">
      <DataTable
        label={t('hand.label')}
        columns={columns}
        rows={rows}
        keyOf={({ messageId }) => String(messageId)}
        shownRef={shownRef}
        onActive={(row) => setChosen({ messageId: row.messageId, at: shownRef.current.indexOf(row) })}
        onSelectionChange={setSelected}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
      />
      <div className="hand__beside card">
        {view === 'to-print' && rows ? <PrintMany rows={rows} selected={selected} calls={calls} /> : null}
        {active ? <Beside key={active.messageId} messageId={active.messageId} calls={calls} /> : null}
      </div>
    </div>
  );
}

/** The columns of the outbox that matter here; the name of whoever is worked on stands out. */
function useQueueColumns(activeId: number | undefined): readonly Column<MessageRow>[] {
  const columns = useMessageColumns(COLUMNS);
  return useMemo(
    () =>
      columns.map((column) =>
        column.key === 'customer'
          ? { ...column, cell: (row) => <Name row={row} activeId={activeId} /> }
          : column,
      ),
    [columns, activeId],
  );
}

type NameProps = { readonly row: MessageRow; readonly activeId: number | undefined };

function Name({ row: { customerName, messageId }, activeId }: NameProps): JSX.Element {
  const isActive = messageId === activeId;
  return (
    <span title={customerName} className={isActive ? 'hand__now' : undefined} aria-current={isActive}>
      {customerName}
    </span>
  );
}

function byName(a: MessageRow, b: MessageRow): number {
  return a.customerName.localeCompare(b.customerName) || a.messageId - b.messageId;
}

type PrintManyProps = {
  readonly rows: readonly MessageRow[];
  readonly selected: readonly MessageRow[];
  readonly calls: MessageCalls;
};

/** Several selected letters, or else all of them, into one file in the order of the list. */
function PrintMany({ rows, selected, calls }: PrintManyProps): JSX.Element {
  const { t } = useTranslation('messages');
  const wanted = selected.length > 1 ? selected : rows;
  return (
    <Button
      leftSection={<IconPrinter size={16} aria-hidden />}
      disabled={calls.isBusy}
      onClick={() => calls.print(wanted.map(({ messageId }) => messageId))}
    >
      {t('print.button', { count: wanted.length })}
    </Button>
  );
}

type BesideProps = { readonly messageId: number; readonly calls: MessageCalls };

function Beside({ messageId, calls }: BesideProps): JSX.Element | null {
  const { data, error } = useQuery(orpc.messages.get.queryOptions({ input: { messageId } }));
  const ref = useRef<HTMLDivElement>(null);
  const isHere = data?.messageId === messageId;
  useEffect(() => {
    // The one before went with the button that was pressed: the keyboard goes on with this one.
    if (isHere && document.activeElement === document.body)
      ref.current?.querySelector<HTMLElement>('[data-begins], .call-form input, .posted input')?.focus();
  }, [isHere]);
  if (error) return <ProblemNote problem={problemOf(error)} />;
  if (!isHere) return null;
  return (
    <div ref={ref} className="hand__task">
      <h2 className="hand__name">{data.customerName}</h2>
      <Task message={data} calls={calls} />
    </div>
  );
}

type TaskProps = { readonly message: MessageShown; readonly calls: MessageCalls };

function Task({ message, calls }: TaskProps): JSX.Element {
  const { t } = useTranslation('messages');
  const { messageId } = message;
  switch (message.channel) {
    case 'call':
      return (
        <>
          <div className="hand__phone selectable">{phoneWords(message.address)}</div>
          <p className="hand__hint">{t('hand.script')}</p>
          <Words message={message} />
          <CallForm messageId={messageId} calls={calls} />
        </>
      );
    case 'letter':
      return (
        <>
          <address className="hand__address selectable">{message.address}</address>
          <Words message={message} />
          <Button
            variant="default"
            leftSection={<IconPrinter size={16} aria-hidden />}
            disabled={calls.isBusy}
            onClick={() => calls.print([messageId])}
          >
            {t('print.button', { count: 1 })}
          </Button>
          <PostedForm messageId={messageId} calls={calls} />
        </>
      );
    case 'sms':
    case 'whatsapp':
    case 'email':
    case 'voice':
      return <HandOver message={message} calls={calls} />;
  }
}

/** WhatsApp by one's own phone: Baaki types, the person presses send and says so. */
function HandOver({ message, calls }: TaskProps): JSX.Element {
  const { t } = useTranslation('messages');
  const { messageId } = message;
  const [url, setUrl] = useState<string>();
  const isOpened = url !== undefined;
  return (
    <>
      <div className="hand__phone selectable">{phoneWords(message.address)}</div>
      <Words message={message} />
      <div className="posted__buttons">
        <Button
          data-begins
          variant={isOpened ? 'default' : 'filled'}
          leftSection={<IconBrandWhatsapp size={16} aria-hidden />}
          disabled={calls.isBusy}
          onClick={() => calls.openLink(messageId, setUrl)}
        >
          {t(isOpened ? 'hand.openAgain' : 'hand.open')}
        </Button>
        <Button
          variant={isOpened ? 'filled' : 'default'}
          disabled={calls.isBusy || !message.actions.includes('confirm-sent')}
          onClick={() => calls.confirm({ messageId, isDone: true }, t('confirmed.sent'))}
        >
          {t('action.confirm-sent')}
        </Button>
        <Button
          variant="default"
          disabled={calls.isBusy}
          onClick={() => calls.confirm({ messageId, isDone: false }, t('confirmed.not'))}
        >
          {t('action.not-sent')}
        </Button>
      </div>
      {url === undefined ? null : <OpenedLink url={url} />}
    </>
  );
}

function Words({ message }: { readonly message: MessageShown }): JSX.Element {
  return (
    <div className="hand__words" lang={message.language}>
      {message.subject === null ? null : <strong>{message.subject}</strong>}
      <p className="story__text selectable">{message.text}</p>
    </div>
  );
}
