import type { AnswerOf } from '#contract/registry.ts';
import type { ConsentArtefact } from '#contract/registry/consents.ts';
import { toBase64 } from '#domain/registry/bytes.ts';
import { dueItem, type Basis } from '#domain/registry/dues.ts';
import { inclusionProof, rangeRootOf } from '#domain/registry/merkle.ts';
import type { Debtor } from '../api/app.ts';
import { readKeptBody } from '../batches/item-proof.ts';
import { readItems } from '../batches/read-batch.ts';
import { instant } from '../clock.ts';
import { placedArtefact } from '../consents/handlers.ts';
import { sha256 } from '../crypto.ts';
import { proofTextOf } from '../log/proofs.ts';
import type { Registry } from '../registry.ts';
import { consentOf, consentsOfSubject } from '../store/consents.ts';
import { submissionOf } from '../store/submissions.ts';
import { looksNow, recordsNow, sightOf, type Told, type ToldPage } from './subject.ts';

type Exported = AnswerOf<'exportSubject'>;
type ExportedRecord = Exported['records'][number];

/** Everything that stands about him, with what proves it: he can check it without us, years later. */
export async function exportNow(registry: Registry, debtor: Debtor): Promise<Exported> {
  const batches = new Map<string, Promise<Proven>>();
  const records: ExportedRecord[] = [];
  for (let after: string | null = null; ;) {
    const page: ToldPage = await recordsNow(registry, debtor, after);
    for (const told of page.told) {
      const { member_no, batch_id } = told.row;
      const place = `${member_no} ${batch_id}`;
      const proven = batches.get(place) ?? provenBatch(registry, member_no, batch_id);
      batches.set(place, proven);
      records.push(exportedRecord(told, await proven));
    }
    after = page.next;
    if (after === null) break;
  }
  return {
    schema: 'export.v1',
    made_at: instant(registry.now()),
    records,
    looks: await looksNow(registry, debtor),
    consents: await artefacts(registry, debtor),
  };
}

type Proven = {
  readonly header: string;
  /** Hashes of the items in the batch's tree; none once the batch itself was kept long enough. */
  readonly leaves: readonly Uint8Array[];
  readonly logProof: string | null;
};

async function provenBatch(registry: Registry, memberNo: number, batchId: string): Promise<Proven> {
  const batch = await submissionOf(registry.store, memberNo, batchId);
  if (batch === null) return { header: '', leaves: [], logProof: null };
  const body = batch.body === null ? null : readKeptBody(batch.body);
  return {
    header: batch.header,
    leaves: body === null ? [] : readItems(body).leaves,
    logProof: await proofTextOf(registry, batch.leaf),
  };
}

function exportedRecord({ row, record }: Told, { header, leaves, logProof }: Proven): ExportedRecord {
  const hashes =
    row.item_at < leaves.length
      ? inclusionProof(rangeRootOf(sha256, leaves), row.item_at, leaves.length)
      : [];
  return {
    ...record,
    salt: row.salt.toString('base64url'),
    item: [...itemOf(row)],
    batch_header: header,
    item_proof: { index: row.item_at, size: leaves.length, hashes: hashes.map(toBase64) },
    log_proof: logProof,
  };
}

/** A version is the epoch times this, and the member's own counter. */
const EPOCH = 2 ** 32;

/** The item as the member signed it. */
function itemOf(row: Told['row']): ReturnType<typeof dueItem> {
  const basis: Basis =
    row.basis_consent === null ? { basis: 'entity' } : { basis: 'consent', id: row.basis_consent };
  return dueItem({
    dueRef: row.due_ref.toString('base64url'),
    salt: row.salt.toString('base64url'),
    subject: JSON.parse(row.subject) as Parameters<typeof dueItem>[0]['subject'],
    rev: row.ver % EPOCH,
    state: row.state,
    invoiceDay: row.invoice_on,
    dueDay: row.due_on,
    amountPaise: row.amount_p,
    openPaise: row.open_p,
    settledDay: row.settled_on,
    evidence: { g: row.evidence, h: row.evidence_hash?.toString('base64url') ?? null },
    basis,
  });
}

async function artefacts(registry: Registry, debtor: Debtor): Promise<ConsentArtefact[]> {
  const sees = await sightOf(registry, debtor);
  const found: ConsentArtefact[] = [];
  for (const { member_no, consent_id } of await consentsOfSubject(registry.store, debtor.subjectKey)) {
    if (!sees(member_no)) continue;
    const consent = await consentOf(registry.store, member_no, consent_id);
    if (consent !== null && consent.artefact !== null)
      found.push(await placedArtefact(registry, consent.artefact));
  }
  return found;
}
