import { openWay } from '../consents/contact-words.ts';
import { sendAlert } from '../consents/asking.ts';
import { lookWords } from '../consents/texts.ts';
import { indiaDayOf } from '../clock.ts';
import type { Job } from '../jobs/job.ts';
import { slicedJob } from '../jobs/sliced-job.ts';
import type { Registry } from '../registry.ts';
import { dropResults, newsOfLooks, oldSummaries, toldOfLooks, type NewsRow } from '../store/checks.ts';
import { contactsOf } from '../store/contacts.ts';
import { membersOf } from '../store/members.ts';
import { COUNTED_EVERY_MS, countSubject } from './summaries.ts';

const LOOKS_MOST = 500;
/** Members that one message names. */
const NAMES_MOST = 5;

export const checkJobs: readonly Job[] = [
  {
    name: 'subject-summaries',
    everySeconds: 60,
    run: async (registry) => {
      // What was counted yesterday is old as soon as the day begins.
      const now = registry.now();
      const old = await oldSummaries(registry.store, now - COUNTED_EVERY_MS);
      const yesterdays = (await oldSummaries(registry.store, now)).filter(
        ({ made_at }) => indiaDayOf(made_at) !== registry.today(),
      );
      const all = new Map([...old, ...yesterdays].map((one) => [one.subject_key.toString('hex'), one]));
      for (const { subject_key, made_at } of all.values()) await countSubject(registry, subject_key, made_at);
    },
  },
  {
    name: 'check-results',
    everySeconds: 3_600,
    run: async ({ store, today, log }) =>
      log('check-results.dropped', { count: await dropResults(store, today()) }),
  },
  // On one server at a time: two would tell him twice.
  slicedJob({
    name: 'look-alerts',
    every: 60,
    slice: () => async (registry) => {
      const news = await newsOfLooks(registry.store, LOOKS_MOST);
      for (const looks of Map.groupBy(news, ({ subject_key }) => subject_key.toString('hex')).values())
        await tellOfLooks(registry, looks);
      return news.length === LOOKS_MOST;
    },
  }),
];

/** One message for all looks since the last, to contacts that are believed to be the subject's. */
async function tellOfLooks(registry: Registry, looks: readonly NewsRow[]): Promise<void> {
  const [first] = looks;
  if (first === undefined) return;
  const { subject_key: key } = first;
  const members = await membersOf(registry.store, [...new Set(looks.map(({ member_no }) => member_no))]);
  const names = members.slice(0, NAMES_MOST).map(({ legal_name }) => legal_name);
  const rows = await contactsOf(registry.store, key);
  const told = new Set<string>();
  for (const row of rows) {
    const contact = row.contact_key.toString('hex');
    if (told.has(contact) || !row.is_registered) continue;
    told.add(contact);
    const words = lookWords({
      registryName: registry.name,
      members: members.length > NAMES_MOST ? [...names, '…'] : names,
      url: `${registry.publicUrl}/me`,
      lang: row.lang,
    });
    await sendAlert(registry, {
      to: await openWay(registry, key, row),
      kind: 'access',
      lang: row.lang,
      ...words,
    });
  }
  await toldOfLooks(
    registry.store,
    key,
    looks.map(({ look_id }) => look_id),
  );
}
