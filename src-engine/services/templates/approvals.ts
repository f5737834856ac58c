import { whatsappTemplateShape } from '#contract/engine/reminder-fields.ts';
import type { ApprovedTemplate } from '../../adapters/message-ports.ts';
import type { BookFile } from '../../storage/database.ts';
import { gatewayRows } from '../../storage/gateways.ts';
import { templateRows, updateTemplate } from '../../storage/templates.ts';
import type { BookContext } from '../door.ts';
import { channelOf } from '../outbox/channels.ts';
import { outboxOf } from '../outbox/runner.ts';

const EVERY_MS = 6 * 3_600_000;
const askedAt = new WeakMap<BookFile, number>();

/** Asks Meta a few times a day which texts are approved: one that was paused there would be refused with every message. */
export async function refreshApprovals(context: BookContext, signal: AbortSignal): Promise<void> {
  const { db, now } = context;
  const before = askedAt.get(db);
  if (before !== undefined && now() - before < EVERY_MS) return;
  askedAt.set(db, now());
  for (const gateway of db.read(gatewayRows)) {
    if (gateway.channel !== 'whatsapp' || !gateway.isOn) continue;
    const opened = await channelOf(context, outboxOf(context), gateway);
    const told = opened.ok ? await opened.channel.pullTemplates?.(signal) : undefined;
    if (told?.ok && db.isOpen() && keepStatuses(context, told.value))
      context.changed('templates', 'reminders');
  }
}

/** Whether anything is other than was known. A template that Meta no longer lists is as good as refused. */
function keepStatuses({ db, now }: BookContext, told: readonly ApprovedTemplate[]): boolean {
  return db.write((tx) => {
    let isMoved = false;
    for (const row of templateRows(tx)) {
      if (row.whatsappJson === null) continue;
      const known = whatsappTemplateShape.parse(JSON.parse(row.whatsappJson));
      const found = told.find(({ name, language }) => name === known.name && language === known.language);
      const status = found?.status ?? 'unknown';
      if (status === known.status) continue;
      isMoved = true;
      const whatsappJson = JSON.stringify({ ...known, status });
      updateTemplate(tx, row.id, { whatsappJson, version: row.version + 1, changedAt: now() });
    }
    return isMoved;
  });
}
