import type { EvidenceGrade } from '#domain/registry/words.ts';
import { irnOf } from '#domain/registry/statements.ts';
import { fromBase64Url } from '#domain/registry/bytes.ts';
import { refuse } from '#domain/result.ts';
import { billById } from '../../storage/bills.ts';
import { customerById } from '../../storage/customers.ts';
import {
  dropEvidence,
  isDoNotPublish,
  putEvidence,
  setBillDoNotPublish,
  setDoNotPublish,
} from '../../storage/registry-candidates.ts';
import { bookDoor, refused, type BookContext } from '../door.ts';
import { fileUnread } from './disputes.ts';

type Wish = {
  readonly billId: number;
  readonly grade: EvidenceGrade;
  readonly text: string | null;
  readonly filePath: string | null;
};

/** Only the digest is kept, and only it ever leaves; of a signed e-invoice that of its number, which is one everywhere. */
async function setEvidence(context: BookContext, wish: Wish): Promise<{ grade: EvidenceGrade }> {
  const { db, now } = context;
  const { billId, grade, filePath } = wish;
  if (!db.read((tx) => billById(tx, billId))) throw refused(BILL_GONE.refusal);
  if (grade === 'claim') db.write((tx) => dropEvidence(tx, billId));
  else {
    const hash = await digestOf(context, wish);
    const fileName = filePath?.split(/[/\\]/).at(-1) ?? null;
    db.write((tx) => putEvidence(tx, { billId, grade, hash, fileName, at: now() }));
  }
  context.changed('registry');
  return { grade };
}

type ManyWish = {
  readonly billIds: readonly number[];
  readonly grade: 'ack' | 'doc';
  readonly filePath: string;
};

/** Bills that are no longer in the book are passed over. */
async function proveMany(context: BookContext, wish: ManyWish): Promise<{ provenCount: number }> {
  const { db, registry, now } = context;
  const { billIds, grade, filePath } = wish;
  const hash = await registry.digest({ filePath });
  if (hash === null) throw fileUnread();
  const fileName = filePath.split(/[/\\]/).at(-1) ?? null;
  const provenCount = db.write((tx) => {
    const known = [...new Set(billIds)].filter((billId) => billById(tx, billId));
    for (const billId of known) putEvidence(tx, { billId, grade, hash, fileName, at: now() });
    return known.length;
  });
  context.changed('registry');
  return { provenCount };
}

async function digestOf({ registry }: BookContext, { grade, text, filePath }: Wish): Promise<string> {
  if (grade === 'irp') {
    const irn = text === null ? null : irnOf(text, decoded);
    if (irn === null) throw refused(NO_IRN.refusal);
    return (await registry.digest({ text: irn })) ?? '';
  }
  if (text === null && filePath === null) throw refused(MISSING.refusal);
  const digest = await registry.digest(filePath === null ? { text: text ?? '' } : { filePath });
  if (digest === null) throw fileUnread();
  return digest;
}

function decoded(base64Url: string): string | null {
  const bytes = fromBase64Url(base64Url);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}

const BILL_GONE = refuse('bill-gone', 'This bill is no longer in the book.');
const NO_IRN = refuse(
  'registry-no-irn',
  'There is no invoice reference number in this text. Paste the signed e-invoice or what its QR code says.',
  { field: 'text' },
);
const MISSING = refuse(
  'registry-evidence-missing',
  'Add the paper that proves this bill: a file, or the words in which the customer agreed.',
  { field: 'filePath' },
);

export const evidenceCalls = {
  setEvidence: bookDoor.registry.setEvidence.handler(({ context, input }) => setEvidence(context, input)),
  proveMany: bookDoor.registry.proveMany.handler(({ context, input }) => proveMany(context, input)),
  setDoNotPublish: bookDoor.registry.setDoNotPublish.handler(({ context, input }) => {
    const { customerId } = input;
    context.db.write((tx) => {
      if (!customerById(tx, customerId)) throw refused(CUSTOMER_GONE.refusal);
      setDoNotPublish(tx, { customerId, at: input.isDoNotPublish ? context.now() : null });
    });
    context.changed('registry');
    return {};
  }),
  doNotPublish: bookDoor.registry.doNotPublish.handler(({ context: { db }, input: { customerId } }) => ({
    isDoNotPublish: db.read((tx) => isDoNotPublish(tx, customerId)),
  })),
  setBillDoNotPublish: bookDoor.registry.setBillDoNotPublish.handler(({ context, input }) => {
    const { billId } = input;
    context.db.write((tx) => {
      if (!billById(tx, billId)) throw refused(BILL_GONE.refusal);
      setBillDoNotPublish(tx, { billId, at: input.isDoNotPublish ? context.now() : null });
    });
    context.changed('registry');
    return {};
  }),
};

const CUSTOMER_GONE = refuse('customer-gone', 'This customer is no longer in the book.');
