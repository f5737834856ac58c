import type { GatewayCheckShown } from '#contract/engine/gateways.ts';
import { isFinal } from '#domain/reminders/outbox-states.ts';
import { ZERO } from '#domain/money.ts';
import type { Channel } from '#domain/reminders/words.ts';
import type { GatewayCheck } from '../../adapters/message-ports.ts';
import { sha256Of } from '../../storage/digest.ts';
import { gatewayById, patchGateway, type GatewayRow } from '../../storage/gateways.ts';
import { insertMessage, insertRun, messageById } from '../../storage/messages.ts';
import { attemptRows } from '../../storage/outbox.ts';
import type { BookContext } from '../door.ts';
import { configOf, openChannel } from '../outbox/channels.ts';
import { roundNow } from '../outbox/keeper.ts';
import { businessNow } from '../reminders/business-facts.ts';
import { tidyAddress } from '../reminders/reach.ts';
import { gatewayGone } from './save.ts';
import { testText } from './test-text.ts';
import { toldChecks } from './told-checks.ts';

type Said = GatewayCheckShown;

/** Each step of the check as it is taken; the last one, if asked for, is a message to the owner through the outbox itself. */
export async function* testGateway(
  context: BookContext,
  { gatewayId, sendsToOwner }: { readonly gatewayId: number; readonly sendsToOwner: boolean },
  signal: AbortSignal | undefined,
): AsyncGenerator<Said, void> {
  const { db } = context;
  const row = db.read((tx) => gatewayById(tx, gatewayId));
  if (!row || row.removedAt !== null) throw gatewayGone();
  const checks: GatewayCheck[] = [];
  for await (const check of checksOf(context, row, signal)) {
    checks.push(check);
    yield shown(check);
  }
  const isGood = checks.every(({ outcome }) => outcome !== 'failed');
  if (!db.isOpen()) return;
  db.write((tx) =>
    patchGateway(tx, gatewayId, { testedAt: context.now(), testJson: JSON.stringify(checks) }),
  );
  context.changed('gateways');
  if (sendsToOwner && isGood) yield shown(await sendToOwner(context, row));
  if (sendsToOwner && !isGood) yield shown(leftOut());
}

function shown({ step, outcome, detail }: GatewayCheck): Said {
  return { step, outcome, detail: { ...detail } };
}

async function* checksOf(
  context: BookContext,
  row: GatewayRow,
  signal: AbortSignal | undefined,
): AsyncGenerator<GatewayCheck, void> {
  const config = await configOf(context, row);
  if (config === null) return yield noSecrets();
  const end = signal ?? AbortSignal.timeout(CHECKED_WITHIN_MS);
  const payment = context.paymentKinds.get(row.kind);
  if (!payment && !context.gatewayKinds.has(row.kind)) return yield unknownKind(row.kind);
  const { now, newId } = context;
  const world = { now, newId, keepSecret: () => Promise.resolve() };
  const channel = payment ? payment.open(config, world) : openChannel(context, row, config);
  try {
    yield* toldChecks((tell) => channel.check(end, tell));
  } finally {
    await channel.close();
  }
}

const CHECKED_WITHIN_MS = 60_000;

function noSecrets(): GatewayCheck {
  const detail = {
    en: 'A password or key is missing on this computer. Enter it again and save.',
    hi: 'इस कंप्यूटर पर पासवर्ड या कुंजी नहीं है। उसे दोबारा भरकर सहेजें।',
  };
  return { step: 'settings', outcome: 'failed', detail };
}

function unknownKind(kind: string): GatewayCheck {
  const detail = { en: `This Baaki does not know ${kind}.`, hi: `यह बाक़ी ${kind} को नहीं जानता।` };
  return { step: 'settings', outcome: 'failed', detail };
}

function leftOut(): GatewayCheck {
  const detail = {
    en: 'No message was sent: put the failed step right first.',
    hi: 'संदेश नहीं भेजा गया: पहले असफल चरण ठीक करें।',
  };
  return { step: 'send', outcome: 'left-out', detail };
}

