import { cadenceScopes } from '#domain/reminders/words.ts';
import { useAsOf } from '#kit/as-of.tsx';
import { DayText } from '#kit/day-text.tsx';
import { Section } from '#kit/page.tsx';
import { ActionIcon, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { client } from '../../client.ts';
import { useStarterName } from '../../words/starter-names.ts';
import { AssignForm } from './assign-form.tsx';
import type { ListedCadence } from './cadence-list.tsx';
import { useAssign, type Place } from './use-assign.ts';

export type Assignment = Awaited<ReturnType<typeof client.cadences.list>>['assignments'][number];

type AssignmentsProps = {
  readonly cadences: readonly ListedCadence[];
  readonly assignments: readonly Assignment[];
};

const NOBODY = 'nobody';

/** For whom each cadence holds, the widest first; the narrowest one wins. */
export function Assignments({ cadences, assignments }: AssignmentsProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const { isMoved: isOff } = useAsOf();
  const [isAdding, setAdding] = useState(false);
  const { assign, unassign } = useAssign(assignments);
  const company = assignments.find((one) => one.scope === 'company');
  const others = assignments
    .filter((one) => one.scope !== 'company')
    .toSorted(
      (a, b) =>
        cadenceScopes.indexOf(a.scope) - cadenceScopes.indexOf(b.scope) ||
        a.scopeName.localeCompare(b.scopeName),
    );
  const everyoneWords = t(others.length === 0 ? 'assign.everyone' : 'assign.scope.company');
  const everyone: Place = { scope: 'company', scopeKey: '' };
  return (
    <Section title={t('assign.title')} className="assignments">
      <p className="field-hint">{t(assignments.length === 0 ? 'assign.nobodyYet' : 'assign.about')}</p>
      <table className="assignments__table">
        <thead>
          <tr>
            <th scope="col">{t('assign.who')}</th>
            <th scope="col">{t('assign.cadence')}</th>
            <th scope="col">{t('assign.since')}</th>
            <th>
              <span className="unseen">{t('assign.removeHead')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <td>{everyoneWords}</td>
            <td>
              <CadenceSelect
                cadences={cadences}
                value={company?.cadenceId ?? null}
                isOff={isOff}
                label={t('assign.cadenceFor', { name: everyoneWords })}
                onChange={(cadenceId) => void assign(everyone, cadenceId)}
              />
            </td>
            <td>{company ? <DayText day={company.activeFrom} /> : null}</td>
            <td aria-hidden />
          </tr>
          {others.map((one) => (
            <tr key={one.assignmentId}>
              <td>
                <span className="assignments__scope">{t(`assign.scope.${one.scope}`)}</span> {one.scopeName}
              </td>
              <td>
                <CadenceSelect
                  cadences={cadences}
                  value={one.cadenceId}
                  isOff={isOff}
                  label={t('assign.cadenceFor', { name: one.scopeName })}
                  onChange={(cadenceId) => void assign(one, cadenceId)}
                />
              </td>
              <td>
                <DayText day={one.activeFrom} />
              </td>
              <td>
                <ActionIcon
                  size={24}
                  disabled={isOff}
                  aria-label={t('assign.remove', { name: one.scopeName })}
                  onClick={() => void unassign(one)}
                >
                  <IconX size={15} aria-hidden />
                </ActionIcon>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {isAdding ? (
        <AssignForm
          renderCadence={(value, onChange) => (
            <CadenceSelect
              cadences={cadences}
              value={value}
              isOff={isOff}
              label={t('assign.cadence')}
              isLabelled
              onChange={onChange}
            />
          )}
          firstCadenceId={cadences[0]?.cadenceId ?? null}
          onAssign={assign}
          onClose={() => setAdding(false)}
        />
      ) : (
        <Button
          size="compact-sm"
          variant="default"
          disabled={isOff}
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => setAdding(true)}
        >
          {t('assign.add')}
        </Button>
      )}
    </Section>
  );
}

type CadenceSelectProps = {
  readonly cadences: readonly ListedCadence[];
  /** Null: nobody is reminded there. */
  readonly value: number | null;
  readonly isOff: boolean;
  readonly label: string;
  readonly isLabelled?: boolean;
  readonly onChange: (cadenceId: number | null) => void;
};

function CadenceSelect({
  cadences,
  value,
  isOff,
  label,
  isLabelled,
  onChange,
}: CadenceSelectProps): JSX.Element {
  const { t } = useTranslation('cadences');
  const sayName = useStarterName();
  return (
    <Select
      size="xs"
      {...(isLabelled === true ? { label } : { 'aria-label': label })}
      disabled={isOff}
      allowDeselect={false}
      value={value === null ? NOBODY : String(value)}
      data={[
        ...cadences.map((one) => ({
          value: String(one.cadenceId),
          label: one.isOn ? sayName(one.name) : t('assign.isOff', { name: sayName(one.name) }),
        })),
        { value: NOBODY, label: t('assign.nobody') },
      ]}
      onChange={(chosen) => onChange(chosen === null || chosen === NOBODY ? null : Number(chosen))}
    />
  );
}
