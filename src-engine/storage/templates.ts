import { eq } from 'drizzle-orm';
import type { ReadTx, WriteTx } from './database.ts';
import { messageTemplates } from './schema-reminders.ts';
import { rowReader } from './statements.ts';

export type TemplateRow = typeof messageTemplates.$inferSelect;
export type TemplateWords = Omit<typeof messageTemplates.$inferInsert, 'id' | 'removedAt'>;

const everyTemplate = rowReader(messageTemplates, 'where removed_at is null order by id');
const oneTemplate = rowReader<typeof messageTemplates, [number]>(messageTemplates, 'where id = ?');

/** Those that are not removed, in the order in which they were added. */
export function templateRows(tx: ReadTx): readonly TemplateRow[] {
  return everyTemplate(tx);
}

/** A removed one too: messages that left were made of it. */
export function templateById(tx: ReadTx, templateId: number): TemplateRow | undefined {
  return oneTemplate(tx, templateId)[0];
}

/** The one that holds for a message, a channel and a language. */
export function templateFor(
  tx: ReadTx,
  { key, channel, language }: Pick<TemplateRow, 'key' | 'channel' | 'language'>,
): TemplateRow | undefined {
  return templateRows(tx).find(
    (row) => row.key === key && row.channel === channel && row.language === language,
  );
}

export function insertTemplate(tx: WriteTx, words: TemplateWords): number {
  return tx.orm.insert(messageTemplates).values(words).returning({ id: messageTemplates.id }).get().id;
}

export function updateTemplate(tx: WriteTx, templateId: number, words: Partial<TemplateWords>): void {
  tx.orm.update(messageTemplates).set(words).where(eq(messageTemplates.id, templateId)).run();
}

/** Null brings a removed one back. */
export function setTemplateRemoved(tx: WriteTx, templateId: number, removedAt: number | null): void {
  tx.orm.update(messageTemplates).set({ removedAt }).where(eq(messageTemplates.id, templateId)).run();
}
