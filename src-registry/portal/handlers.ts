import type { Handlers } from '../api/app.ts';
import { ProblemError } from '../api/problem.ts';
import { openDispute } from '../disputes/disputing.ts';
import type { Registry } from '../registry.ts';
import { addEraseRequest, eraseRequestsOf } from '../store/records.ts';
import { exportNow } from './exports.ts';
import { answerLink, askLinkOtp } from './links.ts';
import { askSession, closeSession, openSession } from './sessions.ts';
import { answerAsSubject, blockAsSubject, consentsNow, looksNow, recordsNow, sightOf } from './subject.ts';

type PortalHandlers = Pick<
  Handlers,
  | 'askSession'
  | 'openSession'
  | 'askLinkOtp'
  | 'answerLink'
  | 'closeSession'
  | 'records'
  | 'looks'
  | 'openDispute'
  | 'consentsOfSubject'
  | 'answerConsent'
  | 'blockMember'
  | 'exportSubject'
  | 'erase'
>;

/** Of one subject that are kept: whoever opens his page could write them without end. */
const ERASE_REQUESTS_MOST = 20;

export function portalHandlers(registry: Registry): PortalHandlers {
  return {
    askSession: ({ body }) => askSession(registry, body),
    openSession: async ({ body, setHeader }) => {
      const { answer, cookie } = await openSession(registry, body);
      setHeader('set-cookie', cookie);
      return answer;
    },
    askLinkOtp: ({ body: { link } }) => askLinkOtp(registry, link),
    answerLink: async ({ body, address }) => ({ state: await answerLink(registry, { ...body, address }) }),
    closeSession: async ({ debtor, setHeader }) => {
      setHeader('set-cookie', await closeSession(registry, debtor));
      return {};
    },
    records: async ({ debtor, query }) => {
      const { told, next } = await recordsNow(registry, debtor, query['after'] ?? null);
      return { records: told.map(({ record }) => record), next };
    },
    looks: async ({ debtor }) => ({ looks: await looksNow(registry, debtor) }),
    openDispute: async ({ debtor, body }) =>
      openDispute(registry, debtor, body, await sightOf(registry, debtor)),
    consentsOfSubject: ({ debtor }) => consentsNow(registry, debtor),
    answerConsent: ({ debtor, body, address }) => answerAsSubject(registry, debtor, body, address),
    blockMember: ({ debtor, body }) => blockAsSubject(registry, debtor, body),
    exportSubject: ({ debtor }) => exportNow(registry, debtor),
    erase: async ({ debtor: { subjectKey, isWhole }, body: { reason } }) => {
      const id = registry.newId();
      // Anybody may open a page about any PAN from his own number: he does not use up what the subject itself may ask.
      const asked = { subjectKey, isWhole, most: ERASE_REQUESTS_MOST };
      if ((await eraseRequestsOf(registry.store, asked)) >= ERASE_REQUESTS_MOST)
        throw new ProblemError('too_many', 'That was asked often enough: somebody will read it.');
      // He may write anything about himself: it is sealed as his contacts are.
      const [bytes = new Uint8Array()] = await registry.contacts.sealAll([
        { subject: subjectKey, contact: reason },
      ]);
      const sealed = Buffer.from(bytes).toString('base64');
      await addEraseRequest(registry.store, {
        subjectKey,
        id,
        reason: sealed,
        at: registry.now(),
        isWhole,
      });
      return { request_id: id, status: 'received' };
    },
  };
}
