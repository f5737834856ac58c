import type { Customer } from '#contract/engine/customers.ts';
import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy, IconMail, IconPhone, IconReceiptTax, IconUserStar } from '@tabler/icons-react';
import type { JSX, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './customers.css';

/** Code, phone, mail, GSTIN and salesperson on one line, each copied by one press. */
export function CustomerContact({ customer }: { readonly customer: Customer }): JSX.Element {
  const { t } = useTranslation('customers');
  const { code, phone, email, gstin, salesperson, creditDays } = customer;
  const isBare = phone === null && email === null;
  return (
    <span className="contact">
      {code === null ? null : <span>{t('contact.code', { code })}</span>}
      <Item icon={<IconPhone size={14} aria-hidden />} text={phone} />
      <Item icon={<IconMail size={14} aria-hidden />} text={email} />
      <Item icon={<IconReceiptTax size={14} aria-hidden />} text={gstin} />
      {salesperson === null ? null : (
        <span className="contact__item">
          <IconUserStar size={14} aria-hidden />
          {salesperson}
        </span>
      )}
      {creditDays === null ? null : <span>{t('contact.terms', { count: creditDays })}</span>}
      {isBare ? <span>{t('contact.none')}</span> : null}
    </span>
  );
}

function Item({
  icon,
  text,
}: {
  readonly icon: ReactNode;
  readonly text: string | null;
}): JSX.Element | null {
  const { t } = useTranslation('customers');
  if (text === null) return null;
  return (
    <span className="contact__item">
      {icon}
      <span className="selectable">{text}</span>
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={t(copied ? 'contact.copied' : 'contact.copy')}>
            <ActionIcon size={20} onClick={copy} aria-label={t('contact.copyWhat', { text })}>
              {copied ? <IconCheck size={13} aria-hidden /> : <IconCopy size={13} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}
