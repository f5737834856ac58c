import { existsSync } from 'node:fs';
import path from 'node:path';
import type { TemplateShown } from '#contract/engine/templates.ts';
import { day } from '#domain/days.ts';
import type { Paper } from '#domain/papers/paper.ts';
import type { LetterKind } from '#domain/reminders/words.ts';
import type { Gateway, OutgoingMessage } from '#engine/adapters/message-ports.ts';
import type { BookContext } from '#engine/services/door.ts';
import { roundNow } from '#engine/services/outbox/keeper.ts';
import { contextOf } from '#engine/services/sync/keeper.ts';
import { sha256Of } from '#engine/storage/digest.ts';
import { insertGateway, patchGateway } from '#engine/storage/gateways.ts';
import { insertMessage, insertRun, messageById, type NewMessage } from '#engine/storage/messages.ts';
import { aBill, moneyIn, refusalOf, rupees } from '#tests/builders/facts.ts';
import { expect, it } from 'vitest';
import { MONDAY, papersBook, someone, type PapersBook } from './papers-book.ts';

const TODAY = day('2026-11-23');

/** A mail gateway that keeps what it is handed. */
function keepingGateway(): { readonly gateway: Gateway; readonly sent: OutgoingMessage[] } {
  const sent: OutgoingMessage[] = [];
  const words = { en: 'Mail', hi: 'मेल' };
  const capabilities = {
    charsMost: null,
    pullsStatus: 'no',
    pullsInbound: false,
    isIdempotent: true,
    canFind: false,
    takesAttachments: true,
    lookBackDays: null,
    perMinute: 600,
    perDay: null,
    dlt: 'none',
    needsInternet: false,
  } as const;
  const describe = {
    kind: 'email-kept',
    channel: 'email',
    name: words,
    about: words,
    fields: [],
    capabilities,
  } as const;
  const gateway: Gateway = {
    describe,
    open: () => ({
      check: () => Promise.resolve([]),
      preflight: () => [],
      send: (message) => {
        sent.push(message);
        return Promise.resolve({ ok: true, providerId: null, state: 'accepted', parts: 1, costMicros: null });
      },
      close: () => Promise.resolve(),
    }),
  };
  return { gateway, sent };
}

type World = PapersBook & {
  readonly sent: OutgoingMessage[];
  readonly round: () => Promise<void>;
  readonly customerId: number;
  readonly billIds: readonly number[];
  readonly message: (fields: Partial<NewMessage>) => number;
};

/** A customer who owes 1,000 and 234.50; messages are about the first of them. */
async function aWorld(): Promise<World> {
  const { gateway, sent } = keepingGateway();
  const book = await papersBook([gateway]);
  const { db } = book;
  await book.client.business.save({ vpa: 'gupta@okicici', phone: '9820000000' });
  const [customerId, ...billIds] = db.write((tx) => {
    const id = someone(tx, 'Asha Stores');
    const due = { billDay: '2026-10-01', dueDay: '2026-10-31' };
    return [id, aBill(tx, id, { amount: 1000, ...due }), aBill(tx, id, { amount: 234.5, ...due })] as const;
  });
  const gatewayId = db.write((tx) => {
    const row = {
      kind: 'email-kept',
      channel: 'email',
      name: 'Mail',
      fieldsJson: '{}',
      isOn: true,
      place: 0,
    } as const;
    const more = {
      perMinute: 600,
      perDay: null,
      pricePerPartMicros: null,
      gstBps: 1800,
      vaultName: 'v',
      createdAt: 0,
    };
    const made = insertGateway(tx, { ...row, ...more });
    patchGateway(tx, made, { reachedOwnerAt: 1 });
    return made;
  });
  const message: World['message'] = (fields) =>
    db.write((tx) => {
      const uid = `uid-${Math.max(0, sent.length)}-${fields.attaches ?? 'none'}-${fields.channel ?? 'email'}`;
      const made = insertMessage(tx, {
        ...base({ uid, customerId, gatewayId, tx }),
        ...fields,
        bills: billsOf(billIds[0] ?? 0),
      });
      if (made === null) throw new Error('There is such a message.');
      return made;
    });
  const context = (): BookContext => {
    const now = contextOf(book.context, db);
    if (!now) throw new Error('No book is open.');
    return now;
  };
  return { ...book, sent, customerId, billIds, message, round: () => roundNow(context()) };
}

