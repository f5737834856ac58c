import { Section } from '#kit/page.tsx';
import { Button, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconFileImport, IconLayoutDashboard, IconUsers } from '@tabler/icons-react';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CountText } from './count-text.tsx';
import { WorthTable } from './counts-table.tsx';
import type { ImportBatch } from './types.ts';
import { useFocusOnArrival } from './use-focus-on-arrival.ts';

type DonePanelProps = {
  readonly batch: ImportBatch;
  readonly onNotes: () => void;
  readonly onRestart: () => void;
};

/** Step four: what is in the book now, and where to look next. */
export function DonePanel({ batch, onNotes, onRestart }: DonePanelProps): JSX.Element {
  const { t } = useTranslation('imports');
  const notTaken = batch.refusedRowCount + batch.leftOutRowCount;
  return (
    <Section
      title={
        <span className="done__title">
          <IconCircleCheck size={20} aria-hidden /> {t('done.heading', { file: batch.fileName })}
        </span>
      }
    >
      <Text size="sm" mb="sm" role="status" data-testid="import-done">
        {t('done.rows', {
          taken: batch.takenRowCount,
          refused: batch.refusedRowCount,
          leftOut: batch.leftOutRowCount,
        })}
      </Text>
      <div className="done__facts">
        <BillCounts batch={batch} />
        <WorthTable dryRun={batch} />
      </div>
      <Group gap="sm" mt="md">
        <Button
          component={Link}
          href="/"
          leftSection={<IconLayoutDashboard size={16} aria-hidden />}
          ref={useFocusOnArrival<HTMLAnchorElement>()}
        >
          {t('done.dashboard')}
        </Button>
        <Button
          component={Link}
          href="/customers"
          variant="default"
          leftSection={<IconUsers size={16} aria-hidden />}
        >
          {t('done.customers')}
        </Button>
        <Button variant="default" leftSection={<IconFileImport size={16} aria-hidden />} onClick={onRestart}>
          {t('done.another')}
        </Button>
        {notTaken > 0 ? (
          <Button variant="subtle" onClick={onNotes}>
            {t('done.seeNotes')}
          </Button>
        ) : null}
      </Group>
    </Section>
  );
}

function BillCounts({ batch }: { readonly batch: ImportBatch }): JSX.Element {
  const { t } = useTranslation('imports');
  return (
    <table className="facts">
      <thead>
        <tr>
          <td aria-hidden />
          <th scope="col">{t('done.count')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          <th scope="row">{t('done.added')}</th>
          <td>
            <CountText count={batch.addedBillCount} />
          </td>
        </tr>
        <tr>
          <th scope="row">{t('done.changed')}</th>
          <td>
            <CountText count={batch.changedBillCount} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}
