import { identifierText, type Identifier, type Subject } from '#domain/registry/subjects.ts';
import type { ReadTx } from '../../storage/database.ts';
import { membershipRow } from '../../storage/registry.ts';
import { tokenOf } from '../../storage/registry-tokens.ts';
import { bookDoor, type BookContext } from '../door.ts';
import { unmatchedNow, weigh, type Weighed } from './candidates.ts';
import { contactsOf, draftOf } from './freeze.ts';
import { contactOf } from './items.ts';
import { publisher, marksOf, wordOf } from './publish.ts';
import type { Membered } from './link.ts';

/** What is known here of a bill and never leaves, each by its own word. */
const STAYS_HERE = [
  'customer-name',
  'bill-number',
  'items-and-prices',
  'narration',
  'address',
  'other-bills',
  'other-customers',
  'credit-limit',
  'messages',
] as const;

/** Stands for a token that the registry has yet to make of an identifier. */
const AWAITED = (one: Identifier): string => `(the registry’s token of ${identifierText(one)})`;

type Preview = {
  text: string;
  byteCount: number;
  packedByteCount: number;
  staysHere: string[];
  confirmation: string | null;
};

async function preview(context: BookContext, billIds: readonly number[]): Promise<Preview> {
  const member = await publisher(context);
  const { db, registry, today } = context;
  const unmatched = unmatchedNow(context);
  const made = db.read((tx) => {
    const all = weigh(tx, { billIds, asOf: today, unmatched });
    const chosen = all.filter(({ bars }) => bars.every((bar) => bar === 'already-published'));
    return { text: textOf(tx, context, { chosen, member }), chosen };
  });
  return {
    text: made.text,
    byteCount: new TextEncoder().encode(made.text).length,
    packedByteCount: registry.packedBytes(made.text),
    staysHere: [...STAYS_HERE],
    confirmation: member.row.hasConfirmed || made.chosen.length === 0 ? null : wordOf(made.chosen),
  };
}

type Asked = { readonly chosen: readonly Weighed[]; readonly member: Membered };

/** First the identifiers, once, to be made into tokens; then the batch, where only tokens stand. */
function textOf(tx: ReadTx, context: BookContext, { chosen, member }: Asked): string {
  const { keyVersion } = member.row;
  const unknown = chosen
    .flatMap(({ identifiers }) => identifiers)
    .filter((one) => tokenOf(tx, one, keyVersion) === null);
  const ids = [...new Map(unknown.map((one) => [identifierText(one), one])).values()];
  const blind = { schema: 'blind.v1', kv: keyVersion, ids: ids.map(({ kind, value }) => ({ kind, value })) };
  const parts = ids.length === 0 ? [] : [`POST /v1/blind\n${JSON.stringify(blind)}`];
  return [...parts, `POST /v1/batches\n${batchText(tx, context, { chosen, member })}`].join('\n\n');
}

function batchText(tx: ReadTx, context: BookContext, { chosen, member }: Asked): string {
  const row = membershipRow(tx) ?? member.row;
  const items = chosen.map((one, at) => {
    const subject = subjectShown(tx, one, row.keyVersion);
    const marks = marksOf(tx, context, { one, member });
    return { due: draftOf(one, { marks, subject, rev: row.rev + at + 1 }), contact: contactOf(one, subject) };
  });
  const { memberId, deviceId, epoch, seq } = row;
  const terms = { origin: row.origin, member: memberId ?? '', device: deviceId ?? '', epoch, seq };
  return context.registry.seal({
    batchId: '00000000-0000-4000-8000-000000000000',
    header: {
      ...terms,
      prev: row.previousRoot,
      kind: 'incremental',
      fullId: null,
      asOf: context.today,
      keyVersion: row.keyVersion,
    },
    items: items.map(({ due }) => due),
    contacts: contactsOf(items),
    seed: member.kept.keys.seed,
  }).text;
}

function subjectShown(tx: ReadTx, { identifiers, entity }: Weighed, keyVersion: string): Subject {
  const shownOf = (kind: Identifier['kind']): string | null => {
    const one = identifiers.find((identifier) => identifier.kind === kind);
    if (one === undefined) return null;
    const token = tokenOf(tx, one, keyVersion);
    return token === '' ? null : (token ?? AWAITED(one));
  };
  return { pan: shownOf('pan'), gstin: shownOf('gstin'), mobile: shownOf('mobile'), entity };
}

export const previewCalls = {
  preview: bookDoor.registry.preview.handler(({ context, input: { billIds } }) => preview(context, billIds)),
};
