// A shop in the middle of its work, made through the real contract: what left on Friday and what came of it, and what waits
// for hands on Monday.
import { addDays, day, type Day } from '../../src-domain/days.ts';
import { paise } from '../../src-domain/money.ts';
import type { CadenceShown } from '#contract/engine/cadences.ts';
import type { Channel } from '#domain/reminders/words.ts';
import { RAZORPAY_KEY, type FakeRazorpay } from '../fakes/gateways/razorpay.ts';
import { TWILIO, TWILIO_FROM, type FakeTwilio } from '../fakes/gateways/twilio.ts';
import type { Door } from './engine-door.ts';

/** Friday, 27-11-2026, eleven in Kolkata. */
export const FRIDAY = Date.UTC(2026, 10, 27, 5, 30);
/** The Monday after, ten to eleven; by half past eleven Friday's messages are three days old. */
export const MONDAY_EARLY = Date.UTC(2026, 10, 30, 5, 20);
export const MONDAY = Date.UTC(2026, 10, 30, 6, 0);
export const monday: Day = day('2026-11-30');

type Wish = {
  readonly name: string;
  readonly phone?: string;
  readonly email?: string;
  readonly address?: string;
  readonly language?: 'hi';
  readonly tag?: 'post' | 'call' | 'whatsapp';
  readonly bills: readonly (readonly [number: string, amountPaise: number, dueDay: string])[];
};

/** Who owes what. Tags say which cadence reminds him. */
export const people = {
  anita: { name: 'Anita Stores', phone: '9876500001', bills: [['INV-101', 118_000_00, '2026-11-01']] },
  bharat: { name: 'Bharat Agencies', phone: '9876500002', bills: [['INV-102', 59_000_00, '2026-10-12']] },
  chetan: {
    name: 'चेतन किराना भंडार',
    phone: '9876500003',
    language: 'hi',
    bills: [['INV-103', 25_500_50, '2026-11-05']],
  },
  esha: { name: 'Esha Enterprises', phone: '9876500005', bills: [['INV-105', 7_250_00, '2026-11-02']] },
  gita: { name: 'Gita Opticals', phone: '9876500006', bills: [['INV-106', 64_300_00, '2026-10-28']] },
  farida: {
    name: 'Farida Garments and Sons Private Limited',
    address: 'Shop 14, Gandhi Market, 2nd Floor\nNear Head Post Office\nIndore 452001',
    tag: 'post',
    bills: [
      ['INV-201', 4_12_350_00, '2026-11-10'],
      ['INV-202', 1_05_000_00, '2026-10-15'],
    ],
  },
  harish: {
    name: 'Harish Medicals',
    address: '7 Station Road\nNagpur 440001',
    tag: 'post',
    bills: [['INV-203', 88_000_00, '2026-11-10']],
  },
  vimala: {
    name: 'विमला साड़ी सेंटर',
    address: 'सराफ़ा बाज़ार, दुकान 9\nउज्जैन 456001',
    language: 'hi',
    tag: 'post',
    bills: [['INV-204', 36_400_00, '2026-11-10']],
  },
  gopal: {
    name: 'Gopal Hardware',
    phone: '9876500011',
    tag: 'call',
    bills: [['INV-301', 2_40_000_00, '2026-11-10']],
  },
  jagdish: {
    name: 'Jagdish Motors',
    phone: '9876500012',
    tag: 'call',
    bills: [['INV-302', 15_750_00, '2026-11-10']],
  },
  indira: {
    name: 'Indira Provision Store',
    phone: '9876500021',
    tag: 'whatsapp',
    bills: [
      ['INV-401', 12_400_00, '2026-11-10'],
      ['INV-402', 9_100_00, '2026-11-10'],
    ],
  },
  kamala: {
    name: 'कमला मिष्ठान्न',
    phone: '9876500022',
    language: 'hi',
    tag: 'whatsapp',
    bills: [['INV-403', 5_999_00, '2026-11-10']],
  },
  deepa: {
    name: 'Deepa Textiles',
    phone: '9876500023',
    tag: 'whatsapp',
    bills: [['INV-404', 9_999_00, '2026-11-10']],
  },
  mohan: {
    name: 'Mohan Furniture',
    phone: '9876500024',
    tag: 'whatsapp',
    bills: [['INV-405', 45_000_00, '2026-11-10']],
  },
  nandini: {
    name: 'Nandini Dairy',
    phone: '9876500025',
    tag: 'whatsapp',
    bills: [['INV-406', 21_000_00, '2026-11-10']],
  },
  qadir: {
    name: 'Qadir Leather Works',
    phone: '9876500026',
    tag: 'whatsapp',
    bills: [['INV-407', 33_333_00, '2026-11-10']],
  },
  omprakash: {
    name: 'Om Prakash & Bros',
    phone: '9876500031',
    bills: [
      ['INV-501', 18_000_00, '2026-11-20'],
      ['INV-502', 6_500_00, '2026-12-10'],
    ],
  },
  pooja: {
    name: 'Pooja Boutique',
    email: 'pooja@boutique.test',
    phone: '9876500032',
    bills: [['INV-503', 3_200_00, '2026-11-18']],
  },
} as const satisfies Readonly<Record<string, Wish>>;
export type Person = keyof typeof people;
export type Ids = Readonly<Record<Person, number>>;

