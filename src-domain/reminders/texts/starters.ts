import type { CadenceStep } from '../cadence.ts';
import type { MessageLanguage } from '../languages.ts';
import type { DltVariable, MessageTemplate } from '../template-facts.ts';
import type { Channel, Purpose, Tone } from '../words.ts';

/** A text of resources/messages/<language>.json, before it is anybody's template. */
export type StarterTemplate = {
  readonly key: string;
  readonly purpose: Purpose;
  readonly channel: Channel;
  readonly tone: Tone;
  readonly name: string;
  readonly subject: string | null;
  readonly body: string;
  /** Only of SMS: how its variables are to be registered. */
  readonly variables?: readonly DltVariable[];
};

export type StarterSet = {
  readonly language: MessageLanguage;
  readonly templates: readonly StarterTemplate[];
};

/** A cadence of resources/messages/cadences.json to begin with. */
export type CadencePreset = {
  readonly key: string;
  readonly name: { readonly en: string; readonly hi: string };
  readonly about: { readonly en: string; readonly hi: string };
  readonly minimumPaise: number;
  readonly gapDays: number;
  readonly graceDays: number;
  readonly mostPerBill: number | null;
  readonly stopAfterDays: number | null;
  readonly isAutomatic: boolean;
  readonly steps: readonly CadenceStep[];
};

/** As the owner's own template. An SMS has no DLT ids yet: the owner enters those of his registration. */
export function templateOfStarter(
  starter: StarterTemplate,
  language: MessageLanguage,
  templateId: number,
): MessageTemplate {
  const { key, purpose, channel, tone, name, subject, body } = starter;
  return {
    templateId,
    key,
    purpose,
    channel,
    language,
    tone,
    name,
    subject,
    body,
    dlt: null,
    vendorTemplateId: null,
    whatsapp: null,
    isPaused: false,
    version: 1,
  };
}
