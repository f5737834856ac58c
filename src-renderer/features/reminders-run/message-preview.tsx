import type { PlannedRow } from '#contract/engine/reminders.ts';
import { phoneWords } from '#kit/phone-words.ts';
import { smsShape } from '#domain/reminders/texts/sms.ts';
import { Avatar } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import './preview.css';

type Shown = Pick<
  PlannedRow,
  'channel' | 'subject' | 'text' | 'attaches' | 'toName' | 'address' | 'language' | 'parts'
>;

/** The message as the customer will see or hear it. */
export function MessagePreview({ row }: { readonly row: Shown }): JSX.Element {
  switch (row.channel) {
    case 'sms':
      return <Sms row={row} />;
    case 'whatsapp':
      return <Whatsapp row={row} />;
    case 'email':
      return <Mail row={row} />;
    case 'letter':
      return <Letter row={row} />;
    case 'voice':
    case 'call':
      return <Spoken row={row} />;
  }
}

function Sms({ row }: { readonly row: Shown }): JSX.Element {
  return (
    <div className="phone">
      <div className="phone__to">{phoneWords(row.address)}</div>
      <p className="phone__bubble" lang={row.language}>
        {row.text}
      </p>
      <SmsSize text={row.text} parts={row.parts} />
    </div>
  );
}

/** How an SMS is written and in how many parts it leaves, and which characters make it dear. */
export function SmsSize({
  text,
  parts,
}: {
  readonly text: string;
  readonly parts?: number | null;
}): JSX.Element {
  const { t } = useTranslation('reminders');
  const shape = smsShape(text);
  const culprits = shape.unicodeLetters.slice(0, 6).join(' ');
  const isPlainText = shape.encoding === 'GSM-7';
  return (
    <div className="phone__size">
      {t('sms.size', { units: shape.units, count: parts ?? shape.parts })} ·{' '}
      {isPlainText ? t('sms.gsm') : t('sms.unicode', { letters: culprits })}
    </div>
  );
}

function Whatsapp({ row }: { readonly row: Shown }): JSX.Element {
  return (
    <div className="phone phone--whatsapp">
      <div className="phone__to">{phoneWords(row.address)}</div>
      <div className="phone__bubble phone__bubble--ours">
        <Attached attaches={row.attaches} />
        <p lang={row.language}>{row.text}</p>
      </div>
    </div>
  );
}

function Mail({ row }: { readonly row: Shown }): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <div className="mail">
      <header className="mail__head">
        <Avatar size={30} radius="xl" color="gray" aria-hidden>
          {row.toName.slice(0, 1).toUpperCase()}
        </Avatar>
        <div className="mail__heads">
          <div className="mail__subject" lang={row.language}>
            {row.subject ?? t('preview.noSubject')}
          </div>
          <div className="mail__to">
            {t('preview.to')} {row.toName} ‹{row.address}›
          </div>
        </div>
      </header>
      <p className="mail__text" lang={row.language}>
        {row.text}
      </p>
      <Attached attaches={row.attaches} />
    </div>
  );
}

function Letter({ row }: { readonly row: Shown }): JSX.Element {
  return (
    <div className="letter">
      <address className="letter__to">
        {row.toName}
        {'\n'}
        {row.address}
      </address>
      {row.subject === null ? null : (
        <div className="letter__subject" lang={row.language}>
          {row.subject}
        </div>
      )}
      <p className="letter__text" lang={row.language}>
        {row.text}
      </p>
      <Attached attaches={row.attaches} />
    </div>
  );
}

/** A recorded call says it, or a person does. */
function Spoken({ row }: { readonly row: Shown }): JSX.Element {
  const { t } = useTranslation('reminders');
  return (
    <div className="spoken">
      <div className="spoken__to">
        <strong>{row.toName}</strong> <span className="selectable">{phoneWords(row.address)}</span>
      </div>
      <div className="spoken__how">{t(`preview.${row.channel === 'call' ? 'call' : 'voice'}`)}</div>
      <blockquote className="spoken__text" lang={row.language}>
        {row.text}
      </blockquote>
    </div>
  );
}

function Attached({ attaches }: { readonly attaches: string | null }): JSX.Element | null {
  const { t } = useTranslation('reminders');
  if (attaches === null) return null;
  return (
    <div className="attached">
      <IconPaperclip size={14} aria-hidden /> {t(`attaches.${attaches}`, { defaultValue: attaches })} (PDF)
    </div>
  );
}
