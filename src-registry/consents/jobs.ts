import type { Job } from '../jobs/job.ts';
import type { Registry } from '../registry.ts';
import { contactsOf } from '../store/contacts.ts';
import {
  endHold,
  heldConsents,
  holdOn,
  insertLink,
  isBlocked,
  lockedConsent,
  type ConsentRow,
} from '../store/consents.ts';
import { memberOf } from '../store/members.ts';
import { linkUrl, newLink, sendAlert } from './asking.ts';
import { beliefOf, openWay } from './contact-words.ts';
import { requestWords, unknownWords } from './texts.ts';

/** What was held for 72 hours is looked at again: another member may have named the same contact since. */
export const consentJobs: readonly Job[] = [
  {
    name: 'held-consents',
    everySeconds: 600,
    run: async (registry) => {
      const held = await heldConsents(registry.store, registry.now());
      for (const { member_no, consent_id } of held) await endOneHold(registry, member_no, consent_id);
      registry.log('consents.looked-at-again', { count: held.length });
    },
  },
];

async function endOneHold(registry: Registry, memberNo: number, consentId: string): Promise<void> {
  const link = newLink(registry);
  const ended = await registry.store.transaction(async (tx) => {
    const consent = await lockedConsent(tx, memberNo, consentId);
    if (consent?.state !== 'held' || consent.held_until === null) return null;
    const { subject_key: subjectKey, contact_key: contactKey } = consent;
    const { assurance, from } = await beliefOf(registry, tx, { subjectKey, contactKey });
    // Another one named it in the meantime, and that is not three days ago yet.
    if (from > registry.now()) {
      await holdOn(tx, { memberNo, consentId, until: from });
      return null;
    }
    await endHold(tx, {
      memberNo,
      consentId,
      subjectKey,
      assurance,
      state: assurance === 'A0' ? 'held' : 'sent',
    });
    await insertLink(tx, { link: link.hash, memberNo, consentId, expiresAt: consent.expires_at });
    return (await isBlocked(tx, subjectKey, memberNo)) ? null : { ...consent, assurance };
  });
  if (ended !== null && registry.now() < ended.expires_at)
    await ask(registry, ended, linkUrl(registry, link.secret));
}

async function ask(registry: Registry, consent: ConsentRow, url: string): Promise<void> {
  const { subject_key: key, lang, purpose } = consent;
  const rows = await contactsOf(registry.store, key);
  const row = rows.find(({ contact_key }) => contact_key.equals(consent.contact_key));
  if (!row) return;
  const member = (await memberOf(registry.store, consent.member_no))?.legal_name ?? '';
  const words = { registryName: registry.name, member, url, lang };
  const said = consent.assurance === 'A0' ? unknownWords(words) : requestWords({ ...words, purpose });
  await sendAlert(registry, { to: await openWay(registry, key, row), kind: 'consent', lang, ...said });
}
