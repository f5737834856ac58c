import type { MessageShown } from '#contract/engine/messages.ts';

type Event = MessageShown['events'][number];

/** What is told behind an event's own word: each part has a key of the words, but 'own', which stands as it is. */
export type EventDetail = {
  readonly key: 'reason' | 'outcome' | 'promiseDay' | 'postalNumber' | 'why' | 'own';
  readonly value: string;
};

const TOLD = ['reason', 'outcome', 'promiseDay', 'postalNumber', 'why'] as const;

/** The reason, what came of a call, its promised day, the postal number, and what somebody wrote, in this order. */
export function eventDetailsOf({ values, detail }: Pick<Event, 'values' | 'detail'>): readonly EventDetail[] {
  const told = TOLD.flatMap((key): readonly EventDetail[] => {
    const value = values[key];
    return value === undefined || value === '' ? [] : [{ key, value: String(value) }];
  });
  return detail === null || detail === '' ? told : [...told, { key: 'own', value: detail }];
}

/** What a person did right after it was planned was to write it; later he says what became of it. */
export function isWritten(events: readonly Pick<Event, 'kind'>[], at: number): boolean {
  return events[at]?.kind === 'by-person' && events[at - 1]?.kind === 'planned';
}
