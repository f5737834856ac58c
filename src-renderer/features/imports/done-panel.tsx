import { orpc } from '../../client.ts';
import { Section } from '#kit/page.tsx';
import { Button, Group, Text } from '@mantine/core';
import {
  IconArrowBackUp,
  IconCircleCheck,
  IconFileImport,
  IconLayoutDashboard,
  IconUsers,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { CountText } from './count-text.tsx';
import { WorthTable } from './counts-table.tsx';
import { useFileWords } from './file-words.ts';
import { RevertRefused, RevertThis } from './revert-parts.tsx';
import type { ImportBatch } from './types.ts';
import { useFocusOnArrival } from './use-focus-on-arrival.ts';
import { useRevert } from './use-revert.ts';

type DonePanelProps = {
  readonly batch: ImportBatch;
  readonly onNotes: () => void;
  readonly onRestart: () => void;
};

/** Step four: what is in the book now, and where to look next. */
export function DonePanel({ batch, onNotes, onRestart }: DonePanelProps): JSX.Element {
  const { t } = useTranslation('imports');
  const revert = useRevert();
  const isReverted = useIsReverted(batch);
  const notTaken = batch.refusedRowCount + batch.leftOutRowCount;
  return (
    <Section title={<DoneTitle fileName={batch.fileName} isReverted={isReverted} />}>
      {isReverted ? <Reverted /> : <DoneFacts batch={batch} />}
      <RevertRefused revert={revert} />
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
        {isReverted ? null : <RevertThis batch={batch} revert={revert} />}
      </Group>
    </Section>
  );
}

/** The list knows what has become of the import, from here or from the table below. */
function useIsReverted({ batchId }: ImportBatch): boolean {
  const { data } = useQuery(orpc.imports.list.queryOptions());
  return data?.some((one) => one.batchId === batchId && one.revertedAt !== null) ?? false;
}

function Reverted(): JSX.Element {
  const { t } = useTranslation('imports');
  return (
    <Text size="sm" role="status">
      {t('revert.out')}
    </Text>
  );
}

type DoneTitleProps = { readonly fileName: string; readonly isReverted: boolean };

function DoneTitle({ fileName, isReverted }: DoneTitleProps): JSX.Element {
  const { t } = useTranslation('imports');
  const name = useFileWords()(fileName);
  const Mark = isReverted ? IconArrowBackUp : IconCircleCheck;
  return (
    <span className="done__title">
      <Mark size={20} aria-hidden /> {t(isReverted ? 'revert.heading' : 'done.heading', { file: name })}
    </span>
  );
}

function DoneFacts({ batch }: { readonly batch: ImportBatch }): JSX.Element {
  const { t } = useTranslation('imports');
  return (
    <>
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
    </>
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
