import type { RegistryConsent } from '#contract/engine/registry.ts';
import { DataTable } from '#kit/data-table.tsx';
import { EmptyState } from '#kit/empty-state.tsx';
import { useStatusCounts } from '#kit/status.ts';
import { Button, SegmentedControl } from '@mantine/core';
import { IconUserSearch } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { AskDialog } from './ask-dialog.tsx';
import type { AskValues } from './ask-values.ts';
import { useConsentColumns } from './consent-columns.tsx';
import { ConsentPane } from './consent-pane.tsx';
import { LooksTable } from './looks-table.tsx';
import './registry-checks.css';

const views = ['checks', 'looks'] as const;

export type Asked = Pick<AskValues, 'purpose'> & { readonly customerId: number };

type ChecksPanelProps = {
  readonly isOff: boolean;
  /** The address of the screen asks for the form of this customer at once. */
  readonly asked: Asked | undefined;
  /** … or an empty one. */
  readonly isAsking: boolean;
  readonly onAskedDone: () => void;
};

/** Who was asked, who agreed, what was told, and every look that was taken. */
export function ChecksPanel({
  isOff,
  asked,
  isAsking: isAskedFor,
  onAskedDone,
}: ChecksPanelProps): JSX.Element {
  const { t } = useTranslation('registry');
  const [view, setView] = useState<(typeof views)[number]>('checks');
  const [isPressed, setPressed] = useState(false);
  const ask = (): void => setPressed(true);
  const isOnlyLeave = useIsOnlyLeave();
  return (
    <div className="checks">
      <div className="checks__tools">
        <SegmentedControl
          size="xs"
          aria-label={t('publish.which')}
          value={view}
          data={views.map((value) => ({ value, label: t(`checks.view.${value}`) }))}
          onChange={(next) => setView(next === 'looks' ? 'looks' : 'checks')}
        />
        <p className="checks__note">
          {t(isOnlyLeave && view === 'checks' ? 'code.TC02.note' : `checks.note.${view}`)}
        </p>
        <Button leftSection={<IconUserSearch size={16} aria-hidden />} disabled={isOff} onClick={ask}>
          {t('ask.button')}
        </Button>
      </div>
      {view === 'looks' ? <LooksTable /> : <Consents isOff={isOff} onAsk={ask} />}
      {!isOff && (isPressed || isAskedFor || asked) ? (
        <AskDialog
          asked={asked}
          onClose={() => {
            setPressed(false);
            onAskedDone();
          }}
        />
      ) : null}
    </div>
  );
}

/** Whoever joined only to publish looks at nobody: he asks for leave to report. */
function useIsOnlyLeave(): boolean {
  return useQuery(orpc.registry.membership.queryOptions()).data?.purpose === 'publish';
}

type ConsentsProps = { readonly isOff: boolean; readonly onAsk: () => void };

function Consents({ isOff, onAsk }: ConsentsProps): JSX.Element {
  const { t } = useTranslation('registry');
  const { data, error, refetch } = useQuery(orpc.registry.consents.queryOptions({ input: {} }));
  const [chosenId, setChosenId] = useState<string>();
  const isOnlyLeave = useIsOnlyLeave();
  const columns = useConsentColumns();
  const choose = ({ consentId }: RegistryConsent): void => setChosenId(consentId);
  const chosen = data?.find(({ consentId }) => consentId === chosenId);
  useStatusCounts(data ? t('checks.counts', { count: data.length }) : '');
  return (
    <div className={`checks__body${chosen ? ' checks__body--open' : ''}`}>
      <DataTable
        label={t('tabs.checks')}
        columns={columns}
        rows={data}
        keyOf={keyOf}
        initialSort={{ key: 'asked', direction: 'desc' }}
        onOpen={choose}
        onPeek={choose}
        onActive={choose}
        problem={error ? problemOf(error) : undefined}
        onRetry={() => void refetch()}
        empty={
          <EmptyState
            icon={<IconUserSearch size={36} stroke={1.3} />}
            title={t('checks.empty.title')}
            next={t(isOnlyLeave ? 'code.TC02.note' : 'checks.empty.next')}
            actions={
              <Button disabled={isOff} onClick={onAsk}>
                {t('ask.button')}
              </Button>
            }
          />
        }
      />
      {chosen ? (
        <ConsentPane
          key={chosen.consentId}
          consent={chosen}
          isOff={isOff}
          onClose={() => setChosenId(undefined)}
        />
      ) : null}
    </div>
  );
}

function keyOf({ consentId }: RegistryConsent): string {
  return consentId;
}
