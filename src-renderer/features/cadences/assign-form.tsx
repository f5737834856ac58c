import { EntryForm } from '#kit/entry-form.tsx';
import { PickField } from '#kit/pick-field.tsx';
import { Button, SegmentedControl, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc } from '../../client.ts';
import type { Place } from './use-assign.ts';

const scopes = ['tag', 'customer', 'bill'] as const;
type Scope = (typeof scopes)[number];

type AssignFormProps = {
  readonly renderCadence: (value: number | null, onChange: (cadenceId: number | null) => void) => ReactNode;
  readonly firstCadenceId: number | null;
  readonly onAssign: (place: Place, cadenceId: number | null) => Promise<boolean>;
  readonly onClose: () => void;
};

/** An exception: another cadence, or none, for a tag, a customer or a single bill. */
export function AssignForm({
  renderCadence,
  firstCadenceId,
  onAssign,
  onClose,
}: AssignFormProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const [scope, setScope] = useState<Scope>('customer');
  const [scopeKey, setScopeKey] = useState<string | null>(null);
  const [cadenceId, setCadenceId] = useState(firstCadenceId);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (scopeKey !== null && (await onAssign({ scope, scopeKey }, cadenceId))) onClose();
  };
  return (
    <EntryForm className="assign-form" onSubmit={(event) => void submit(event)} onEscape={onClose}>
      <SegmentedControl
        size="xs"
        aria-label={t('assign.who')}
        value={scope}
        data={scopes.map((value) => ({ value, label: t(`assign.scope.${value}`) }))}
        onChange={(chosen) => {
          setScope(scopes.find((one) => one === chosen) ?? 'customer');
          setScopeKey(null);
        }}
      />
      <Who key={scope} scope={scope} value={scopeKey} onChange={setScopeKey} />
      {renderCadence(cadenceId, setCadenceId)}
      <Button size="xs" type="submit" disabled={scopeKey === null}>
        {t('assign.set')}
      </Button>
      <Button size="xs" variant="default" onClick={onClose}>
        {t('cancel')}
      </Button>
    </EntryForm>
  );
}

type WhoProps = {
  readonly scope: Scope;
  readonly value: string | null;
  readonly onChange: (scopeKey: string | null) => void;
};

function Who({ scope, value, onChange }: WhoProps): JSX.Element {
  switch (scope) {
    case 'tag':
      return <WhichTag value={value} onChange={onChange} />;
    case 'customer':
      return <WhichCustomer value={value} onChange={onChange} />;
    case 'bill':
      return <WhichBill value={value} onChange={onChange} />;
  }
}

type WhichProps = Omit<WhoProps, 'scope'>;

const idText = (id: number | null): string | null => (id === null ? null : String(id));

function WhichTag({ value, onChange }: WhichProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const { data } = useQuery(orpc.customers.words.queryOptions());
  return (
    <Select
      size="xs"
      label={t('assign.scope.tag')}
      placeholder={t('assign.tagHint')}
      nothingFoundMessage={t('assign.noTags')}
      searchable
      data={data?.tags ?? []}
      value={value}
      onChange={onChange}
    />
  );
}

function WhichCustomer({ value, onChange }: WhichProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const [text, setText] = useState('');
  const { data: found = [] } = useQuery(orpc.customers.search.queryOptions({ input: { text } }));
  return (
    <PickField
      size="xs"
      label={t('assign.scope.customer')}
      placeholder={t('assign.customerHint')}
      data-autofocus
      value={value === null ? null : Number(value)}
      onChange={(id) => onChange(idText(id))}
      onSearch={setText}
      found={found.map((one) => ({ value: one.customerId, label: one.name }))}
    />
  );
}

function WhichBill({ value, onChange }: WhichProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const [text, setText] = useState('');
  const { data: found = [] } = useQuery(orpc.bills.search.queryOptions({ input: { text } }));
  return (
    <PickField
      size="xs"
      label={t('assign.scope.bill')}
      placeholder={t('assign.billHint')}
      value={value === null ? null : Number(value)}
      onChange={(id) => onChange(idText(id))}
      onSearch={setText}
      found={found.map((one) => ({ value: one.billId, label: `${one.number} · ${one.customerName}` }))}
    />
  );
}