export type Fakes = { readonly twilio: FakeTwilio; readonly razorpay: FakeRazorpay };

/** Business, gateways, texts, cadences and everybody who owes. Only the SMS gateway has reached the owner. */
export async function openShop(door: Door, { twilio, razorpay }: Fakes): Promise<Ids> {
  await door.books.create({ name: 'Dukaan Traders' });
  await door.business.save({
    name: 'Dukaan Traders',
    address: '21 Cloth Market\nIndore 452002',
    phone: '9811111111',
    vpa: 'dukaan@upi',
    payeeName: 'Dukaan Traders',
    signatory: 'R. Gupta',
    ownerPhone: '9811111111',
    ownerEmail: 'owner@dukaan.test',
  });
  const account = { accountSid: TWILIO.accountSid, from: TWILIO_FROM, baseUrl: twilio.url };
  const priced = { isOn: true, pricePerPartMicros: 200_000 };
  const sms = await door.gateways.save({
    ...priced,
    kind: 'sms-twilio',
    name: 'Twilio',
    fields: account,
    secrets: { authToken: TWILIO.authToken },
  });
  for await (const _check of await door.gateways.test({ ...sms, sendsToOwner: true }));
  await door.gateways.confirmOwner(sms);
  const hand = await door.gateways.save({
    kind: 'whatsapp-link',
    name: 'WhatsApp by hand',
    fields: {},
    secrets: {},
    isOn: true,
  });
  await door.gateways.confirmOwner(hand);
  const mail = { provider: 'own', user: 'owner@dukaan.test', smtpHost: '127.0.0.1', smtpPort: '1' };
  await door.gateways.save({
    kind: 'email-smtp',
    name: 'Mail',
    fields: mail,
    secrets: { password: 'x' },
    isOn: true,
  });
  const keys = { keyId: RAZORPAY_KEY.keyId, baseUrl: razorpay.url };
  await door.gateways.save({
    kind: 'pay-razorpay',
    name: 'Razorpay',
    fields: keys,
    secrets: { keySecret: RAZORPAY_KEY.keySecret },
    isOn: true,
  });
  await door.templates.addStarters({ languages: ['en', 'hi'] });
  await registerTexts(door);
  const ids = await addPeople(door);
  await addCadence(door, {
    name: 'Letters by post',
    tag: 'post',
    channel: 'letter',
    templateKey: 'letter-1',
  });
  await addCadence(door, { name: 'Calls', tag: 'call', channel: 'call', templateKey: 'after-due-1' });
  await addCadence(door, {
    name: 'WhatsApp, gently',
    tag: 'whatsapp',
    channel: 'whatsapp',
    templateKey: 'after-due-1',
  });
  return ids;
}

async function addPeople(door: Door): Promise<Ids> {
  const ids: Partial<Record<Person, number>> = {};
  for (const [key, { bills, tag, ...customer }] of Object.entries<Wish>(people)) {
    const { customerId } = await door.customers.save(customer);
    if (tag !== undefined) await door.customers.tag({ customerIds: [customerId], add: [tag] });
    for (const [number, amountPaise, dueDay] of bills) {
      const due = day(dueDay);
      await door.bills.save({
        customerId,
        number,
        amountPaise: paise(amountPaise),
        billDay: addDays(due, -30),
        dueDay: due,
      });
    }
    ids[key as Person] = customerId;
  }
  return ids as Ids;
}

/** What the operator's portal knows of the texts for SMS. */
async function registerTexts(door: Door): Promise<void> {
  const dlt = { entityId: '1101234567890123456', header: 'DUKAAN', templateId: '1107234567890123456' };
  for (const text of await door.templates.list()) {
    if (text.channel !== 'sms' || text.key !== 'after-due-1') continue;
    const { version: _v, isUsed: _u, isStarter: _s, problems: _p, ...kept } = text;
    const fields = [...text.body.matchAll(/\{\{(\w+)\}\}/g)].filter(
      ([, name]) => !name?.startsWith('business_'),
    );
    const variables = fields.map(() => ({ tag: 'alphanumeric', charsMost: 40 }) as const);
    await door.templates.save({ ...kept, dlt: { ...dlt, category: 'service-implicit', variables } });
  }
}

type CadenceWish = {
  readonly name: string;
  readonly tag: string;
  readonly channel: Channel;
  readonly templateKey: string;
};

/** One step, twenty days after the due day: Monday, for what was due on the tenth. */
async function addCadence(door: Door, { name, tag, channel, templateKey }: CadenceWish): Promise<void> {
  const step: CadenceShown['steps'][number] = {
    stepId: 'only',
    anchor: 'due',
    days: 20,
    channels: [channel],
    tone: 'plain',
    templateKey,
    repeatEveryDays: null,
    repeatMost: null,
    needsPerson: false,
    attaches: null,
  };
  const rules = { minimumPaise: paise(0), gapDays: 3, graceDays: 0, mostPerBill: null, stopAfterDays: null };
  const { cadenceId } = await door.cadences.save({
    name,
    isOn: true,
    isAutomatic: false,
    steps: [step],
    ...rules,
  });
  await door.cadences.assign({ scope: 'tag', scopeKey: tag, cadenceId });
}

