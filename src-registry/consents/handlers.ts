import type { AnswerOf } from '#contract/registry.ts';
import { artefactShape, type ConsentArtefact } from '#contract/registry/consents.ts';
import { leafHash } from '#domain/registry/merkle.ts';
import type { Handlers } from '../api/app.ts';
import { ProblemError } from '../api/problem.ts';
import { instant } from '../clock.ts';
import { sha256 } from '../crypto.ts';
import { leafIndexOf } from '../log/proofs.ts';
import type { Registry } from '../registry.ts';
import { consentOf } from '../store/consents.ts';
import { dropConsent, leafBytes, stateOf } from './answering.ts';
import { askConsent } from './asking.ts';

type ConsentHandlers = Pick<Handlers, 'askConsent' | 'consent' | 'dropConsent'>;

export function consentHandlers(registry: Registry): ConsentHandlers {
  return {
    askConsent: ({ caller, body }) => askConsent(registry, caller, body),
    consent: ({ caller, params }) => consentStatus(registry, caller.memberNo, params['id'] ?? ''),
    dropConsent: async ({ caller, params }) => {
      await dropConsent(registry, caller.memberNo, params['id'] ?? '');
      return {};
    },
  };
}

async function consentStatus(
  registry: Registry,
  memberNo: number,
  consentId: string,
): Promise<AnswerOf<'consent'>> {
  const consent = await consentOf(registry.store, memberNo, consentId);
  if (consent === null) throw new ProblemError('not_found', 'There is no such consent.');
  return {
    consent_id: consent.consent_id,
    state: stateOf(consent, registry.now()),
    assurance: consent.assurance,
    purpose: consent.purpose,
    expires_at: instant(consent.expires_at),
    artefact: consent.artefact === null ? null : await placedArtefact(registry, consent.artefact),
  };
}

/** Its place in the log is found when it is asked for; it is no part of what was signed. */
export async function placedArtefact(registry: Registry, text: string): Promise<ConsentArtefact> {
  const artefact = artefactShape.omit({ log_index: true }).parse(JSON.parse(text));
  const log_index = await leafIndexOf(registry.store, leafHash(sha256, leafBytes(artefact)));
  return artefactShape.parse({ ...artefact, log_index });
}
