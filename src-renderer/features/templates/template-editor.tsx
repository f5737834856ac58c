import { channels } from '#domain/reminders/words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { Shortcut } from '#kit/shortcut.tsx';
import { useDone } from '#kit/undo.tsx';
import { Button } from '@mantine/core';
import { IconArrowLeft, IconPlayerPause, IconPlayerPlay, IconTrash } from '@tabler/icons-react';
import { useEffect, useRef, useState, type JSX, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { problemOf } from '../../client.ts';
import { ChannelIcon } from '#kit/channel-icon.tsx';
import { useStarterName } from '../../words/starter-names.ts';
import {
  draftKey,
  putDraft,
  useDraftKeys,
  useTemplateDraft,
  type TemplateDraft,
  type TextPlace,
} from './draft.ts';
import { DltForm } from './dlt-form.tsx';
import { Problems } from './problems.tsx';
import { messageRows, type ListedTemplate } from './template-grid.ts';
import { TemplatePreview } from './template-preview.tsx';
import { placeOf } from './templates-table.tsx';
import { TextFields } from './text-fields.tsx';
import { TextSlots } from './text-slots.tsx';
import { usePreview } from './use-preview.ts';
import { useTemplateActions } from './use-template-actions.ts';
import { VendorIdField } from './vendor-id-field.tsx';
import { WhatsappForm } from './whatsapp-form.tsx';

type TemplateEditorProps = {
  readonly templates: readonly ListedTemplate[];
  /** As it is in the book; undefined for a text to be written. */
  readonly saved: ListedTemplate | undefined;
  readonly start: TemplateDraft;
  readonly draftAt: string;
  readonly bookId: string;
  readonly onOpen: (place: TextPlace) => void;
  readonly onClose: () => void;
};

/** One text: what it says at the left, and at the right how a real customer gets it. */
export function TemplateEditor(props: TemplateEditorProps): JSX.Element {
  const { saved, start, draftAt, onClose } = props;
  const { isMoved: isOff } = useAsOf();
  const { draft, isChanged } = useTemplateDraft(draftAt, start);
  const [customerId, setCustomerId] = useState<number | null>(null);
  const { preview, problem } = usePreview(draft, customerId);
  const actions = useTemplateActions();
  const change = (next: Partial<TemplateDraft>): void => putDraft(draftAt, { ...draft, ...next });
  const canSave = isChanged && !isOff && draft.name.trim() !== '';
  const save = async (): Promise<void> => {
    if (canSave && (await actions.save(draft, saved))) putDraft(draftAt, undefined);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey && event.key === 'Enter') void save();
    else if (event.key === 'Escape' && !isInList(event)) onClose();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const page = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const first = page.current?.querySelector<HTMLElement>('textarea:enabled');
    (first ?? page.current?.querySelector<HTMLElement>('button'))?.focus({ preventScroll: true });
  }, []);
  const problems = preview?.problems ?? saved?.problems ?? [];
  return (
    // The keys are shorter ways to the buttons in it.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={page} className="text-editor" onKeyDown={onKeyDown}>
      <EditorHead
        {...props}
        draft={draft}
        isChanged={isChanged}
        canSave={canSave}
        onSave={() => void save()}
      />
      <div className="text-editor__pair">
        <fieldset className="text-editor__form card" disabled={isOff}>
          <TextFields draft={draft} keptName={start.name} customerId={customerId} onChange={change} />
          <Problems problems={problems} isPaused={draft.isPaused} />
          {draft.channel === 'sms' ? (
            <DltForm draft={draft} templates={props.templates} onChange={change} />
          ) : null}
          {draft.channel === 'whatsapp' ? <WhatsappForm draft={draft} onChange={change} /> : null}
          {draft.channel === 'sms' || draft.channel === 'whatsapp' ? (
            <VendorIdField draft={draft} onChange={change} />
          ) : null}
        </fieldset>
        <TemplatePreview
          draft={draft}
          preview={preview}
          problem={problem}
          customerId={customerId}
          onCustomer={setCustomerId}
        />
      </div>
    </div>
  );
}

