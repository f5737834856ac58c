import type { ExportFormat, ExportTable } from '#domain/exports.ts';
import { Button, Group, Menu, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconFileSpreadsheet, IconFileText, IconPrinter, IconTableExport } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { createPortal, flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import type { ShownTable } from './export-columns.ts';
import { isLandscape, PRINT_ROWS_MOST, PrintPage } from './print-page.tsx';
import { useProblemWords, type Problem } from './problem.tsx';

type ExportMenuProps = {
  /** What the file is called before the user says otherwise. */
  readonly name: string;
  /** What the button says where “Export” alone would not tell what of. */
  readonly label?: string;
  /** Made when it is asked for, not at every drawing. */
  readonly makeTable: () => ShownTable | Promise<ShownTable>;
  /** Has the engine write the file; the problem when it could not. */
  readonly onWrite: (path: string, format: ExportFormat, table: ExportTable) => Promise<Problem | null>;
  readonly disabled?: boolean;
  readonly size?: 'sm' | 'compact-sm';
};

const SHOWN_MS = 10_000;

/** Saves a table as a workbook, as CSV or on paper, at a place that the user names. */
export function ExportMenu(props: ExportMenuProps): JSX.Element {
  const { name, label, makeTable, onWrite, disabled = false, size = 'sm' } = props;
  const { t } = useTranslation('kit');
  const say = useProblemWords();
  const [isBusy, setBusy] = useState(false);
  const [printed, setPrinted] = useState<ShownTable | null>(null);

  const write = async (format: ExportFormat): Promise<void> => {
    const place = await window.baaki.pickSaveFile({ name, kind: format });
    if (place === null) return;
    const { columnBuckets: _, ...table } = await makeTable();
    const problem = await onWrite(place, format, table);
    if (problem === null) tellSaved(place, t);
    else tellNotSaved(say(problem), t);
  };

  const print = async (): Promise<void> => {
    const table = await makeTable();
    const rows = table.rows.length;
    if (rows > PRINT_ROWS_MOST) {
      tellNotSaved(t('export.tooLong', { rows, most: PRINT_ROWS_MOST }), t);
      return;
    }
    const place = await window.baaki.pickSaveFile({ name, kind: 'pdf' });
    if (place === null) return;
    // The page must stand before main is asked to print what it sees.
    flushSync(() => setPrinted(table));
    try {
      const outcome = await window.baaki.printToPdf(place, isLandscape(table));
      if (outcome === 'saved') tellSaved(place, t);
      else tellNotSaved(t(`export.outcome.${outcome}`, { name: fileNameOf(place) }), t);
    } finally {
      setPrinted(null);
    }
  };

  const start = (job: Promise<void>): void => {
    setBusy(true);
    job.catch(() => tellNotSaved(t('export.broken'), t)).finally(() => setBusy(false));
  };

  return (
    <>
      <Menu position="bottom-end" shadow="md" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            size={size}
            loading={isBusy}
            disabled={disabled}
            leftSection={<IconTableExport size={16} aria-hidden />}
          >
            {label ?? t('export.button')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
            onClick={() => start(write('xlsx'))}
          >
            {t('export.xlsx')}
          </Menu.Item>
          <Menu.Item leftSection={<IconFileText size={16} aria-hidden />} onClick={() => start(write('csv'))}>
            {t('export.csv')}
          </Menu.Item>
          <Menu.Item leftSection={<IconPrinter size={16} aria-hidden />} onClick={() => start(print())}>
            {t('export.pdf')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {printed === null ? null : createPortal(<PrintPage table={printed} />, document.body)}
    </>
  );
}

type Say = ReturnType<typeof useTranslation<'kit'>>['t'];

function tellSaved(place: string, t: Say): void {
  const show = (): void => void window.baaki.showFile(place);
  notifications.show({
    color: 'gray',
    autoClose: SHOWN_MS,
    closeButtonProps: { 'aria-label': t('done.close') },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="sm">
        <Text size="sm">{t('export.saved', { name: fileNameOf(place) })}</Text>
        <Button variant="default" size="compact-sm" flex="none" onClick={show}>
          {t('export.show')}
        </Button>
      </Group>
    ),
  });
}

function tellNotSaved(message: string, t: Say): void {
  notifications.show({
    color: 'gray',
    autoClose: false,
    closeButtonProps: { 'aria-label': t('done.close') },
    title: t('export.notSaved'),
    message,
  });
}

function fileNameOf(place: string): string {
  return place.replace(/^.*[\\/]/, '');
}
