import { addDays, type Day } from '#domain/days.ts';
import {
  agedBy,
  ALIAS_KEEP_MONTHS,
  BATCH_KEEP_MONTHS,
  CONTACT_KEEP_DAYS,
  ERASED_AFTER_DAYS,
  OPEN_KEEP_MONTHS,
  PROOF_KEEP_MONTHS,
  SETTLED_KEEP_MONTHS,
  SETTLED_KEEP_MONTHS_PERSON,
} from '#domain/registry/visibility.ts';
import { shredItems } from '../batches/shred-items.ts';
import { dayStart } from '../clock.ts';
import { forgetArtefact } from '../consents/forget-artefact.ts';
import type { Registry } from '../registry.ts';
import { spoilSummary } from '../store/checks.ts';
import type { Tx } from '../store/database.ts';
import {
  agedSettled,
  agedSettledOfPersons,
  agedUnsettled,
  eraseDues,
  foundFalse,
  withdrawnBefore,
  type DueKeyRow,
} from '../store/erase-dues.ts';
import { dropReached } from '../store/notice-contacts.ts';
import {
  dropBodies,
  dropConsents,
  dropEraseRequests,
  dropFeed,
  dropLinks,
  dropLooks,
  dropNoticesBefore,
} from '../store/purges.ts';
import {
  dropAliases,
  dropDisputes,
  forgetContacts,
  oldContacts,
  subjectsInUse,
  type ContactPlace,
} from '../store/purges-by-day.ts';
import { forgetEntities, forgetIdleKeys, forgetLeft } from './forgetting.ts';
import { slicedJob, type Slice } from './sliced-job.ts';

// What is kept no longer goes, every night (docs/registry.md 5). Each step takes some rows and is asked again until none is left.

const ROWS_A_SLICE = 500;
/** Whoever opens an old address for so long still reads that it is over. */
const LINK_KEEP_DAYS = 30;

/** How many rows went, and whether there may be more of them. */
type Gone = { readonly count: number; readonly isMore: boolean };
type Step = { readonly name: string; readonly run: (registry: Registry) => Promise<Gone> };

const steps = (): readonly Step[] => [
  erasing('dues.settled', (tx, today) =>
    agedSettled(tx, { until: agedBy(today, SETTLED_KEEP_MONTHS), most: ROWS_A_SLICE }),
  ),
  erasing('dues.settled-of-persons', (tx, today) =>
    agedSettledOfPersons(tx, { until: agedBy(today, SETTLED_KEEP_MONTHS_PERSON), most: ROWS_A_SLICE }),
  ),
  erasing('dues.open', (tx, today) =>
    agedUnsettled(tx, { until: agedBy(today, OPEN_KEEP_MONTHS), most: ROWS_A_SLICE }),
  ),
  erasing('dues.withdrawn', (tx, today) =>
    withdrawnBefore(tx, { before: endOf(addDays(today, -ERASED_AFTER_DAYS)), most: ROWS_A_SLICE }),
  ),
  erasing('dues.found-false', (tx, today) =>
    foundFalse(tx, { until: addDays(today, -ERASED_AFTER_DAYS), most: ROWS_A_SLICE }),
  ),
  byMonths('batches', BATCH_KEEP_MONTHS, dropBodies),
  byMonths('feed', BATCH_KEEP_MONTHS, dropFeed),
  byMonths('consents', PROOF_KEEP_MONTHS, async (tx, purge) => {
    const artefacts = await dropConsents(tx, purge);
    for (const artefact of artefacts) await forgetArtefact(tx, artefact);
    return artefacts.length;
  }),
  byMonths('looks', PROOF_KEEP_MONTHS, dropLooks),
  byMonths('notices', PROOF_KEEP_MONTHS, dropNoticesBefore),
  byMonths('erase-requests', PROOF_KEEP_MONTHS, dropEraseRequests),
  untilDay('reached', (today) => agedBy(today, PROOF_KEEP_MONTHS), dropReached),
  untilDay('disputes', (today) => agedBy(today, PROOF_KEEP_MONTHS), dropDisputes),
  untilDay('aliases', (today) => agedBy(today, ALIAS_KEEP_MONTHS), dropAliases),
  {
    name: 'links',
    run: async ({ store, today }) =>
      await gone(dropLinks(store, { before: endOf(addDays(today(), -LINK_KEEP_DAYS)), most: ROWS_A_SLICE })),
  },
  { name: 'contacts', run: droppingContacts() },
  { name: 'left-members', run: (registry) => gone(forgetLeft(registry, ROWS_A_SLICE)) },
  { name: 'entities', run: (registry) => gone(forgetEntities(registry, ROWS_A_SLICE)) },
  { name: 'contact-keys', run: (registry) => gone(forgetIdleKeys(registry, ROWS_A_SLICE)) },
];

