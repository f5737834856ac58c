import { Avatar } from '@mantine/core';
import { IconFileTypePdf, IconPhoneCall } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import type { TemplateDraft } from './draft.ts';
import { linkParts } from './link-parts.ts';
import type { Preview } from './use-preview.ts';

export type ShapeProps = { readonly draft: TemplateDraft; readonly preview: Preview };

/** An SMS on a phone, with what it costs in parts and which characters make it dear. */
export function SmsPhone({ draft, preview }: ShapeProps): JSX.Element {
  const { t } = useTranslation('templates');
  const { sms } = preview;
  const header = draft.dlt?.header ?? '';
  return (
    <>
      <div className="handset">
        <div className="handset__from">{header === '' ? t('preview.noHeader') : header}</div>
        <p className="handset__bubble" lang={draft.language}>
          {preview.text}
        </p>
      </div>
      {sms ? (
        <dl className="preview-facts">
          <dt>{t('sms.parts')}</dt>
          <dd>{t('sms.partsOf', { count: sms.parts, units: sms.units })}</dd>
          <dt>{t('sms.encoding')}</dt>
          <dd>{t(`sms.${sms.encoding}`)}</dd>
          {sms.culprits.length > 0 ? (
            <>
              <dt>{t('sms.culprits')}</dt>
              <dd className="preview-facts__letters" lang={draft.language}>
                {lettersWords(sms.culprits)}
              </dd>
            </>
          ) : null}
        </dl>
      ) : null}
    </>
  );
}

const LETTERS_MOST = 24;

/** Vowel signs are no letters by themselves: what they stand on has been named. */
function lettersWords(letters: readonly string[]): string {
  const whole = letters.filter((letter) => !/^\p{M}/u.test(letter));
  return `${whole.slice(0, LETTERS_MOST).join(' ')}${whole.length > LETTERS_MOST ? ' …' : ''}`;
}

/** A WhatsApp message, with where its approval stands. */
export function WhatsappPhone({ draft, preview }: ShapeProps): JSX.Element {
  const { t } = useTranslation('templates');
  const { data: business } = useQuery(orpc.business.get.queryOptions());
  const { whatsapp } = draft;
  return (
    <>
      <div className="handset handset--whatsapp">
        <div className="handset__from">{business?.name ?? ''}</div>
        <div className="handset__bubble handset__bubble--chat">
          {whatsapp?.hasDocument === true ? (
            <div className="handset__file">
              <IconFileTypePdf size={18} aria-hidden /> {t('preview.document')}
            </div>
          ) : null}
          <p lang={draft.language}>{preview.text}</p>
        </div>
      </div>
      <dl className="preview-facts">
        <dt>{t('whatsapp.status')}</dt>
        <dd>{whatsapp ? t(`whatsapp.statuses.${whatsapp.status}`) : t('whatsapp.noTemplate')}</dd>
        <dt>{t('preview.length')}</dt>
        <dd>{t('preview.characters', { count: preview.text.length })}</dd>
      </dl>
    </>
  );
}

/** A mail as a mail program shows it. */
export function Mail({ draft, preview }: ShapeProps): JSX.Element {
  const { t } = useTranslation('templates');
  const { data: business } = useQuery(orpc.business.get.queryOptions());
  const from = business?.name ?? '';
  const subject = preview.subject ?? '';
  return (
    <div className="letterbox">
      <div className="letterbox__subject" lang={draft.language}>
        {subject === '' ? t('preview.noSubject') : subject}
      </div>
      <div className="letterbox__head">
        <Avatar size={30} radius="xl" color="gray" aria-hidden>
          {from.slice(0, 1).toUpperCase()}
        </Avatar>
        <div>
          <strong>{from}</strong>
          <div className="texts__soft">
            {business?.email ?? ''} → {preview.customerName ?? ''}
          </div>
        </div>
      </div>
      <p className="letterbox__text" lang={draft.language}>
        {linkParts(preview.text).map(({ at, text, isLink }) =>
          isLink ? (
            <span key={at} className="letterbox__link">
              {text}
            </span>
          ) : (
            text
          ),
        )}
      </p>
    </div>
  );
}

/** What a recorded voice reads out, or what a person says. */
export function Spoken({ draft, preview }: ShapeProps): JSX.Element {
  const { t } = useTranslation('templates');
  return (
    <div className="said">
      <div className="texts__soft">
        <IconPhoneCall size={15} aria-hidden />{' '}
        {t(draft.channel === 'voice' ? 'preview.voice' : 'preview.call')}
      </div>
      <blockquote className="said__text" lang={draft.language}>
        {preview.text}
      </blockquote>
      <div className="texts__soft">{t('preview.seconds', { count: secondsOf(preview.text) })}</div>
    </div>
  );
}

/** About so many words are read out in a minute. */
const WORDS_A_MINUTE = 130;

function secondsOf(text: string): number {
  const words = text.split(/\s+/u).filter((word) => word !== '').length;
  return Math.ceil((words * 60) / WORDS_A_MINUTE);
}
