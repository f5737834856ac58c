import type { CustomerPage } from '#contract/engine/customers.ts';
import { useRefusalWords } from '#kit/problem.tsx';
import { useDone, useTellProblem } from '#kit/undo.tsx';
import { ActionIcon, Badge, Button, Popover, TagsInput } from '@mantine/core';
import { IconAlertTriangle, IconBellOff, IconTag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { client, orpc, problemOf } from '../../client.ts';
import './customers.css';

type CustomerFlagsProps = { readonly page: CustomerPage; readonly isReadOnly: boolean };

/** What one must know before anything is done: do not chase, what does not hold, the tags. */
export function CustomerFlags({ page, isReadOnly }: CustomerFlagsProps): JSX.Element {
  const { t } = useTranslation('customers');
  const sayRefusal = useRefusalWords();
  const { customer, warnings } = page;
  return (
    <div className="flags">
      {customer.doNotChaseReason === null ? null : (
        <p className="flags__line">
          <IconBellOff size={16} aria-hidden />
          <strong>{t('flags.doNotChase')}</strong> {customer.doNotChaseReason}
        </p>
      )}
      {warnings.map((warning) => (
        <p key={`${warning.code}:${warning.field ?? ''}`} className="flags__line">
          <IconAlertTriangle size={16} aria-hidden />
          {sayRefusal(warning)}
        </p>
      ))}
      <Tags page={page} isReadOnly={isReadOnly} />
    </div>
  );
}

function Tags({ page, isReadOnly }: CustomerFlagsProps): JSX.Element {
  const { t } = useTranslation('customers');
  const [isOpen, setOpen] = useState(false);
  return (
    <div className="flags__tags">
      {page.tags.map((tag) => (
        <Badge key={tag} variant="default" radius="sm" className="flags__tag">
          {tag}
        </Badge>
      ))}
      {isReadOnly ? null : (
        <Popover
          opened={isOpen}
          onChange={setOpen}
          trapFocus
          returnFocus
          position="bottom-start"
          shadow="md"
          width={320}
        >
          <Popover.Target>
            <ActionIcon
              size={24}
              aria-label={t('tags.edit')}
              title={t('tags.edit')}
              onClick={() => setOpen((was) => !was)}
            >
              <IconTag size={15} aria-hidden />
            </ActionIcon>
          </Popover.Target>
          <Popover.Dropdown aria-label={t('tags.edit')}>
            <TagsForm page={page} onDone={() => setOpen(false)} />
          </Popover.Dropdown>
        </Popover>
      )}
    </div>
  );
}

function TagsForm({
  page,
  onDone,
}: {
  readonly page: CustomerPage;
  readonly onDone: () => void;
}): JSX.Element {
  const { t } = useTranslation('customers');
  const { data } = useQuery(orpc.customers.words.queryOptions());
  const [tags, setTags] = useState<string[]>([...page.tags]);
  const done = useDone(problemOf);
  const tell = useTellProblem(problemOf);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const add = tags.filter((tag) => !page.tags.includes(tag));
    const remove = page.tags.filter((tag) => !tags.includes(tag));
    onDone();
    if (add.length + remove.length === 0) return;
    const customerIds = [page.customer.customerId];
    try {
      await client.customers.tag({ customerIds, add, remove });
      done({
        message: t('tags.changed'),
        undo: () => client.customers.tag({ customerIds, add: remove, remove: add }),
      });
    } catch (error) {
      tell(error);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)} className="flags__form">
      <TagsInput
        label={t('tags.label')}
        description={t('tags.hint')}
        data={data ? [...data.tags] : []}
        value={tags}
        onChange={setTags}
        maxTags={20}
        comboboxProps={{ withinPortal: false }}
        data-autofocus
      />
      <Button type="submit">{t('tags.save')}</Button>
    </form>
  );
}
