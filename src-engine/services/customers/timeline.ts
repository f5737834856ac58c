import { timelineKinds, type TimelineKind } from '#contract/engine/customer-words.ts';
import type { TimelineEvent } from '#contract/engine/customers.ts';
import type { Day } from '#domain/days.ts';
import { customerById } from '../../storage/customers.ts';
import { timelineRows, type TimelineRow } from '../../storage/timeline.ts';
import { bookDoor, refused } from '../door.ts';
import { customerGone } from './save.ts';

export const timeline = bookDoor.customers.timeline.handler(({ context, input: { customerId, most } }) => {
  const { db, book, today, dayAt } = context;
  const rows = db.read((tx) => {
    if (!customerById(tx, customerId)) throw refused(customerGone().refusal);
    // One more than is asked for tells whether there is more.
    return timelineRows(tx, { customerId, today, most: most + 1 });
  });
  const dayOf = calendar((at) => dayAt(at, book.timeZone));
  const dated = rows.map((row) => ({ ...row, kind: kindOf(row.kind), day: row.day ?? dayOf(row.at) }));
  const newest = dated.toSorted(newestFirst).slice(0, most);
  return { events: newest.map(event), isWhole: rows.length <= most };
});

/** Most things were learned of in the same few instants (an import's), and asking the calendar is slow. */
function calendar(dayAt: (at: number) => Day): (at: number) => Day {
  const known = new Map<number, Day>();
  return (at) => {
    const day = known.get(at) ?? dayAt(at);
    known.set(at, day);
    return day;
  };
}

type Dated = Omit<TimelineRow, 'kind' | 'day'> & { readonly kind: TimelineKind; readonly day: Day };

function event({ id, ...row }: Dated): TimelineEvent {
  return { ...row, key: `${row.kind}:${row.subject ?? ''}:${id}` };
}

function kindOf(word: string): TimelineKind {
  const kind = timelineKinds.find((one) => one === word);
  if (kind === undefined) throw new Error(`The timeline knows no ${word}.`);
  return kind;
}

/** Of one instant, e.g. an import's, what follows from the other stands above it: a settlement above its receipt. */
function newestFirst(a: Dated, b: Dated): number {
  if (a.day !== b.day) return a.day < b.day ? 1 : -1;
  return b.at - a.at || timelineKinds.indexOf(b.kind) - timelineKinds.indexOf(a.kind) || b.id - a.id;
}
