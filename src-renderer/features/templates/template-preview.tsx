import { smsShape } from '#domain/reminders/texts/sms.ts';
import type { Problem } from '#kit/problem.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { PickField } from '#kit/pick-field.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { fillKnown, type TemplateDraft } from './draft.ts';
import { LetterPage } from './preview-letter.tsx';
import { Mail, SmsPhone, Spoken, WhatsappPhone } from './preview-shapes.tsx';
import './preview.css';
import type { Preview } from './use-preview.ts';

type TemplatePreviewProps = {
  readonly draft: TemplateDraft;
  readonly preview: Preview | undefined;
  readonly problem: Problem | undefined;
  readonly customerId: number | null;
  readonly onCustomer: (customerId: number | null) => void;
};

/** The text as the customer gets it: on his phone, in his mail, on paper, by ear. */
export function TemplatePreview(props: TemplatePreviewProps): JSX.Element {
  const { draft, preview, problem, customerId, onCustomer } = props;
  const { t } = useTranslation('templates');
  return (
    <section className="text-preview card" aria-label={t('preview.title')}>
      <CustomerPick preview={preview} customerId={customerId} onCustomer={onCustomer} />
      {problem ? <ProblemNote problem={problem} /> : null}
      {preview?.customerId === null ? <p className="texts__soft">{t('preview.nobody')}</p> : null}
      {preview ? <AsSent draft={draft} preview={preview} customerId={customerId} /> : null}
    </section>
  );
}

/** A text that cannot be made yet shows as much as is known; what is missing stands beside it. */
function useAsFarAsKnown(draft: TemplateDraft, preview: Preview, customerId: number | null): Preview {
  const { channel, language } = draft;
  const wish = { channel, language };
  const { data = [] } = useQuery(
    orpc.templates.fields.queryOptions({ input: customerId === null ? wish : { ...wish, customerId } }),
  );
  if (preview.values.length > 0) return preview;
  const text = fillKnown(preview.text, data);
  return {
    ...preview,
    subject: preview.subject === null ? null : fillKnown(preview.subject, data),
    text,
    sms: preview.sms === null ? null : sizeOf(text),
  };
}

function sizeOf(text: string): NonNullable<Preview['sms']> {
  const { encoding, units, parts, unicodeLetters } = smsShape(text);
  return { encoding: encoding === 'GSM-7' ? 'gsm-7' : 'ucs-2', units, parts, culprits: [...unicodeLetters] };
}

type AsSentProps = {
  readonly draft: TemplateDraft;
  readonly preview: Preview;
  readonly customerId: number | null;
};

function AsSent({ draft, preview: made, customerId }: AsSentProps): JSX.Element {
  const preview = useAsFarAsKnown(draft, made, customerId);
  switch (draft.channel) {
    case 'sms':
      return <SmsPhone draft={draft} preview={preview} />;
    case 'whatsapp':
      return <WhatsappPhone draft={draft} preview={preview} />;
    case 'email':
      return <Mail draft={draft} preview={preview} />;
    case 'letter':
      return <LetterPage draft={draft} preview={preview} />;
    case 'voice':
    case 'call':
      return <Spoken draft={draft} preview={preview} />;
  }
}

type CustomerPickProps = Pick<TemplatePreviewProps, 'preview' | 'customerId' | 'onCustomer'>;

/** Whose message it is; nobody chosen means whoever has the most overdue. */
function CustomerPick({ preview, customerId, onCustomer }: CustomerPickProps): JSX.Element {
  const { t } = useTranslation('templates');
  const [text, setText] = useState('');
  const { data: found = [] } = useQuery(orpc.customers.search.queryOptions({ input: { text } }));
  const shownId = customerId ?? preview?.customerId ?? null;
  const name = preview?.customerName ?? null;
  return (
    <PickField
      label={t('preview.for')}
      placeholder={t('preview.forHint')}
      value={shownId}
      picked={shownId !== null && name !== null ? { value: shownId, label: name } : undefined}
      onChange={onCustomer}
      onSearch={setText}
      found={found.map((one) => ({ value: one.customerId, label: one.name }))}
    />
  );
}
