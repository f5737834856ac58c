import { refuse } from '#domain/result.ts';
import { gatewayById, patchGateway } from '../../storage/gateways.ts';
import { failed, refused, type BookContext } from '../door.ts';
import { fieldsOf } from '../outbox/channels.ts';
import { settleHolds } from '../outbox/holds.ts';
import { gatewayGone, vaultClosed } from './save.ts';

type Said = { readonly openUrl: string | null; readonly isDone: boolean };

/** The address to open in a browser first; then, when the user has agreed there, the end. What came of it is in the vault. */
export async function* signInTo(
  context: BookContext,
  gatewayId: number,
  signal: AbortSignal | undefined,
): AsyncGenerator<{ openUrl: string | null; isDone: boolean }, void> {
  const { db, vault } = context;
  const row = db.read((tx) => gatewayById(tx, gatewayId));
  if (!row || row.removedAt !== null) throw gatewayGone();
  const signIn = context.gatewayKinds.get(row.kind)?.signIn;
  if (!signIn) {
    const sentence = 'This gateway is not signed in to with a browser.';
    throw refused(refuse('gateway-no-sign-in', sentence).refusal);
  }
  if (!vault.isOpen()) throw vaultClosed();
  const kept = (await vault.take(row.vaultName)) ?? {};
  const opened = Promise.withResolvers<Said>();
  const over = new AbortController();
  const end = signal ? AbortSignal.any([signal, over.signal]) : over.signal;
  const openUrl = (url: string): Promise<void> => {
    opened.resolve({ openUrl: url, isDone: false });
    return Promise.resolve();
  };
  const signing = signIn({ fields: fieldsOf(row), secrets: kept }, openUrl, end);
  try {
    const first = await Promise.race([opened.promise, signing]);
    if ('openUrl' in first) yield { ...first };
    const signed = await signing;
    if (!signed.ok)
      throw failed({ code: 'sign-in-failed', sentence: sentenceOf(signed.detail), retryable: true });
    await vault.put(row.vaultName, { ...kept, ...signed.value.secrets });
  } finally {
    over.abort();
  }
  // A pause for want of this very sign-in is over.
  if (db.isOpen()) {
    db.write((tx) => {
      patchGateway(tx, gatewayId, { pausedAt: null, pausedJson: null });
      settleHolds(tx, context);
    });
  }
  context.changed('gateways', 'reminders', 'messages');
  yield { openUrl: null, isDone: true };
}

function sentenceOf(detail: string): string {
  return `The sign-in did not succeed. ${detail}`.trim();
}
