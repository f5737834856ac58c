import { ok, refuse, type Result } from '#domain/result.ts';
import type { WriteTx } from '../../storage/database.ts';
import { gatewayById, insertGateway, patchGateway, type GatewayRow } from '../../storage/gateways.ts';
import { unfinishedOf } from '../../storage/outbox-holds.ts';
import { forgetRate } from '../../storage/rates.ts';
import { accepted } from '../documents.ts';
import { refused, type BookContext } from '../door.ts';
import { settleHolds } from '../outbox/holds.ts';
import { settleHome, whoOf } from '../outbox/lease.ts';
import { move } from '../outbox/move.ts';
import { outboxOf } from '../outbox/runner.ts';
import { kindOf } from './show.ts';

export type SaveWish = {
  readonly gatewayId?: number | undefined;
  readonly kind: string;
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
  readonly isOn: boolean;
  readonly place: number;
  readonly perMinute: number | null;
  readonly perDay: number | null;
  readonly pricePerPartMicros: number | null;
  readonly gstBps: number;
};

/** Adds one or changes it. Secrets go into the vault first: a gateway without them would only fail. */
export async function saveGateway(context: BookContext, wish: SaveWish): Promise<number> {
  const { db, vault } = context;
  const { gatewayId } = wish;
  const before = gatewayId === undefined ? undefined : db.read((tx) => gatewayById(tx, gatewayId));
  if (gatewayId !== undefined && (!before || before.removedAt !== null)) throw gatewayGone();
  const judged = accepted(judge(context, wish, before));
  const vaultName = before?.vaultName ?? `gateway-${context.bookId}-${context.newId()}`;
  const secrets = Object.entries(wish.secrets).filter(
    ([key, value]) => judged.secretKeys.has(key) && value !== '',
  );
  if (secrets.length > 0) {
    if (!vault.isOpen()) throw vaultClosed();
    const kept = (await vault.take(vaultName)) ?? {};
    await vault.put(vaultName, { ...kept, ...Object.fromEntries(secrets) });
  }
  const isOther = before !== undefined && reachesElsewhere(before, judged.fieldsJson, secrets.length > 0);
  return db.write((tx) => write(tx, context, { wish, before, vaultName, isOther, ...judged }));
}

type Judged = {
  readonly channel: GatewayRow['channel'];
  readonly perMinute: number;
  readonly fieldsJson: string;
  readonly secretKeys: ReadonlySet<string>;
};

function judge(context: BookContext, wish: SaveWish, before: GatewayRow | undefined): Result<Judged> {
  const known = kindOf(context, wish.kind);
  if (!known || (before && before.kind !== wish.kind)) {
    const values = { kind: wish.kind };
    return refuse('gateway-kind-unknown', `Baaki has no gateway of the kind ${wish.kind}.`, {
      field: 'kind',
      values,
    });
  }
  const { fields } = known.describe;
  const plain = fields.filter((field) => field.kind !== 'secret');
  for (const field of plain) {
    const value = (wish.fields[field.key] ?? field.preset ?? '').trim();
    const values = { label: field.label.en, labelHi: field.label.hi };
    const at = { field: `fields.${field.key}`, values };
    if (field.isRequired && value === '')
      return refuse('gateway-field-missing', `“${field.label.en}” is missing.`, at);
    const isChoice =
      field.kind !== 'choice' || field.choices?.some((choice) => choice.value === value) === true;
    if (value !== '' && !isChoice)
      return refuse('gateway-field-wrong', `“${field.label.en}” has no such choice.`, at);
  }
  const kept = plain.map(({ key, preset }) => [key, (wish.fields[key] ?? preset ?? '').trim()]);
  return ok({
    channel: 'channel' in known.describe ? known.describe.channel : 'payment',
    perMinute:
      wish.perMinute ?? ('capabilities' in known.describe ? known.describe.capabilities.perMinute : 60),
    fieldsJson: JSON.stringify(Object.fromEntries(kept)),
    secretKeys: new Set(fields.filter((field) => field.kind === 'secret').map(({ key }) => key)),
  });
}

/** Another account or address: that the old one reached the owner says nothing of it. */
function reachesElsewhere(before: GatewayRow, fieldsJson: string, hasSecrets: boolean): boolean {
  return before.fieldsJson !== fieldsJson || hasSecrets;
}

type Writing = Judged & {
  readonly wish: SaveWish;
  readonly before: GatewayRow | undefined;
  readonly vaultName: string;
  readonly isOther: boolean;
};

function write(tx: WriteTx, context: BookContext, made: Writing): number {
  const { wish, before, vaultName, isOther, channel, perMinute, fieldsJson } = made;
  const { kind, name, isOn, place, perDay, pricePerPartMicros, gstBps } = wish;
  const at = context.now();
  const fields = {
    kind,
    channel,
    name,
    fieldsJson,
    isOn,
    place,
    perMinute,
    perDay,
    pricePerPartMicros,
    gstBps,
  };
  settleHome(tx, whoOf(context, outboxOf(context).owner), at);
  if (!before) return insertGateway(tx, { ...fields, vaultName, createdAt: at });
  // What was wrong may be mended by what changed; the next attempt says.
  const anew = isOther ? { testedAt: null, testJson: null, pausedAt: null, pausedJson: null } : {};
  patchGateway(tx, before.id, { ...fields, ...anew });
  if (isOther) forgetRate(tx, before.id);
  settleHolds(tx, context);
  return before.id;
}

/** Nothing more leaves through it; what waited for it is cancelled. Old messages still name it. */
export async function removeGateway(context: BookContext, gatewayId: number): Promise<void> {
  const row = context.db.read((tx) => gatewayById(tx, gatewayId));
  if (!row || row.removedAt !== null) throw gatewayGone();
  context.db.write((tx) => {
    const at = context.now();
    for (const message of unfinishedOf(tx, gatewayId)) {
      move(tx, message, { to: 'cancelled', at, kind: 'cancelled', reason: 'no-gateway' });
    }
    patchGateway(tx, gatewayId, { removedAt: at, isOn: false });
    forgetRate(tx, gatewayId);
  });
  await context.vault.forget(row.vaultName);
}

export function gatewayGone(): Error {
  return refused(refuse('gateway-gone', 'This gateway is no longer in the book.').refusal);
}

export function vaultClosed(): Error {
  const sentence = 'Passwords and keys can only be kept by the Baaki window, not from here.';
  return refused(refuse('vault-closed', sentence).refusal);
}
