import type { PlannedRow } from '#contract/engine/reminders.ts';
import type { SilenceReason } from '#domain/reminders/words.ts';
import { MoneyText } from '#kit/money-text.tsx';
import { Textarea } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import { paiseOfMicros } from '#kit/micros.ts';
import { instantWords } from '#kit/instant-text.ts';
import { phoneWords } from '#kit/phone-words.ts';
import { useSilenceWords } from './silence-words.ts';

const TEXT_MOST = 5000;

type SendDraftProps = {
  readonly draft: { readonly row: PlannedRow; readonly silence: SilenceReason | null };
  /** What was written instead; undefined while the text is as it came. */
  readonly typed: string | undefined;
  readonly onType: (text: string) => void;
};

/** To whom, in which words, when and for how much; and what stands in the way. */
export function SendDraft({ draft: { row, silence }, typed, onType }: SendDraftProps): JSX.Element {
  const { t, i18n } = useTranslation('customer-reminders');
  const saySilence = useSilenceWords();
  const { data: book } = useQuery(orpc.books.current.queryOptions());
  const { data: gateways } = useQuery(orpc.gateways.list.queryOptions());
  const isUnproved =
    gateways?.some((one) => one.gatewayId === row.gatewayId && !one.hasReachedOwner) ?? false;
  const text = typed ?? row.text;
  return (
    <>
      {silence === null ? null : (
        <Alarm isBlocking>{silence === 'no-address' ? t('send.noAddress') : saySilence(silence)}</Alarm>
      )}
      {silence === null && isUnproved ? (
        <Alarm isBlocking={false}>{saySilence('first-run-to-self')}</Alarm>
      ) : null}
      {row.problems.map((one) => (
        <Alarm key={one.code} isBlocking={one.isBlocking}>
          {i18n.language === 'hi' ? one.detail.hi : one.detail.en}
        </Alarm>
      ))}
      {row.warnings.map((reason) => (
        <Alarm key={reason} isBlocking={false}>
          {t(`warning.${reason}`, {
            ns: 'reminders',
            defaultValue: t(`silence.${reason}.label`, { ns: 'reminders' }),
          })}
        </Alarm>
      ))}
      {row.address === '' ? null : (
        <p className="care__line">
          {t('send.to')} <strong>{row.toName}</strong>{' '}
          <span className="selectable">{phoneWords(row.address)}</span>
        </p>
      )}
      {row.subject === null ? null : <p className="send__subject">{row.subject}</p>}
      <Textarea
        aria-label={t('send.message')}
        autosize
        minRows={5}
        maxRows={14}
        maxLength={TEXT_MOST}
        lang={row.language}
        value={text}
        onChange={(event) => onType(event.currentTarget.value)}
      />
      <p className="care__soft care__line">
        {t('send.leaves', { at: instantWords(row.notBefore, { zone: book?.timeZone }) })}
        {row.gatewayName === null ? '' : ` · ${row.gatewayName}`}
        {row.parts === null || row.parts < 2
          ? ''
          : ` · ${t('run.parts', { count: row.parts, ns: 'reminders' })}`}
        {row.costMicros === null ? null : (
          <>
            {' · '}
            <MoneyText paise={paiseOfMicros(row.costMicros)} withSign />
          </>
        )}
      </p>
    </>
  );
}

type AlarmProps = { readonly isBlocking: boolean; readonly children: ReactNode };

function Alarm({ isBlocking, children }: AlarmProps): JSX.Element {
  const { t } = useTranslation('customer-reminders');
  return (
    <p className={`send__alarm${isBlocking ? ' send__alarm--blocking' : ''}`}>
      <IconAlertTriangle size={15} aria-hidden />
      <span>
        {isBlocking ? <strong>{t('send.blocks')} </strong> : null}
        {children}
      </span>
    </p>
  );
}
