import { addDays, type Day } from '#domain/days.ts';
import type { Channel } from '#domain/reminders/words.ts';
import { costRows, type CostRow } from '../../storage/message-lists.ts';
import type { BookContext } from '../door.ts';
import { instantOf } from '../outbox/clock.ts';

type Sums = { readonly count: number; readonly costMicros: number; readonly estimateMicros: number };
type Costs = {
  readonly days: ({ readonly day: Day; readonly channel: Channel } & Sums)[];
  readonly gateways: ({
    readonly gatewayId: number;
    readonly name: string;
    readonly partCount: number;
  } & Sums)[];
};

/** What the messages of some days cost, by day and channel and by gateway; the price of one that is not told is estimated. */
export function costsOf(context: BookContext, { from, to }: { readonly from: Day; readonly to: Day }): Costs {
  const { db, book, dayAt } = context;
  const place = { timeZone: book.timeZone, dayAt };
  const span = { from: instantOf(from, 0, place), until: instantOf(addDays(to, 1), 0, place) };
  const rows = db
    .read((tx) => costRows(tx, span))
    .map((row) => ({ ...row, day: dayAt(row.sentAt, book.timeZone) }));
  const days = [...Map.groupBy(rows, ({ day, channel }) => `${day}|${channel}`).values()].flatMap((own) => {
    const [first] = own;
    return first === undefined ? [] : [{ day: first.day, channel: first.channel, ...sums(own) }];
  });
  const gateways = [...Map.groupBy(rows, (row) => row.gatewayId)].flatMap(([gatewayId, own]) => {
    if (gatewayId === null) return [];
    const partCount = own.reduce((sum, row) => sum + row.parts, 0);
    return [{ gatewayId, name: own[0]?.gatewayName ?? '', partCount, ...sums(own) }];
  });
  return { days, gateways };
}

function sums(rows: readonly CostRow[]): Sums {
  return {
    count: rows.length,
    costMicros: rows.reduce((sum, row) => sum + row.costMicros, 0),
    estimateMicros: rows.reduce((sum, row) => sum + row.estimateMicros, 0),
  };
}
