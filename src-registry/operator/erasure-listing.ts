import { daysBetween } from '#domain/days.ts';
import { indiaDayOf } from '../clock.ts';
import { ForgottenError } from '../notifier/contact-seal.ts';
import type { Registry } from '../registry.ts';
import { erasureOf, isPersonsKey, openErasures, standingUnder, type ErasureRow } from '../store/erasures.ts';
import { OperatorError } from './acts.ts';

// What the operator reads of erasures that were asked for. What a debtor wrote is shown only of the one that he names.

export async function erasureLines(registry: Registry): Promise<readonly string[]> {
  const open = await openErasures(registry.store);
  if (open.length === 0) return ['Nobody waits for an erasure.'];
  const lines: string[] = [];
  for (const row of open) lines.push(await lineOf(registry, row));
  return lines;
}

export async function oneErasureLines(registry: Registry, requestId: string): Promise<readonly string[]> {
  const row = await erasureOf(registry.store, requestId);
  if (row === null) throw new OperatorError('There is no such request.');
  return [await lineOf(registry, row), await reasonOf(registry, row)];
}

async function lineOf({ store, today }: Registry, row: ErasureRow): Promise<string> {
  const { dues, consents, looks, disputes } = await standingUnder(store, row.subject_key);
  const asked = indiaDayOf(row.at);
  const isPerson = await isPersonsKey(store, row.subject_key);
  return [
    row.request_id,
    `asked ${asked}`,
    `${daysBetween(asked, today())} days`,
    `${dues} dues, ${disputes} disputed`,
    `${consents} consents`,
    `${looks} looks`,
    isPerson === null ? 'no PAN seen' : isPerson ? 'natural person' : 'company',
    row.is_whole ? 'from his own contact' : 'from a contact that is not known as his',
    standsAt(row),
  ].join('\t');
}

function standsAt({ outcome, closed_at }: ErasureRow): string {
  if (outcome === null) return 'open';
  if (closed_at === null) return `${outcome}, not told yet`;
  return `${outcome} on ${indiaDayOf(closed_at)}`;
}

/** He may have written anything: nothing of it moves the cursor or rings the bell. */
async function reasonOf({ contacts }: Registry, { subject_key, reason }: ErasureRow): Promise<string> {
  if (reason === '') return 'What he wrote is erased.';
  try {
    const text = await contacts.open(subject_key, Buffer.from(reason, 'base64'));
    return text.replaceAll(/\p{C}+/gu, ' ').trim();
  } catch (error) {
    if (error instanceof ForgottenError) return 'What he wrote is erased.';
    throw error;
  }
}
