import { addDays } from '#domain/days.ts';
import { REMINDERS_AFTER_DAYS } from '#domain/registry/visibility.ts';
import { indiaHourOf } from '../clock.ts';
import type { Job } from '../jobs/job.ts';
import { slicedJob } from '../jobs/sliced-job.ts';
import type { Registry } from '../registry.ts';
import {
  countReminders,
  queueNotice,
  subjectsForgotten,
  subjectsToRemind,
  subjectsToTell,
} from '../store/notices.ts';
import { idOf } from './notice-ids.ts';
import { tellSubject } from './tell-subject.ts';

/** Nobody is written to at night: from nine to eight in the evening, India's clock. */
const FROM_HOUR = 9;
const TO_HOUR = 20;
const SUBJECTS_A_SLICE = 100;
const ROUND_SECONDS = 900;
const DAY_MS = 86_400_000;

export const noticeJobs: readonly Job[] = [
  slicedJob({
    name: 'notices',
    every: ROUND_SECONDS,
    slice: () => async (registry) => {
      const hour = indiaHourOf(registry.now());
      if (hour < FROM_HOUR || hour >= TO_HOUR) return false;
      const subjects = await subjectsToTell(registry.store, { now: registry.now(), most: SUBJECTS_A_SLICE });
      for (const subjectKey of subjects) await tellSubject(registry, subjectKey);
      return subjects.length === SUBJECTS_A_SLICE;
    },
  }),
  slicedJob({ name: 'reminders', every: 3_600, slice: () => remind }),
  // A due that was hidden, or whose message was lost, has none waiting any more once it may be told of.
  slicedJob({ name: 'forgotten-notices', every: 'nightly', slice: () => queueForgotten() }),
];

async function remind(registry: Registry): Promise<boolean> {
  const { store, now, today } = registry;
  const [first, second] = REMINDERS_AFTER_DAYS.map((days) => addDays(today(), -days));
  if (first === undefined || second === undefined) return false;
  const subjects = await subjectsToRemind(store, { first, second, most: SUBJECTS_A_SLICE });
  for (const subjectKey of subjects)
    await store.transaction(async (tx) => {
      const counted = await countReminders(tx, { subjectKey, first, second });
      const id = idOf(subjectKey, `reminder|${today()}`);
      const dues = JSON.stringify({ count: counted.length });
      await queueNotice(tx, { id, subjectKey, kind: 'reminder', dues, at: now() });
    });
  return subjects.length === SUBJECTS_A_SLICE;
}

function queueForgotten(): (registry: Registry) => Promise<boolean> {
  let last = '';
  return async ({ store, now, today }) => {
    const subjects = await subjectsForgotten(store, { before: now() - DAY_MS, most: SUBJECTS_A_SLICE });
    for (const subjectKey of subjects) {
      const id = idOf(subjectKey, `forgotten|${today()}`);
      await queueNotice(store, { id, subjectKey, kind: 'publication', dues: '{}', at: now() });
    }
    const end = subjects.at(-1)?.toString('hex') ?? '';
    const isFurther = end > last;
    last = end;
    return isFurther && subjects.length === SUBJECTS_A_SLICE;
  };
}
