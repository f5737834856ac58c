import type { TemplateShown } from '#contract/engine/templates.ts';
import { dltFields } from '#domain/reminders/texts/dlt.ts';
import type { Channel } from '#domain/reminders/words.ts';
import { useSyncExternalStore } from 'react';
import type { ListedTemplate, MessageRow, Slot } from './template-grid.ts';

/** A text as it is being written; `templateId` is undefined for one that is not in the book yet. */
export type TemplateDraft = Omit<TemplateShown, 'templateId' | 'version'> & {
  readonly templateId: number | undefined;
};

export function draftOf(template: TemplateShown): TemplateDraft {
  const { version: _version, ...draft } = template;
  return draft;
}

/** What the engine's calls take of a draft. */
export function wishOf(draft: TemplateDraft): Omit<TemplateDraft, 'templateId'> {
  const { templateId: _templateId, ...wish } = draft;
  return { ...wish, name: wish.name.trim() === '' ? wish.key : wish.name };
}

export function hasSubject(channel: Channel): boolean {
  return channel === 'email' || channel === 'letter';
}

/** Where a text stands, or will: the message, its channel and language. */
export type TextPlace = Pick<TemplateDraft, 'key' | 'name' | 'purpose' | 'tone' | 'channel' | 'language'>;

/** An empty text of a message on a channel, in a language. */
export function emptyDraft(
  { channel, language }: Pick<Slot, 'channel' | 'language'>,
  { key, name, purpose, tone }: Pick<MessageRow, 'key' | 'name' | 'purpose' | 'tone'>,
): TemplateDraft {
  return {
    templateId: undefined,
    key,
    purpose,
    channel,
    language,
    tone,
    name,
    subject: hasSubject(channel) ? '' : null,
    body: '',
    dlt: null,
    vendorTemplateId: null,
    whatsapp: null,
    isPaused: false,
  };
}

/** 'Diwali greetings 2' → 'diwali-greetings-2', or with a number behind it where a message has that name already. */
export function freeKey(name: string, templates: readonly Pick<ListedTemplate, 'key'>[]): string {
  const plain = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 40);
  const stem = plain === '' ? 'message' : plain;
  const taken = new Set(templates.map((one) => one.key));
  let key = stem;
  for (let number = 2; taken.has(key); number += 1) key = `${stem}-${number}`;
  return key;
}

type Registered = Pick<NonNullable<TemplateDraft['dlt']>, 'entityId' | 'header'>;

/** The business has one entity id and mostly one header: what another text has need not be typed again. */
export function registeredAs(texts: readonly Pick<TemplateDraft, 'dlt'>[]): Registered {
  const known = texts.find(({ dlt }) => dlt !== null && dlt.entityId !== '')?.dlt;
  return { entityId: known?.entityId ?? '', header: known?.header ?? '' };
}

const CHARS_USUAL = 30;
const DAY_CHARS = 10;

type Variable = NonNullable<TemplateDraft['dlt']>['variables'][number];

/** What a field is at the operator, unless the owner registered it otherwise. */
function usualVariable(field: string): Variable {
  if (field === 'today' || field.endsWith('_day')) return { tag: 'date', charsMost: DAY_CHARS };
  if (field === 'days_late' || field === 'bill_count') return { tag: 'numeric', charsMost: CHARS_USUAL };
  if (field.endsWith('_link')) return { tag: 'url', charsMost: CHARS_USUAL };
  return { tag: 'alphanumeric', charsMost: CHARS_USUAL };
}

/** The registration with a variable for each field of the text: those it has stay at their places. */
export function withVariables(draft: TemplateDraft): TemplateDraft {
  const { dlt } = draft;
  if (dlt === null) return draft;
  const variables = dltFields(draft.body).map((field, at) => dlt.variables[at] ?? usualVariable(field));
  return { ...draft, dlt: { ...dlt, variables } };
}

/** The text with what is known put in; a field of which nothing is known stays as it is written. */
export function fillKnown(
  text: string,
  values: readonly { readonly field: string; readonly value: string | null }[],
): string {
  const known = new Map(values.map((one) => [one.field, one.value]));
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (written, field: string) => known.get(field) ?? written);
}

export type Inserted = { readonly text: string; readonly cursor: number };

/** Puts a field in place of what is selected. */
export function insertField(
  text: string,
  field: string,
  at: { readonly from: number; readonly to: number },
): Inserted {
  const inserted = `{{${field}}}`;
  return {
    text: `${text.slice(0, at.from)}${inserted}${text.slice(at.to)}`,
    cursor: at.from + inserted.length,
  };
}

// A text that was not saved outlives the tab it was written in: going to look something up must not lose it.
let drafts: ReadonlyMap<string, TemplateDraft> = new Map();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** One text of one book. */
export function draftKey(
  bookId: string,
  { key, channel, language }: Pick<TextPlace, 'key' | 'channel' | 'language'>,
): string {
  return `${bookId} ${key} ${channel} ${language}`;
}

export function putDraft(at: string, draft: TemplateDraft | undefined): void {
  const next = new Map(drafts);
  if (draft === undefined) next.delete(at);
  else next.set(at, draft);
  drafts = next;
  for (const listener of listeners) listener();
}

/** The draft, and whether it differs from what is in the book. */
export function useTemplateDraft(
  at: string,
  saved: TemplateDraft,
): { readonly draft: TemplateDraft; readonly isChanged: boolean } {
  const draft = useSyncExternalStore(subscribe, () => drafts.get(at));
  return { draft: draft ?? saved, isChanged: draft !== undefined };
}

/** Texts that were changed and not saved. */
export function useDraftKeys(): ReadonlySet<string> {
  return new Set(useSyncExternalStore(subscribe, () => drafts).keys());
}