/** Esc in an open list or calendar closes that, not the page. */
function isInList({ target, defaultPrevented }: KeyboardEvent): boolean {
  if (defaultPrevented || !(target instanceof Element)) return defaultPrevented;
  return (
    target.getAttribute('aria-expanded') === 'true' || target.closest('[role=dialog], [role=menu]') !== null
  );
}

type EditorHeadProps = TemplateEditorProps & {
  readonly draft: TemplateDraft;
  readonly isChanged: boolean;
  readonly canSave: boolean;
  readonly onSave: () => void;
};

function EditorHead({ draft, saved, isChanged, canSave, draftAt, ...props }: EditorHeadProps): JSX.Element {
  const { t } = useTranslation(['templates', 'reminders']);
  const { isMoved: isOff } = useAsOf();
  const done = useDone(problemOf);
  const { pause, remove } = useTemplateActions();
  const sayName = useStarterName();
  const discard = (): void => {
    putDraft(draftAt, undefined);
    done({ message: t('discarded'), undo: async () => Promise.resolve(putDraft(draftAt, draft)) });
  };
  const takeOut = async (): Promise<void> => {
    if (saved && (await remove(saved))) props.onClose();
  };
  return (
    <header className="text-editor__head">
      <Button variant="subtle" leftSection={<IconArrowLeft size={16} aria-hidden />} onClick={props.onClose}>
        {t('back')}
      </Button>
      <h2 className="text-editor__title">
        {sayName(draft.name)}
        <span className="texts__soft">
          {' '}
          · {t(`reminders:channel.${draft.channel}`)} · {t(`reminders:language.${draft.language}`)}
        </span>
      </h2>
      <span className="text-editor__state" role="status">
        {isChanged ? t('unsaved') : saved?.isPaused === true ? t('state.paused') : ''}
      </span>
      {saved ? (
        <>
          <Button
            variant="default"
            disabled={isOff || isChanged}
            title={isChanged ? t('saveFirst') : undefined}
            leftSection={
              saved.isPaused ? (
                <IconPlayerPlay size={15} aria-hidden />
              ) : (
                <IconPlayerPause size={15} aria-hidden />
              )
            }
            onClick={() => void pause(saved, !saved.isPaused)}
          >
            {t(saved.isPaused ? 'resume' : 'pause')}
          </Button>
          <Button
            variant="default"
            disabled={isOff}
            leftSection={<IconTrash size={15} aria-hidden />}
            onClick={() => void takeOut()}
          >
            {t('remove')}
          </Button>
        </>
      ) : null}
      <Button variant="default" disabled={!isChanged} onClick={discard}>
        {t('discard')}
      </Button>
      <Button disabled={!canSave} rightSection={<Shortcut keys="Ctrl+Enter" />} onClick={props.onSave}>
        {t('save')}
      </Button>
      <Siblings draft={draft} {...props} />
    </header>
  );
}

type SiblingsProps = Pick<TemplateEditorProps, 'templates' | 'bookId' | 'onOpen'> & {
  readonly draft: TemplateDraft;
};

/** The same message on the other channels and in the other languages. */
function Siblings({ draft, templates, bookId, onOpen }: SiblingsProps): JSX.Element | null {
  const { t, i18n } = useTranslation('templates');
  const drafts = useDraftKeys();
  const sayName = useStarterName();
  const { key } = draft;
  const row = messageRows(templates, 'all', i18n.language).find((one) => one.key === key);
  if (!row) return null;
  return (
    <nav className="text-editor__siblings" aria-label={t('siblings')}>
      {channels.map((channel) => (
        <span key={channel} className="text-editor__sibling">
          <ChannelIcon channel={channel} size={15} />
          <TextSlots
            name={sayName(row.name)}
            slots={row.slots.get(channel) ?? []}
            isHere={(slot) => slot.channel === draft.channel && slot.language === draft.language}
            isUnsaved={({ language }) => drafts.has(draftKey(bookId, { key, channel, language }))}
            onOpen={(slot) => onOpen(placeOf(row, slot))}
          />
        </span>
      ))}
    </nav>
  );
}
