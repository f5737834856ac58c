import type { GatewayKind, GatewayShown } from '#contract/engine/gateways.ts';
import { errorClassField } from '#contract/engine/reminder-fields.ts';
import type {
  Gateway,
  GatewayDescription,
  GatewayField,
  PaymentGateway,
} from '../../adapters/message-ports.ts';
import { gatewayRows, type GatewayRow } from '../../storage/gateways.ts';
import { heldOf } from '../../storage/outbox-holds.ts';
import { rateRow } from '../../storage/rates.ts';
import type { ReadTx } from '../../storage/database.ts';
import type { BookContext } from '../door.ts';
import { fieldsOf } from '../outbox/channels.ts';

/** Every kind there is, messages first. */
export function kindsShown({ gatewayKinds, paymentKinds }: BookContext): GatewayKind[] {
  return [
    ...[...gatewayKinds.values()].map(({ describe }) => kindShown(describe)),
    ...[...paymentKinds.values()].map(({ describe }) => ({
      kind: describe.kind,
      channel: 'payment' as const,
      name: describe.name,
      about: describe.about,
      fields: describe.fields.map(fieldShown),
      capabilities: null,
    })),
  ];
}

function kindShown({ kind, channel, name, about, fields, capabilities }: GatewayDescription): GatewayKind {
  const { charsMost: _, ...can } = capabilities;
  return { kind, channel, name, about, fields: fields.map(fieldShown), capabilities: can };
}

function fieldShown({
  key,
  label,
  hint,
  kind,
  isRequired,
  preset,
  choices,
}: GatewayField): GatewayKind['fields'][number] {
  return {
    key,
    label,
    hint: hint ?? null,
    kind,
    isRequired,
    preset: preset ?? null,
    choices: choices?.map((choice) => ({ ...choice })) ?? [],
  };
}

export function kindOf(
  { gatewayKinds, paymentKinds }: BookContext,
  kind: string,
): Gateway | PaymentGateway | undefined {
  return gatewayKinds.get(kind) ?? paymentKinds.get(kind);
}

/** What the vault has of each is asked first: it is another file and answers later. */
export async function gatewaysShown(context: BookContext): Promise<GatewayShown[]> {
  const rows = context.db.read((tx) => gatewayRows(tx));
  const secrets = await Promise.all(
    rows.map(async (row) => ({ row, has: Object.keys((await context.vault.take(row.vaultName)) ?? {}) })),
  );
  return context.db.read((tx) => secrets.map(({ row, has }) => gatewayShown(tx, context, { row, has })));
}

type Known = { readonly row: GatewayRow; readonly has: readonly string[] };

function gatewayShown(tx: ReadTx, context: BookContext, { row, has }: Known): GatewayShown {
  const rate = rateRow(tx, row.id);
  return {
    gatewayId: row.id,
    kind: row.kind,
    channel: row.channel,
    name: row.name,
    fields: { ...fieldsOf(row) },
    hasSecrets: [...has],
    isOn: row.isOn,
    place: row.place,
    perMinute: row.perMinute,
    perDay: row.perDay,
    pricePerPartMicros: row.pricePerPartMicros,
    gstBps: row.gstBps,
    light: lightOf(context, { row, has }, rate?.failuresInRow ?? 0),
    pause:
      row.pausedAt === null ? null : { ...pauseOf(row), at: row.pausedAt, heldCount: heldOf(tx, row.id) },
    hasReachedOwner: row.reachedOwnerAt !== null,
    testedAt: row.testedAt,
    sentTodayCount: rate?.day === context.today ? rate.dayCount : 0,
    balance: row.balance,
  };
}

function pauseOf({
  pausedJson,
}: GatewayRow): Pick<NonNullable<GatewayShown['pause']>, 'errorClass' | 'code' | 'detail'> {
  const known: unknown = pausedJson === null ? {} : JSON.parse(pausedJson);
  const said: { errorClass?: unknown; code?: unknown; detail?: unknown } =
    typeof known === 'object' && known !== null ? known : {};
  return {
    errorClass: errorClassField
      .nullable()
      .catch(null)
      .parse(said.errorClass ?? null),
    code: typeof said.code === 'string' ? said.code : '',
    detail: typeof said.detail === 'string' ? said.detail : '',
  };
}

function lightOf(context: BookContext, { row, has }: Known, failuresInRow: number): GatewayShown['light'] {
  if (!row.isOn) return 'off';
  if (row.pausedAt !== null) return 'paused';
  const fields = kindOf(context, row.kind)?.describe.fields ?? [];
  const isLacking = fields.some(
    (field) => field.kind === 'secret' && field.isRequired && !has.includes(field.key),
  );
  if (isLacking) return 'no-secrets';
  if (failuresInRow > 0 || hasFailedTest(row)) return 'failing';
  return row.testedAt === null ? 'never-tested' : 'ok';
}

function isFailed(step: unknown): boolean {
  return typeof step === 'object' && step !== null && 'outcome' in step && step.outcome === 'failed';
}

/** Whether a step of its last test failed. */
function hasFailedTest({ testJson }: GatewayRow): boolean {
  const steps: unknown = testJson === null ? [] : JSON.parse(testJson);
  return Array.isArray(steps) && steps.some(isFailed);
}
