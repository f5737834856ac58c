import type { MessageTemplate } from '#domain/reminders/template-facts.ts';
import { dltValues } from '#domain/reminders/texts/dlt.ts';
import type { RenderedValue } from '#domain/reminders/texts/render.ts';
import type { Channel } from '#domain/reminders/words.ts';
import type { OutgoingMessage, TemplateIds } from '../../adapters/message-ports.ts';

// What of a text stands with the operator, the vendor or Meta: its ids, and the values that it is filled with there.

export const noIds: TemplateIds = {
  dltTemplateId: null,
  dltEntityId: null,
  dltHeader: null,
  dltCategory: null,
  vendorTemplateId: null,
  whatsappName: null,
  whatsappLanguage: null,
};

export function idsOf({ dlt, vendorTemplateId, whatsapp }: MessageTemplate): TemplateIds {
  return {
    dltTemplateId: dlt?.templateId ?? null,
    dltEntityId: dlt?.entityId ?? null,
    dltHeader: dlt?.header ?? null,
    dltCategory: dlt?.category ?? null,
    vendorTemplateId,
    whatsappName: whatsapp?.name ?? null,
    whatsappLanguage: whatsapp?.language ?? null,
  };
}

/** What a gateway that makes the text itself is to put into the template that stands with it, in its order. */
export function registeredValues(
  channel: Channel,
  template: MessageTemplate | null,
  values: readonly RenderedValue[],
): OutgoingMessage['values'] {
  // The operator's template has the business as fixed text: its name would take the place of a variable.
  if (channel === 'sms') return dltValues(values);
  if (channel !== 'whatsapp') return values;
  // Meta's has each field once, however often the text says it.
  const names = template?.whatsapp?.parameters ?? values.map(({ name }) => name);
  return [...new Set(names)].flatMap((name) => values.find((one) => one.name === name) ?? []);
}