function base({
  uid,
  customerId,
  gatewayId,
  tx,
}: {
  uid: string;
  customerId: number;
  gatewayId: number;
  tx: Parameters<typeof insertRun>[0];
}): NewMessage {
  return {
    uid,
    runId: insertRun(tx, { kind: 'single', runDay: TODAY, createdAt: MONDAY }),
    customerId,
    purpose: 'reply',
    channel: 'email',
    gatewayId,
    templateId: null,
    templateVersion: null,
    cadenceId: null,
    stepId: null,
    stepNumber: null,
    isAutomatic: true,
    address: 'asha@example.com',
    toName: 'Asha Stores',
    language: 'en',
    subject: 'Your bills',
    body: 'Dear Asha Stores, please pay.',
    valuesJson: '[]',
    isEdited: false,
    attaches: null,
    balancePaise: rupees(1234.5),
    overduePaise: rupees(1000),
    creditPaise: rupees(0),
    parts: 1,
    estimateMicros: null,
    dedupeKey: sha256Of(uid),
    forDay: TODAY,
    notBefore: MONDAY,
    expiresAt: MONDAY + 8 * 3_600_000,
    state: 'scheduled',
    createdAt: MONDAY,
  };
}

function billsOf(billId: number) {
  const openPaise = rupees(1000);
  const days = { billDay: day('2026-10-01'), dueDay: day('2026-10-31') };
  return [{ billId, number: null, ...days, openPaise, currency: null, foreignMinor: null }];
}

function paperIn(message: OutgoingMessage | undefined): Paper | undefined {
  const [attachment] = message?.attachments ?? [];
  if (!attachment) return undefined;
  const papers: unknown = JSON.parse(new TextDecoder().decode(attachment.bytes));
  return Array.isArray(papers) ? (papers[0] as Paper) : undefined;
}

it.each<[LetterKind, string]>([
  ['outstanding', '₹\u00A01,234.50'],
  ['statement', '₹\u00A01,234.50'],
  ['letter-1', '₹\u00A01,000.00'],
])('sends a mail with its %s', async (attaches, figure) => {
  const world = await aWorld();
  world.message({ attaches });
  await world.round();
  expect(world.sent).toHaveLength(1);
  expect(paperIn(world.sent[0])?.figure.value).toBe(figure);
  expect(world.sent[0]?.attachments[0]).toMatchObject({ mime: 'application/pdf' });
  expect(world.sent[0]?.attachments[0]?.fileName).toMatch(/^Asha Stores – .* 2026-11-23\.pdf$/u);
});

it('draws the paper anew when money comes in while it is drawn', async () => {
  const world = await aWorld();
  world.message({ attaches: 'outstanding' });
  const [, second = 0] = world.billIds;
  world.printer.meanwhile = () =>
    world.db.write((tx) =>
      moneyIn(tx, world.customerId, {
        amount: 234.5,
        day: '2026-11-23',
        allocated: new Map([[second, 234.5]]),
      }),
    );
  await world.round();
  expect(world.printer.drawn.map(({ figure }) => figure.value)).toEqual([
    '₹\u00A01,234.50',
    '₹\u00A01,000.00',
  ]);
  expect(world.sent).toHaveLength(1);
  expect(paperIn(world.sent[0])?.figure.value).toBe('₹\u00A01,000.00');
});

it('keeps a message back whose paper cannot be drawn', async () => {
  const world = await aWorld();
  const messageId = world.message({ attaches: 'statement' });
  world.printer.meanwhile = () => {
    throw new Error('The template is at fault.');
  };
  await world.round();
  expect(world.sent).toEqual([]);
  expect(world.db.read((tx) => messageById(tx, messageId))?.state).toBe('held');
});

