import type { CustomerPage } from '#contract/engine/customers.ts';
import { MoneyText } from '#kit/money-text.tsx';
import { Section } from '#kit/page.tsx';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import './customers.css';

/** Who pays for the customer, and for whom he pays. */
export function CustomerFamily({ page }: { readonly page: CustomerPage }): JSX.Element | null {
  const { t } = useTranslation('customers');
  const { customer, parentName, children } = page;
  if (customer.parentId === null && children.length === 0) return null;
  return (
    <Section title={t('family.title')}>
      {customer.parentId === null ? null : (
        <p className="family__line">
          {t('family.paidBy')} <Link href={`/customers/${customer.parentId}`}>{parentName}</Link>
        </p>
      )}
      {children.length === 0 ? null : (
        <>
          <p className="family__line">{t('family.paysFor')}</p>
          <ul className="family">
            {children.map((child) => (
              <li key={child.customerId}>
                <Link href={`/customers/${child.customerId}`}>{child.name}</Link>
                <MoneyText paise={child.outstandingPaise} withSign />
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}
