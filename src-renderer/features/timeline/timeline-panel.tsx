import type { TimelineEvent } from '#contract/engine/customers.ts';
import { timelineKinds, type TimelineKind } from '#contract/engine/customer-words.ts';
import { Section } from '#kit/page.tsx';
import { ProblemNote } from '#kit/problem.tsx';
import { Button, Chip, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { orpc, problemOf } from '../../client.ts';
import { NoteBox } from './note-box.tsx';
import { EventLine, type Voided } from './event-line.tsx';
import './timeline.css';

const EVENTS_AT_FIRST = 40;
const MORE_AT_ONCE = 100;
const EVENTS_MOST = 2000;

type TimelinePanelProps = {
  readonly customerId: number;
  readonly isReadOnly: boolean;
  /** Brings a voided document back. */
  readonly onRestore: (voided: Voided) => void;
};

/** Everything that happened with a customer, newest first; a note is typed in place. */
export function TimelinePanel({ customerId, isReadOnly, onRestore }: TimelinePanelProps): JSX.Element {
  const { t } = useTranslation('timeline');
  const [kinds, setKinds] = useState<readonly string[]>([]);
  const [shown, setShown] = useState(EVENTS_AT_FIRST);
  const { data, error, refetch } = useQuery(
    orpc.customers.timeline.queryOptions({ input: { customerId, most: EVENTS_MOST } }),
  );
  const events = data?.events;
  const there = useMemo(
    () => timelineKinds.filter((kind) => events?.some((one) => one.kind === kind)),
    [events],
  );
  const fitting = useMemo(
    () => (kinds.length === 0 ? events : events?.filter(({ kind }) => kinds.includes(kind))),
    [events, kinds],
  );
  const restorable = useMemo(() => stillVoided(events ?? []), [events]);
  return (
    <Section title={t('title')}>
      {isReadOnly ? null : <NoteBox customerId={customerId} />}
      {error ? <ProblemNote problem={problemOf(error)} onRetry={() => void refetch()} /> : null}
      {there.length > 1 ? <KindChips kinds={there} chosen={kinds} onChoose={setKinds} /> : null}
      {fitting?.length === 0 ? <p className="timeline__none">{t('none')}</p> : null}
      <ol className="timeline">
        {fitting?.slice(0, shown).map((event) => (
          <EventLine
            key={event.key}
            event={event}
            isReadOnly={isReadOnly}
            onRestore={restorable.has(event.key) ? onRestore : undefined}
          />
        ))}
      </ol>
      {(fitting?.length ?? 0) > shown ? (
        <Button variant="default" mt="sm" onClick={() => setShown((was) => was + MORE_AT_ONCE)}>
          {t('older')}
        </Button>
      ) : null}
    </Section>
  );
}

type KindChipsProps = {
  readonly kinds: readonly TimelineKind[];
  readonly chosen: readonly string[];
  readonly onChoose: (kinds: readonly string[]) => void;
};

function KindChips({ kinds, chosen, onChoose }: KindChipsProps): JSX.Element {
  const { t } = useTranslation('timeline');
  return (
    <Chip.Group multiple value={[...chosen]} onChange={onChoose}>
      <Group gap={4} mb="sm" role="group" aria-label={t('filter')}>
        {kinds.map((kind) => (
          <Chip key={kind} value={kind} size="xs" radius="sm" variant="light">
            {t(`kind.${kind}`)}
          </Chip>
        ))}
      </Group>
    </Chip.Group>
  );
}

/** Keys of the voids that no restoring has followed: events stand newest first. */
function stillVoided(events: readonly TimelineEvent[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const found = new Set<string>();
  for (const { kind, subject, documentId, key } of events) {
    if (kind !== 'void' && kind !== 'restored') continue;
    const document = `${subject ?? ''}:${documentId ?? ''}`;
    if (kind === 'void' && !seen.has(document)) found.add(key);
    seen.add(document);
  }
  return found;
}
