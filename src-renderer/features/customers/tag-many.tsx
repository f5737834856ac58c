import type { CustomerRow } from '#contract/engine/customers.ts';
import { EntryForm } from '#kit/entry-form.tsx';
import { ProblemNote, type Problem } from '#kit/problem.tsx';
import { useStatus } from '#kit/status.ts';
import { useDone } from '#kit/undo.tsx';
import { Button, Group, Modal, TagsInput } from '@mantine/core';
import { IconTags } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type JSX, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';

type TagManyProps = {
  /** All customers as they stand now: what a dialog offers follows the book while it is open. */
  readonly all: readonly CustomerRow[];
  /** The selected rows of the table. */
  readonly selectedRef: RefObject<readonly CustomerRow[]>;
  readonly isReadOnly: boolean;
};

/** Puts tags on all selected customers and takes tags off them; there while anybody is selected. */
export function TagMany({ all, selectedRef, isReadOnly }: TagManyProps): JSX.Element | null {
  const { t } = useTranslation('customers');
  const { count } = useStatus().selection;
  const [chosen, setChosen] = useState<ReadonlySet<number> | null>(null);
  const rows = useMemo(
    () => (chosen === null ? null : all.filter(({ customerId }) => chosen.has(customerId))),
    [all, chosen],
  );
  const choose = (): void => setChosen(new Set(selectedRef.current.map(({ customerId }) => customerId)));
  const close = (): void => setChosen(null);
  return (
    <>
      {count > 0 && !isReadOnly ? (
        <Button variant="default" leftSection={<IconTags size={16} aria-hidden />} onClick={choose}>
          {t('tagMany.button')}
        </Button>
      ) : null}
      {rows === null ? null : (
        <Modal
          opened
          onClose={close}
          title={t('tagMany.title', { count: rows.length })}
          size={480}
          closeButtonProps={{ 'aria-label': t('form.close') }}
          transitionProps={{ duration: 0 }}
        >
          <TagForm rows={rows} onClose={close} />
        </Modal>
      )}
    </>
  );
}

type TagFormProps = { readonly rows: readonly CustomerRow[]; readonly onClose: () => void };

function TagForm({ rows, onClose }: TagFormProps): JSX.Element {
  const { t } = useTranslation('customers');
  const done = useDone(problemOf);
  const { data } = useQuery(orpc.customers.words.queryOptions());
  const [add, setAdd] = useState<string[]>([]);
  const [remove, setRemove] = useState<string[]>([]);
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const borne = [...new Set(rows.flatMap(({ tags }) => tags))].toSorted((a, b) => a.localeCompare(b));
  const save = async (): Promise<void> => {
    setBusy(true);
    try {
      const customerIds = rows.map(({ customerId }) => customerId);
      const { changedCount } = await client.customers.tag({ customerIds, add, remove });
      onClose();
      done({
        message: t('tagMany.done', { count: changedCount }),
        undo: changedCount === 0 ? undefined : () => takeBack(rows, { add, remove }),
      });
    } catch (error) {
      setBusy(false);
      setProblem(problemOf(error));
    }
  };
  return (
    <EntryForm
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <TagsInput
        label={t('tagMany.add')}
        description={t('tags.hint')}
        data={data ? [...data.tags] : []}
        value={add}
        onChange={setAdd}
        maxTags={20}
        data-autofocus
      />
      <TagsInput
        mt="sm"
        label={t('tagMany.remove')}
        data={borne}
        value={remove}
        onChange={(tags) => setRemove(tags.filter((tag) => borne.includes(tag)))}
        disabled={borne.length === 0}
      />
      {problem ? <ProblemNote problem={problem} /> : null}
      <Group justify="flex-end" gap="xs" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('form.cancel')}
        </Button>
        <Button type="submit" loading={isBusy} disabled={add.length + remove.length === 0}>
          {t('tagMany.save')}
        </Button>
      </Group>
    </EntryForm>
  );
}

type Change = { readonly add: readonly string[]; readonly remove: readonly string[] };

/** As it was for each: a tag comes off only those who did not bear it, and goes back only on those who did. */
async function takeBack(rows: readonly CustomerRow[], { add, remove }: Change): Promise<void> {
  const bears = ({ tags }: CustomerRow, tag: string): boolean =>
    tags.some((one) => one.toLowerCase() === tag.toLowerCase());
  const idsOf = (isChosen: (row: CustomerRow) => boolean): number[] =>
    rows.filter(isChosen).map(({ customerId }) => customerId);
  for (const tag of add) {
    const customerIds = idsOf((row) => !bears(row, tag));
    if (customerIds.length > 0) await client.customers.tag({ customerIds, remove: [tag] });
  }
  for (const tag of remove) {
    const customerIds = idsOf((row) => bears(row, tag));
    if (customerIds.length > 0) await client.customers.tag({ customerIds, add: [tag] });
  }
}
