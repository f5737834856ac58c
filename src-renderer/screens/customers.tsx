import { isShow, type Show } from '#features/customers/customer-filters.ts';
import { CustomersPanel } from '#features/customers/customers-panel.tsx';
import { CustomersToolbar } from '#features/customers/customers-toolbar.tsx';
import { Page } from '#kit/page.tsx';
import { useDeferredValue, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearch } from 'wouter';

export function CustomersScreen(): JSX.Element {
  const { t } = useTranslation('customers');
  const [, goTo] = useLocation();
  const asked = new URLSearchParams(useSearch()).get('show');
  const show: Show = isShow(asked) ? asked : 'all';
  const [text, setText] = useState('');
  const settledText = useDeferredValue(text);
  const searchRef = useRef<HTMLInputElement>(null);
  return (
    <Page
      title={t('title')}
      body="fill"
      toolbar={
        <CustomersToolbar
          {...{ show, text, searchRef }}
          onShow={(next) =>
            goTo(next === 'all' ? '/customers' : `/customers?show=${next}`, { replace: true })
          }
          onText={setText}
        />
      }
    >
      <CustomersPanel show={show} text={settledText} searchRef={searchRef} />
    </Page>
  );
}