it('keeps a letter back that has nothing to say any more, and calls it no fault of Baaki', async () => {
  const world = await aWorld();
  const messageId = world.message({ attaches: 'letter-1' });
  world.db.write((tx) =>
    moneyIn(tx, world.customerId, {
      amount: 1234.5,
      day: '2026-11-23',
      allocated: new Map([
        [world.billIds[0] ?? 0, 1000],
        [world.billIds[1] ?? 0, 234.5],
      ]),
    }),
  );
  await world.round();
  expect(world.db.read((tx) => messageById(tx, messageId))).toMatchObject({
    state: 'held',
    reason: 'text-refused',
    reasonJson: JSON.stringify({ code: 'letter-nothing-open' }),
  });
  expect(world.bugs).toEqual([]);
});

it('prints the letters that wait into one file, in their order, about the bills they name', async () => {
  const world = await aWorld();
  const letter = {
    channel: 'letter',
    gatewayId: null,
    state: 'handed-to-user',
    attaches: 'letter-2',
  } as const;
  const first = world.message({ ...letter, subject: 'Second reminder', body: 'Please pay ₹1,000.00.' });
  const second = world.message({ ...letter, uid: 'other', dedupeKey: sha256Of('other'), body: 'And this.' });
  const file = path.join(world.folder, 'letters.pdf');
  const answer = await world.client.messages.printQueue({ path: file, messageIds: [second, first] });
  expect(answer).toEqual({ pageCount: 2 });
  expect(world.printer.drawn.map(({ paragraphs }) => paragraphs)).toEqual([
    ['And this.'],
    ['Please pay ₹1,000.00.'],
  ]);
  expect(world.printer.drawn[1]).toMatchObject({
    title: 'Second reminder',
    figure: { value: '₹\u00A01,000.00' },
  });
  expect(existsSync(file)).toBe(true);
});

it('prints no letter to somebody who paid since, and nothing that is no waiting letter', async () => {
  const world = await aWorld();
  const letter = { channel: 'letter', gatewayId: null, state: 'handed-to-user' } as const;
  const messageId = world.message(letter);
  const mailId = world.message({ attaches: 'statement' });
  const file = path.join(world.folder, 'letters.pdf');
  const print = (id: number) => refusalOf(world.client.messages.printQueue({ path: file, messageIds: [id] }));
  expect((await print(mailId)).code).toBe('letter-not-waiting');
  const [billId = 0] = world.billIds;
  world.db.write((tx) =>
    moneyIn(tx, world.customerId, { amount: 1000, day: '2026-11-23', allocated: new Map([[billId, 1000]]) }),
  );
  expect(await print(messageId)).toMatchObject({
    code: 'letters-changed',
    values: { count: 1, names: '“Asha Stores”' },
  });
  expect(existsSync(file)).toBe(false);
});

it.each([
  { hasDocument: false, attaches: 'outstanding', sent: [0] },
  { hasDocument: true, attaches: 'outstanding', sent: [1] },
  // Meta would refuse it and pause the text: it is held, and says why.
  { hasDocument: true, attaches: null, sent: [] },
] as const)(
  'goes with an approved WhatsApp text only where that has a place for it: %j',
  async ({ hasDocument, attaches, sent }) => {
    const world = await aWorld();
    world.db.write(({ sqlite }) => sqlite.prepare("update gateways set channel = 'whatsapp'").run());
    const name = 'payment_due';
    const whatsapp: NonNullable<TemplateShown['whatsapp']> = {
      name,
      language: 'en',
      status: 'approved',
      parameters: [],
      hasDocument,
    };
    const words = { key: 'on-due', purpose: 'reminder', language: 'en', tone: 'plain', name: 'Due' } as const;
    const nothing = { subject: null, dlt: null, vendorTemplateId: null, isPaused: false } as const;
    const { templateId } = await world.client.templates.save({
      ...words,
      ...nothing,
      channel: 'whatsapp',
      body: 'Your bill is due.',
      whatsapp,
    });
    const address = '+919820000001';
    const own = { channel: 'whatsapp', templateId, templateVersion: 1, address, subject: null } as const;
    world.message({ ...own, attaches, body: 'Your bill is due.' });
    await world.round();
    expect(world.sent.map(({ attachments }) => attachments.length)).toEqual(sent);
    const held = world.db.read(({ sqlite }) =>
      sqlite.prepare("select reason_json from messages where state = 'held'").pluck().all(),
    );
    expect(held.map(String).join()).toBe(sent.length > 0 ? '' : '{"code":"whatsapp-document-missing"}');
  },
);
