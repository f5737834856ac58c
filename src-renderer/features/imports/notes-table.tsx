import { DataTable, type Column } from '#kit/data-table.tsx';
import { useRefusalWords } from '#kit/problem.tsx';
import { Button, Chip, Group, Text } from '@mantine/core';
import { useMemo, useRef, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { RowBox } from './row-box.tsx';
import { TableExport } from './table-export.tsx';
import type { RowNote } from './types.ts';

type NotesTableProps = {
  readonly notes: readonly RowNote[] | undefined;
  /** How many there are in all, where only the first are here. */
  readonly noteCount?: number | undefined;
  readonly emptyWords: string;
  readonly rowsMost?: number;
  /** What the file with them is called; without it they are not offered as a file. */
  readonly exportTitle?: string;
  /** Rows with cells can be put right; Enter or a click on a row asks for it. */
  readonly onFix?: (note: RowNote) => void;
};

const NO_NOTES: readonly never[] = [];

/** Rows that were not taken, each with its reason and enough of it to find it again in the file. */
export function NotesTable(props: NotesTableProps): JSX.Element {
  const { notes, noteCount, emptyWords, rowsMost = 8, exportTitle, onFix } = props;
  const { t } = useTranslation('imports');
  const [reason, setReason] = useState('');
  const columns = useColumns(onFix);
  const shownRef = useRef<readonly RowNote[]>(NO_NOTES);
  const groups = useMemo(() => reasonsOf(notes ?? []), [notes]);
  const chosen = groups.has(reason) ? reason : '';
  const rows = useMemo(
    () => (chosen === '' ? notes : notes?.filter((note) => codeOf(note) === chosen)),
    [notes, chosen],
  );
  if (notes?.length === 0)
    return (
      <Text size="sm" c="dimmed">
        {emptyWords}
      </Text>
    );
  return (
    <div className="notes" data-testid="import-notes">
      {groups.size > 1 ? <ReasonChips groups={groups} chosen={chosen} onChoose={setReason} /> : null}
      {exportTitle === undefined ? null : (
        <div className="notes__tools">
          <TableExport title={exportTitle} columns={columns} shownRef={shownRef} />
        </div>
      )}
      <RowBox rowCount={notes?.length} rowsMost={rowsMost}>
        <DataTable
          label={t('check.notTaken')}
          columns={columns}
          rows={rows}
          keyOf={(note) => String(note.row)}
          shownRef={shownRef}
          {...(onFix ? { onOpen: onFix } : {})}
        />
      </RowBox>
      {notes && noteCount !== undefined && noteCount > notes.length ? (
        <Text size="sm" c="dimmed">
          {t('check.notTakenShown', { number: notes.length })}
        </Text>
      ) : null}
    </div>
  );
}

type ReasonChipsProps = {
  readonly groups: ReadonlyMap<string, number>;
  readonly chosen: string;
  readonly onChoose: (code: string) => void;
};

function ReasonChips({ groups, chosen, onChoose }: ReasonChipsProps): JSX.Element {
  const { t } = useTranslation('imports');
  const all = [...groups.values()].reduce((sum, count) => sum + count, 0);
  return (
    <Chip.Group value={chosen} onChange={onChoose}>
      <Group gap="xs">
        <Chip size="xs" variant="outline" value="">
          {t('check.reasonCount', { reason: t('check.allReasons'), number: all })}
        </Chip>
        {[...groups].map(([code, count]) => (
          <Chip key={code} size="xs" variant="outline" value={code}>
            {t('check.reasonCount', { reason: t(`reason.${code}`, { defaultValue: code }), number: count })}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

function useColumns(onFix: NotesTableProps['onFix']): readonly Column<RowNote>[] {
  const { t } = useTranslation('imports');
  const say = useRefusalWords();
  return useMemo(
    () => [
      {
        key: 'row',
        header: t('check.row'),
        width: 70,
        align: 'end',
        sortBy: ({ row }) => row,
        cell: ({ row }) => row,
        export: { kind: 'count', value: ({ row }) => row },
      },
      {
        key: 'outcome',
        header: t('check.outcome'),
        width: 90,
        sortBy: ({ outcome }) => outcome,
        cell: ({ outcome }) => t(`outcome.${outcome}`),
        export: { kind: 'text', value: ({ outcome }) => t(`outcome.${outcome}`) },
      },
      {
        key: 'reason',
        header: t('check.reason'),
        width: 260,
        grow: 2,
        sortBy: (note) => codeOf(note),
        cell: ({ reason }) => (reason ? <span title={say(reason)}>{say(reason)}</span> : '–'),
        export: { kind: 'text', value: ({ reason }) => (reason ? say(reason) : null) },
      },
      {
        key: 'excerpt',
        header: t('check.excerpt'),
        width: 260,
        grow: 3,
        cell: ({ excerpt }) => <span title={excerpt}>{excerpt}</span>,
        export: { kind: 'text', value: ({ excerpt }) => excerpt },
      },
      ...(onFix ? [fixColumn(t('fix.action'), onFix)] : []),
    ],
    [t, say, onFix],
  );
}

function fixColumn(words: string, onFix: (note: RowNote) => void): Column<RowNote> {
  return {
    key: 'fix',
    header: words,
    width: 90,
    align: 'end',
    cell: (note) =>
      note.cells && note.outcome === 'refused' ? (
        <Button
          size="compact-xs"
          variant="subtle"
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation();
            onFix(note);
          }}
        >
          {words}
        </Button>
      ) : null,
  };
}

function codeOf(note: RowNote): string {
  return note.reason?.code ?? note.outcome;
}

/** How many rows there are for each reason, the most frequent first. */
function reasonsOf(notes: readonly RowNote[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const note of notes) counts.set(codeOf(note), (counts.get(codeOf(note)) ?? 0) + 1);
  return new Map([...counts].toSorted(([, a], [, b]) => b - a));
}