/** Where the owner is reached on a channel; null where the business has no such line yet. */
function ownerAddress(context: BookContext, channel: Channel): string | null {
  const own = context.db.read((tx) => businessNow(tx, context.book.name));
  const text = channel === 'email' ? own.ownerEmail : own.ownerPhone;
  return text === null ? null : tidyAddress(channel, text);
}

const TEST_ENDS_MS = 3_600_000;

/** The test goes the way of every message, so that what works here works for customers. */
async function sendToOwner(context: BookContext, row: GatewayRow): Promise<GatewayCheck> {
  const { channel } = row;
  const address = channel === 'payment' ? null : ownerAddress(context, channel);
  if (channel === 'payment' || address === null) {
    const detail = {
      en: 'No message was sent: your own number or e-mail is not in the business settings.',
      hi: 'संदेश नहीं भेजा गया: कारोबार की जानकारी में आपका नंबर या ईमेल नहीं है।',
    };
    return { step: 'send', outcome: 'left-out', detail };
  }
  const messageId = context.db.write((tx) => {
    const at = context.now();
    const runId = insertRun(tx, { kind: 'test', runDay: context.today, createdAt: at });
    const uid = context.newId();
    return insertMessage(tx, {
      uid,
      runId,
      customerId: null,
      purpose: 'test',
      channel,
      gatewayId: row.id,
      ...testText(tx, context, row),
      cadenceId: null,
      stepId: null,
      stepNumber: null,
      isAutomatic: false,
      address,
      toName: context.book.name,
      isEdited: false,
      attaches: null,
      balancePaise: ZERO,
      overduePaise: ZERO,
      creditPaise: ZERO,
      parts: null,
      estimateMicros: null,
      dedupeKey: sha256Of(uid),
      forDay: context.today,
      notBefore: at,
      expiresAt: at + TEST_ENDS_MS,
      state: 'scheduled',
      createdAt: at,
      bills: [],
    });
  });
  await roundNow(context);
  return messageId === null ? leftOut() : resultOf(context, messageId);
}

function resultOf(context: BookContext, messageId: number): GatewayCheck {
  const { state, reason, attempt } = context.db.read((tx) => {
    const message = messageById(tx, messageId);
    const last = attemptRows(tx, messageId).at(-1);
    return { state: message?.state, reason: message?.reason ?? null, attempt: last };
  });
  if (state === 'handed-to-user') {
    const detail = {
      en: 'The test message was made and waits under “By hand”: it goes when you press send there.',
      hi: 'जाँच का संदेश बन गया है और “हाथ से” में रखा है: वहाँ भेजें दबाने पर जाएगा।',
    };
    return { step: 'send', outcome: 'ok', detail };
  }
  if (state === 'accepted' || state === 'sent') {
    const detail = {
      en: 'A test message is on its way to you. When it has arrived, press “It has reached me”.',
      hi: 'जाँच का संदेश आपको भेजा गया। पहुँच जाए तो “मुझे मिल गया” दबाएँ।',
    };
    return { step: 'send', outcome: 'ok', detail };
  }
  const why = attempt?.detail ?? attempt?.code ?? reason ?? '';
  const isOver = state !== undefined && isFinal(state);
  // Only registered texts leave through it: the test sends one of the owner's own as soon as it has its ids.
  const isUnregistered = reason === 'text-refused';
  const detail = {
    en: isOver
      ? `The test message was not sent. ${why}${isUnregistered ? ' Enter the ids at one of your texts first: the test then sends that text.' : ''}`
      : `The test message waits (${reason ?? state ?? ''}). ${why}`,
    hi: isOver
      ? `जाँच का संदेश नहीं गया। ${why}${isUnregistered ? ' पहले अपने किसी एक संदेश-पाठ में ये आईडी भरें: जाँच में वही पाठ जाएगा।' : ''}`
      : `जाँच का संदेश रुका है (${reason ?? state ?? ''})। ${why}`,
  };
  return { step: 'send', outcome: isOver ? 'failed' : 'warning', detail };
}