export const retentionJob = slicedJob({ name: 'retention', every: 'nightly', slice: () => inTurn() });

/** Each step until it finds less than a slice; then the next. */
function inTurn(): Slice {
  const all = steps();
  let at = 0;
  return async (registry) => {
    const step = all[at];
    if (step === undefined) return false;
    const { count, isMore } = await step.run(registry);
    if (count > 0) registry.log(`retention.${step.name}`, { count });
    if (!isMore) at += 1;
    return at < all.length;
  };
}

async function gone(counting: Promise<number>): Promise<Gone> {
  const count = await counting;
  return { count, isMore: count === ROWS_A_SLICE };
}

/** When the day ends, in UTC milliseconds: what happened on it is before that. */
function endOf(day: Day): number {
  return dayStart(addDays(day, 1));
}

function erasing(name: string, keysOf: (tx: Tx, today: Day) => Promise<readonly DueKeyRow[]>): Step {
  return {
    name,
    run: async ({ store, today }) =>
      await gone(
        store.transaction(async (tx) => {
          const keys = await keysOf(tx, today());
          if (keys.length === 0) return 0;
          await shredItems(tx, await eraseDues(tx, keys));
          const subjects = new Map(keys.map((key) => [key.subject_key.toString('hex'), key.subject_key]));
          for (const subjectKey of subjects.values()) await spoilSummary(tx, subjectKey);
          return keys.length;
        }),
      ),
  };
}

function byMonths(
  name: string,
  months: number,
  drop: (tx: Tx, purge: { readonly before: number; readonly most: number }) => Promise<number>,
): Step {
  return {
    name,
    run: async ({ store, today }) =>
      await gone(
        store.transaction((tx) => drop(tx, { before: endOf(agedBy(today(), months)), most: ROWS_A_SLICE })),
      ),
  };
}

function untilDay(
  name: string,
  until: (today: Day) => Day,
  drop: (tx: Tx, purge: { readonly until: Day; readonly most: number }) => Promise<number>,
): Step {
  return {
    name,
    run: async ({ store, today }) =>
      await gone(store.transaction((tx) => drop(tx, { until: until(today()), most: ROWS_A_SLICE }))),
  };
}

/** All contacts that are old are looked at once a run, those of whom something is open as well. */
function droppingContacts(): Step['run'] {
  let after: ContactPlace | null = null;
  return async ({ store, today, now }) => {
    const until = addDays(today(), -CONTACT_KEEP_DAYS);
    const places = await oldContacts(store, { until, most: ROWS_A_SLICE, after });
    after = places.at(-1) ?? after;
    const keys = places.map(({ subjectKey }) => subjectKey);
    const used = await subjectsInUse(store, { keys, until, now: now() });
    const inUse = new Set(used.map((key) => key.toString('hex')));
    const idle = keys.filter((key) => !inUse.has(key.toString('hex')));
    for (const subjectKey of idle) await store.transaction((tx) => forgetContacts(tx, subjectKey, until));
    return { count: idle.length, isMore: places.length === ROWS_A_SLICE };
  };
}
