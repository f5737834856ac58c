import type { Consent } from '#contract/engine/consents.ts';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { Button, Switch } from '@mantine/core';
import { IconChecklist, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { useConsentColumns } from './consent-columns.tsx';
import { ConsentDrawer } from './consent-drawer.tsx';
import { consentsShown } from './consent-lists.ts';
import type { ListProps } from './consents-panel.tsx';
import { RecordDialog, type RecordWish } from './record-dialog.tsx';

const NOBODY: RecordWish = { chosen: [], channel: 'whatsapp', purpose: 'reminder', isGranted: true };
const NO_ROWS: readonly Consent[] = [];

/** Who agreed to be written to, and who did not: by customer, with the proof. */
export function ConsentsTable({ isShown, isSearched, isOff }: ListProps): JSX.Element {
  const { t } = useTranslation('consents');
  const [withOld, setWithOld] = useState(false);
  const [selected, setSelected] = useState(NO_ROWS);
  const [recorded, setRecorded] = useState<RecordWish>();
  const [opened, setOpened] = useState<Consent>();
  const columns = useConsentColumns();
  const { data, error, refetch } = useQuery(orpc.consents.list.queryOptions({ input: {} }));
  const rows = useMemo(() => data && consentsShown(data, withOld), [data, withOld]);
  useStatusCounts(rows ? t('counts.consents', { count: rows.length }) : '');
  return (
    <>
      <div className="consents__head">
        <p className="consents__note">{t('about.consents')}</p>
        <Switch
          label={t('withOld')}
          checked={withOld}
          onChange={({ currentTarget }) => setWithOld(currentTarget.checked)}
        />
        {selected.length > 0 ? (
          <Button variant="default" disabled={isOff} onClick={() => setRecorded(wishOf(selected))}>
            {t('record.many', { count: customersOf(selected).length })}
          </Button>
        ) : null}
        <Button
          variant="default"
          leftSection={<IconPlus size={16} aria-hidden />}
          disabled={isOff}
          onClick={() => setRecorded(NOBODY)}
        >
          {t('record.button')}
        </Button>
      </div>
      <DataTable
        label={t('list.consents')}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        isShown={isShown}
        initialSort={{ key: 'day', direction: 'desc' }}
        onOpen={setOpened}
        onSelectionChange={setSelected}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        empty={
          <EmptyState
            icon={<IconChecklist size={36} stroke={1.3} />}
            title={t(isSearched ? 'empty.notFound' : 'empty.consents')}
            next={isSearched ? undefined : t('empty.consentsNext')}
          />
        }
      />
      <ConsentDrawer
        customer={opened}
        isOff={isOff}
        onRecord={setRecorded}
        onClose={() => setOpened(undefined)}
      />
      {recorded ? <RecordDialog wish={recorded} onClose={() => setRecorded(undefined)} /> : null}
    </>
  );
}

function keyOf({ consentId }: Consent): string {
  return String(consentId);
}

function customersOf(rows: readonly Consent[]): RecordWish['chosen'] {
  const byId = new Map(rows.map(({ customerId, customerName }) => [customerId, customerName]));
  return [...byId].map(([customerId, name]) => ({ customerId, name }));
}

/** A further word of all the selected, on the channel and for the purpose of the first. */
function wishOf(rows: readonly Consent[]): RecordWish {
  const { channel, purpose } = rows[0] ?? NOBODY;
  return { chosen: customersOf(rows), channel, purpose, isGranted: true };
}
