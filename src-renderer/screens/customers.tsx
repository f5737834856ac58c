import { CustomersExport } from '#features/customers/customers-export.tsx';
import { CustomersPanel } from '#features/customers/customers-panel.tsx';
import { CustomersToolbar } from '#features/customers/customers-toolbar.tsx';
import { TagMany } from '#features/customers/tag-many.tsx';
import { useCustomersView } from '#features/customers/use-customers-view.ts';
import { useShowAsked } from '#features/customers/use-show-asked.ts';
import { ViewsTabs } from '#features/customers/views-tabs.tsx';
import { openEntry } from '#features/documents/entry-store.ts';
import { PapersMany } from '#features/papers/papers-many.tsx';
import { useAsOf } from '#kit/as-of.tsx';
import { Page } from '#kit/page.tsx';
import { Button } from '@mantine/core';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../client.ts';

const NO_RANGES: readonly never[] = [];
type ShownRows = NonNullable<Parameters<typeof CustomersPanel>[0]['rows']>;

export function CustomersScreen(): JSX.Element {
  const { t } = useTranslation('customers');
  const { wish, isMoved } = useAsOf();
  const views = useCustomersView();
  useShowAsked(views);
  const [text, setText] = useState('');
  const settledText = useDeferredValue(text);
  const searchRef = useRef<HTMLInputElement>(null);
  const shownRef = useRef<ShownRows>(NO_RANGES);
  const selectedRef = useRef<ShownRows>(NO_RANGES);
  const { data, error, refetch } = useQuery(orpc.customers.list.queryOptions({ input: { asOf: wish } }));
  const ranges = data?.buckets ?? NO_RANGES;
  const enter = (): void => openEntry({ kind: 'customer' });
  return (
    <Page
      title={t('title')}
      body="fill"
      actions={
        <>
          <PapersMany disabled={!data?.rows.length} {...{ shownRef, selectedRef }} />
          <TagMany all={data?.rows ?? NO_RANGES} selectedRef={selectedRef} isReadOnly={isMoved} />
          <Button
            variant="default"
            disabled={isMoved}
            leftSection={<IconUserPlus size={16} aria-hidden />}
            onClick={enter}
          >
            {t('new')}
          </Button>
        </>
      }
      toolbar={
        <>
          <ViewsTabs views={views} />
          <CustomersToolbar
            rows={data?.rows}
            onText={setText}
            exportMenu={
              <CustomersExport view={views.view} disabled={!data?.rows.length} {...{ ranges, shownRef }} />
            }
            {...{ views, ranges, text, searchRef }}
          />
        </>
      }
    >
      <CustomersPanel
        rows={data?.rows}
        text={settledText}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        onNew={isMoved ? undefined : enter}
        {...{ ranges, views, searchRef, shownRef, selectedRef }}
      />
    </Page>
  );
}
