import type { TimelineEvent } from '#contract/engine/customers.ts';
import type { TimelineKind } from '#contract/engine/customer-words.ts';
import { isDay } from '#domain/days.ts';
import { DayText, dayWords } from '#kit/day-text.tsx';
import { MoneyText } from '#kit/money-text.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { ActionIcon, Button } from '@mantine/core';
import {
  IconArrowBackUp,
  IconBan,
  IconCalendarTime,
  IconCash,
  IconFileImport,
  IconFileInvoice,
  IconLink,
  IconLinkOff,
  IconMessage,
  IconMessageReply,
  IconNote,
  IconPencil,
  IconReceiptRefund,
  IconX,
  type TablerIcon,
} from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, problemOf } from '../../client.ts';
import './timeline.css';

const icons: Readonly<Record<TimelineKind, TablerIcon>> = {
  bill: IconFileInvoice,
  receipt: IconCash,
  credit: IconReceiptRefund,
  allocation: IconLink,
  'allocation-undone': IconLinkOff,
  cheque: IconCalendarTime,
  note: IconNote,
  message: IconMessage,
  reply: IconMessageReply,
  edit: IconPencil,
  void: IconBan,
  restored: IconArrowBackUp,
  import: IconFileImport,
};

export type Voided = { readonly what: 'bill' | 'receipt' | 'credit'; readonly id: number };

type EventLineProps = {
  readonly event: TimelineEvent;
  readonly isReadOnly: boolean;
  /** Given where the event is a void that still stands. */
  readonly onRestore: ((voided: Voided) => void) | undefined;
};

/** One thing that happened: when, what, how much. */
export function EventLine({ event, isReadOnly, onRestore }: EventLineProps): JSX.Element {
  const { t } = useTranslation('timeline');
  const Icon = icons[event.kind];
  const voided = voidedOf(event);
  return (
    <li className="timeline__event">
      <Icon size={16} stroke={1.6} className="timeline__icon" aria-hidden />
      <div className="timeline__words">
        <div className="timeline__head">
          <span className="timeline__what">
            <EventWords event={event} />
          </span>
          <DayText day={event.day} />
        </div>
        <EventText event={event} />
        {voided && onRestore && !isReadOnly ? (
          <Button size="compact-xs" variant="default" mt={4} onClick={() => onRestore(voided)}>
            {t('restore')}
          </Button>
        ) : null}
      </div>
      {event.kind === 'note' && event.documentId !== null && !isReadOnly ? (
        <RemoveNote noteId={event.documentId} />
      ) : null}
    </li>
  );
}

function EventWords({ event }: { readonly event: TimelineEvent }): JSX.Element {
  const { t } = useTranslation('timeline');
  const { kind, number, amountPaise, subject } = event;
  const name = [subject === null ? '' : t(`subject.${subject}`, { defaultValue: subject }), number ?? '']
    .filter((word) => word !== '')
    .join(' ');
  const counterpart = kind === 'allocation' || kind === 'allocation-undone';
  const words = counterpart
    ? t(`what.${kind}`, { name: event.text ?? t(`subject.${subject ?? 'receipt'}`), bill: number ?? '' })
    : t(`what.${kind}`, { name });
  return (
    <>
      {words}
      {amountPaise === null ? null : (
        <>
          {' '}
          <MoneyText paise={amountPaise} withSign />
        </>
      )}
    </>
  );
}

/** Words beneath: a note's own, a reason, a file, and of an edit the values before and after. */
function EventText({ event }: { readonly event: TimelineEvent }): JSX.Element | null {
  const { t } = useTranslation('timeline');
  const { kind, field, before, after, text } = event;
  if (kind === 'edit' && field !== null) {
    const value = (of: string | null): string =>
      of === null || of === '' ? '–' : isDay(of) ? dayWords(of) : of;
    return (
      <div className="timeline__text">
        {t(`field.${field}`, { defaultValue: field })}:{' '}
        {/Paise$|^amount/.test(field) ? (
          <>
            <EditedMoney text={before} /> → <EditedMoney text={after} />
          </>
        ) : (
          `${value(before)} → ${value(after)}`
        )}
      </div>
    );
  }
  if (text === null || text === '' || kind === 'allocation' || kind === 'allocation-undone') return null;
  if (kind === 'cheque') {
    return (
      <div className="timeline__text">
        {t('chequeDay')} {isDay(text) ? dayWords(text) : text}
      </div>
    );
  }
  return <div className={`timeline__text${kind === 'note' ? ' timeline__note selectable' : ''}`}>{text}</div>;
}

function EditedMoney({ text }: { readonly text: string | null }): JSX.Element {
  const paise = Number(text ?? Number.NaN);
  return Number.isSafeInteger(paise) && text !== null ? (
    <MoneyText paise={paise} withSign />
  ) : (
    <>{text ?? '–'}</>
  );
}

function voidedOf({ kind, subject, documentId }: TimelineEvent): Voided | undefined {
  if (kind !== 'void' || documentId === null || subject === null) return undefined;
  if (subject === 'receipt') return { what: 'receipt', id: documentId };
  const isCredit = subject === 'credit-note' || subject === 'advance' || subject === 'on-account';
  return { what: isCredit ? 'credit' : 'bill', id: documentId };
}

function RemoveNote({ noteId }: { readonly noteId: number }): JSX.Element {
  const { t } = useTranslation('timeline');
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const remove = async (): Promise<void> => {
    try {
      await client.notes.remove({ noteId });
      done({ message: t('note.removed'), undo: () => client.notes.restore({ noteId }) });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <ActionIcon size={20} aria-label={t('note.remove')} onClick={() => void remove()}>
      <IconX size={13} aria-hidden />
    </ActionIcon>
  );
}
