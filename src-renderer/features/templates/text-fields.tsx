import { purposes, tones } from '#domain/reminders/words.ts';
import { Select, Textarea, TextInput } from '@mantine/core';
import { useRef, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useStarterName } from '../../words/starter-names.ts';
import { hasSubject, insertField, type TemplateDraft } from './draft.ts';
import { MergeChips } from './merge-chips.tsx';

const NAME_MOST = 80;
const SUBJECT_MOST = 200;
const BODY_MOST = 5000;

type TextFieldsProps = {
  readonly draft: TemplateDraft;
  /** As it is in the book. */
  readonly keptName: string;
  readonly customerId: number | null;
  readonly onChange: (change: Partial<TemplateDraft>) => void;
};

/** What the message says, with the fields that are filled in for each customer. */
export function TextFields({ draft, keptName, customerId, onChange }: TextFieldsProps): JSX.Element {
  const { t } = useTranslation('templates');
  const body = useRef<HTMLTextAreaElement>(null);
  const subject = useRef<HTMLInputElement>(null);
  // A field is put where was written last.
  const isInSubject = useRef(false);
  const insert = (field: string): void => {
    const place = isInSubject.current ? subject.current : body.current;
    if (!place) return;
    const text = isInSubject.current ? (draft.subject ?? '') : draft.body;
    const from = place.selectionStart ?? text.length;
    const inserted = insertField(text, field, { from, to: place.selectionEnd ?? from });
    onChange(isInSubject.current ? { subject: inserted.text } : { body: inserted.text });
    place.focus();
    // The cursor can stand behind the field only when the field is there.
    requestAnimationFrame(() => place.setSelectionRange(inserted.cursor, inserted.cursor));
  };
  return (
    <div className="text-fields">
      <WhatIs draft={draft} keptName={keptName} onChange={onChange} />
      {hasSubject(draft.channel) ? (
        <TextInput
          ref={subject}
          label={t('field.subject')}
          lang={draft.language}
          maxLength={SUBJECT_MOST}
          value={draft.subject ?? ''}
          onFocus={() => {
            isInSubject.current = true;
          }}
          onChange={({ currentTarget: { value } }) => onChange({ subject: value })}
        />
      ) : null}
      <Textarea
        ref={body}
        label={t('field.body')}
        lang={draft.language}
        data-autofocus
        minRows={7}
        maxRows={18}
        autosize
        maxLength={BODY_MOST}
        value={draft.body}
        onFocus={() => {
          isInSubject.current = false;
        }}
        onChange={({ currentTarget: { value } }) => onChange({ body: value })}
      />
      <MergeChips
        channel={draft.channel}
        language={draft.language}
        customerId={customerId}
        onInsert={insert}
      />
    </div>
  );
}

function WhatIs({ draft, keptName, onChange }: Omit<TextFieldsProps, 'customerId'>): JSX.Element {
  const { t } = useTranslation(['templates', 'reminders']);
  const sayName = useStarterName();
  return (
    <div className="text-fields__row">
      <TextInput
        label={t('field.name')}
        maxLength={NAME_MOST}
        // What is being typed is never turned into another language.
        value={draft.name === keptName ? sayName(keptName) : draft.name}
        error={draft.name.trim() === '' ? t('field.nameMissing') : undefined}
        onChange={({ currentTarget: { value } }) => onChange({ name: value })}
      />
      <Select
        label={t('field.purpose')}
        allowDeselect={false}
        value={draft.purpose}
        data={purposes.map((value) => ({ value, label: t(`reminders:purpose.${value}`) }))}
        onChange={(chosen) => onChange({ purpose: purposes.find((one) => one === chosen) ?? draft.purpose })}
      />
      <Select
        label={t('field.tone')}
        allowDeselect={false}
        value={draft.tone}
        data={tones.map((value) => ({ value, label: t(`reminders:tone.${value}`) }))}
        onChange={(chosen) => onChange({ tone: tones.find((one) => one === chosen) ?? draft.tone })}
      />
    </div>
  );
}
