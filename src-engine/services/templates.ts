import type { TemplateShown } from '#contract/engine/templates.ts';
import type { PlanFacts } from '#domain/reminders/plan-facts.ts';
import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { ok, refuse, type Result } from '#domain/result.ts';
import { cadenceRows } from '../storage/cadences.ts';
import { customerById } from '../storage/customers.ts';
import type { WriteTx } from '../storage/database.ts';
import {
  insertTemplate,
  setTemplateRemoved,
  templateById,
  templateFor,
  templateRows,
  updateTemplate,
} from '../storage/templates.ts';
import { customerGone } from './customers/save.ts';
import { bookDoor, refused, type BookContext } from './door.ts';
import { businessNow } from './reminders/business-facts.ts';
import { planFacts } from './reminders/facts.ts';
import { planNow } from './reminders/plan-now.ts';
import { stepsOf, templateOf } from './reminders/rules-facts.ts';
import { addStarters as addStartersTo } from './templates/add-starters.ts';
import { brandOf, templateProblems, tidyBody } from './templates/check.ts';
import { exampleCustomer, fieldValues, renderedFor } from './templates/preview.ts';

const list = bookDoor.templates.list.handler(({ context: { db, book } }) =>
  db.read((tx) => {
    const brand = brandOf(businessNow(tx, book.name));
    const used = new Set(
      cadenceRows(tx).flatMap((row) =>
        stepsOf(row.stepsJson).flatMap((step) => step.channels.map((one) => `${step.templateKey}|${one}`)),
      ),
    );
    return templateRows(tx).map((row) => {
      const template = templateOf(row);
      return {
        ...shown(template),
        isUsed: used.has(`${template.key}|${template.channel}`),
        isStarter: row.isStarter,
        problems: templateProblems(template, { brand }).problems,
      };
    });
  }),
);

function shown({ dlt, whatsapp, ...template }: MessageTemplate): TemplateShown {
  return {
    ...template,
    dlt: dlt === null ? null : { ...dlt, variables: dlt.variables.map((one) => ({ ...one })) },
    whatsapp: whatsapp === null ? null : { ...whatsapp, parameters: [...whatsapp.parameters] },
  };
}

const save = bookDoor.templates.save.handler(({ context, input: { templateId, ...wish } }) => {
  const { db, book, now, changed } = context;
  const draft = { ...wish, body: tidyBody(wish.channel, wish.body) };
  const brand = brandOf(db.read((tx) => businessNow(tx, book.name)));
  const { problems, isBroken } = templateProblems({ ...draft, templateId: 0, version: 0 }, { brand });
  const made = db.write((tx) => {
    const place = { tx, templateId, at: now() };
    return keep(place, { ...draft, isPaused: draft.isPaused || isBroken });
  });
  if (!made.ok) throw refused(made.refusal);
  changed('templates', 'reminders');
  return { templateId: made.value, problems };
});

type Place = { readonly tx: WriteTx; readonly templateId: number | undefined; readonly at: number };

function keep(
  { tx, templateId, at }: Place,
  draft: Omit<MessageTemplate, 'templateId' | 'version'>,
): Result<number> {
  const { dlt, whatsapp, ...words } = draft;
  const twin = templateFor(tx, words);
  if (twin && twin.id !== templateId) return templateTwice(twin.name);
  const row = {
    ...words,
    dltJson: dlt === null ? null : JSON.stringify(dlt),
    whatsappJson: whatsapp === null ? null : JSON.stringify(whatsapp),
    changedAt: at,
  };
  if (templateId === undefined) return ok(insertTemplate(tx, { ...row, isStarter: false, version: 1 }));
  const before = templateById(tx, templateId);
  if (!before || before.removedAt !== null) return templateGone();
  const isReworded = before.body !== row.body || before.subject !== row.subject;
  const isStarter = before.isStarter && !isReworded;
  updateTemplate(tx, templateId, { ...row, isStarter, version: before.version + 1 });
  return ok(templateId);
}

function templateTwice(name: string): ReturnType<typeof refuse> {
  const sentence = `“${name}” is this message on this channel in this language already.`;
  return refuse('template-twice', sentence, { field: 'key', values: { name } });
}

function templateGone(): ReturnType<typeof refuse> {
  return refuse('template-gone', 'This text is no longer in the book.', { field: 'templateId' });
}

const remove = bookDoor.templates.remove.handler(({ context, input: { templateId } }) =>
  putAway(context, templateId, context.now()),
);

const restore = bookDoor.templates.restore.handler(({ context, input: { templateId } }) =>
  putAway(context, templateId, null),
);

function putAway(
  { db, changed }: BookContext,
  templateId: number,
  removedAt: number | null,
): Record<string, never> {
  const made = db.write((tx): Result<null> => {
    const row = templateById(tx, templateId);
    if (!row) return templateGone();
    if ((row.removedAt === null) === (removedAt === null)) return ok(null);
    const twin = removedAt === null ? templateFor(tx, row) : undefined;
    if (twin) return templateTwice(twin.name);
    setTemplateRemoved(tx, templateId, removedAt);
    return ok(null);
  });
  if (!made.ok) throw refused(made.refusal);
  changed('templates', 'reminders');
  return {};
}

const addStarters = bookDoor.templates.addStarters.handler(({ context, input: { languages } }) => {
  const wish = { languages, isWanted: () => true, at: context.now() };
  const addedCount = context.db.write((tx) => addStartersTo(tx, wish));
  if (addedCount > 0) context.changed('templates', 'reminders');
  return { addedCount };
});

/** One customer's facts are read by themselves: he may owe nothing. */
async function factsFor(
  context: BookContext,
  customerId: number | undefined,
  day = context.today,
): Promise<PlanFacts> {
  if (customerId === undefined) return (await planNow(context, day)).facts;
  if (!context.db.read((tx) => customerById(tx, customerId))) throw refused(customerGone().refusal);
  return planFacts(context, { day, minute: 0, customerIds: [customerId] });
}

const preview = bookDoor.templates.preview.handler(async ({ context, input: { draft, customerId, day } }) => {
  const facts = await factsFor(context, customerId, day);
  const customer = exampleCustomer(facts, customerId);
  const template = { ...draft, body: tidyBody(draft.channel, draft.body), templateId: 0, version: 0 };
  const rendered = renderedFor(facts, customer, template);
  return { ...rendered, customerId: customer?.customerId ?? null, customerName: customer?.name ?? null };
});

const fields = bookDoor.templates.fields.handler(
  async ({ context, input: { channel, language, customerId } }) => {
    const facts = await factsFor(context, customerId);
    const plain = { ...EMPTY, channel, language };
    return fieldValues(facts, exampleCustomer(facts, customerId), plain);
  },
);

const EMPTY = {
  templateId: 0,
  key: 'fields',
  purpose: 'reminder',
  channel: 'sms',
  language: 'en',
  tone: 'plain',
  name: 'Fields',
  subject: null,
  body: '',
  dlt: null,
  vendorTemplateId: null,
  whatsapp: null,
  isPaused: false,
  version: 0,
} as const satisfies MessageTemplate;

export const templates = { list, save, remove, restore, addStarters, preview, fields };