/** Friday: SMS by hand to five; Twilio then says something else of each. */
export async function sendOnFriday(door: Door, ids: Ids, twilio: FakeTwilio): Promise<void> {
  const texts = await door.templates.list();
  for (const who of ['anita', 'bharat', 'chetan', 'esha', 'gita'] as const) {
    const { phone, ...person } = people[who];
    const language = 'language' in person ? person.language : 'en';
    const text = texts.find(
      (one) => one.channel === 'sms' && one.key === 'after-due-1' && one.language === language,
    );
    if (!text) throw new Error('The starter text is missing.');
    await door.reminders.sendOne({
      customerId: ids[who],
      channel: 'sms',
      templateId: text.templateId,
      isDraft: false,
    });
    const to = `+91${phone}`;
    const sid = await eventually(() => twilio.accepted.find((one) => one.to === to)?.sid);
    const said = { anita: 'delivered', bharat: 'undelivered', chetan: 'read', esha: 'failed', gita: null }[
      who
    ];
    if (said !== null) twilio.move(sid, said, { bharat: 30_003, esha: 30_006 }[who as string]);
  }
}

/** Waits for what another process does. */
export async function eventually<T>(look: () => T | undefined): Promise<T> {
  for (let times = 0; times < 200; times += 1) {
    const found = look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It never came.');
}

/** Monday, before the shop opens: who rests, who agreed, who said no; the run is approved, one row declined, one taken back. */
export async function beginMonday(door: Door, ids: Ids, { razorpay }: Fakes): Promise<void> {
  const { consents, reminders } = door;
  await door.customers.save({
    customerId: ids.mohan,
    doNotChaseReason: 'Partner of the owner: he is asked in person',
  });
  await consents.pause({
    customerId: ids.nandini,
    until: day('2026-12-15'),
    reason: 'Wedding in the family; will pay after the 15th',
  });
  const said = { channel: 'whatsapp', purpose: 'reminder' } as const;
  const form = {
    how: 'Order form of 3-4-2026',
    proof: 'order-form-0412.pdf, signed by Pooja Shah',
    day: day('2026-04-03'),
  };
  await consents.record({ ...said, ...form, customerIds: [ids.pooja], isGranted: true });
  await consents.record({
    ...said,
    customerIds: [ids.pooja],
    isGranted: false,
    how: 'On the phone',
    proof: null,
    day: day('2026-11-28'),
  });
  await consents.record({
    ...said,
    ...form,
    customerIds: [ids.indira, ids.kamala, ids.deepa],
    isGranted: true,
  });
  await consents.suppress({
    channel: 'whatsapp',
    address: people.qadir.phone,
    detail: 'Number belongs to his brother',
  });
  const link = await door.payLinks.create({
    customerId: ids.omprakash,
    billIds: await billsOf(door, ids.omprakash, 'INV-501'),
    gatewayId: await gatewayOf(door, 'pay-razorpay'),
  });
  razorpay.pay(link.reference, 18_000_00);
  await door.payLinks.look({ linkId: link.linkId });
  const plan = await reminders.plan({});
  const keyOf = (who: Person): string =>
    plan.rows.find(({ customerId }) => customerId === ids[who])?.rowKey ?? 'nobody';
  await reminders.decline({ rowKeys: [keyOf('jagdish')], reason: 'Spoke with him yesterday' });
  const left = await reminders.plan({});
  await reminders.approve({ rowsHash: left.rowsHash, rowKeys: left.rows.map(({ rowKey }) => rowKey) });
  // Money that comes between approval and sending.
  await door.receipts.save({
    customerId: ids.deepa,
    receiptDay: monday,
    amountPaise: paise(9_999_00),
    mode: 'upi',
    allocate: 'oldest-first',
  });
}

/** Three answers by SMS: paid, stop, and a promise in Hindi. */
export async function hearReplies(door: Door, twilio: FakeTwilio): Promise<void> {
  const write = (who: 'anita' | 'bharat' | 'chetan', minutesAgo: number, text: string): void =>
    twilio.write(`+91${people[who].phone}`, TWILIO_FROM, text, MONDAY_EARLY - minutesAgo * 60_000);
  write('anita', 50, 'Paid today 118000 by NEFT, UTR HDFCN52026113012345. Please check.');
  write('bharat', 40, 'STOP');
  write('chetan', 30, 'मैं 5 दिसंबर तक भुगतान कर दूँगा');
  await door.replies.pull();
}

export async function gatewayOf(door: Door, kind: string): Promise<number> {
  const found = (await door.gateways.list()).find((one) => one.kind === kind);
  if (!found) throw new Error(`No gateway ${kind}.`);
  return found.gatewayId;
}

async function billsOf(door: Door, customerId: number, number: string): Promise<number[]> {
  const { bills } = await door.customers.get({ customerId });
  return bills.filter((bill) => bill.number === number).map(({ billId }) => billId);
}
