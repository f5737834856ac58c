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

const CHARS_USUAL = 30;

/** The registration follows the text: each variable it has keeps its tag by place, a new one is alphanumeric. */
export function withVariables(draft: TemplateDraft): TemplateDraft {
  const { dlt } = draft;
  if (dlt === null) return draft;
  const count = dltFields(draft.body).length;
  const variables = Array.from(
    { length: count },
    (_, at) => dlt.variables[at] ?? { tag: 'alphanumeric' as const, charsMost: CHARS_USUAL },
  );
  return { ...draft, dlt: { ...dlt, variables } };
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
