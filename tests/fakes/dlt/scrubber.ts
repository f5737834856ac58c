import { callKind, isWhitelisted, phonesIn, urlsIn } from './calls-to-action.ts';
import type { DltTag } from '#domain/reminders/words.ts';
import { matchTemplate, refusalOfTemplate } from './template-match.ts';

// The operator's DLT platform: what it knows, and what it says of a message that passes through. What it refuses comes
// back in the delivery report of the vendor, never in the answer to the sending request.

export type Standing = 'active' | 'inactive' | 'blacklisted';

export type DltEntity = { readonly entityId: string; readonly standing?: Standing };
export type DltHeader = {
  readonly header: string;
  readonly entityId: string;
  readonly standing?: Standing | 'suspended';
};
export type DltContentTemplate = {
  readonly templateId: string;
  readonly entityId: string;
  readonly headers: readonly string[];
  /** With each variable written as {#var#}. */
  readonly text: string;
  readonly variables: readonly { readonly tag: DltTag; readonly charsMost?: number }[];
  readonly standing?: Standing;
  /** Reasons for more than two variables are on record (direction of 18-11-2025). */
  readonly hasReasons?: boolean;
};

/** What a vendor hands over. A null id is looked up: the vendor keeps it in its own panel. */
export type ScrubWish = {
  readonly entityId: string | null;
  readonly templateId: string | null;
  readonly header: string;
  readonly text: string;
};

export type Scrubbed =
  | { readonly ok: true; readonly templateId: string }
  | { readonly ok: false; readonly code: string; readonly meaning: string };

export type DltScrubber = {
  readonly addEntity: (entity: DltEntity) => void;
  readonly addHeader: (header: DltHeader) => void;
  /** Throws the portal's refusal: untyped or adjacent variables, more than two without reasons. */
  readonly addTemplate: (template: DltContentTemplate) => void;
  /** A link, a number or a wa.me address that texts may call to (docs/gateways.md 1.3). Throws on another format. */
  readonly addCallToAction: (entityId: string, text: string) => void;
  /** The chain of telemarketers is broken from now on with this code, '610' to '618'; null = whole again. */
  readonly breakChain: (code: string | null) => void;
  readonly scrub: (wish: ScrubWish) => Scrubbed;
  readonly scrubbed: readonly ScrubWish[];
};

/** docs/gateways.md 1.5. 633 and above are not recorded there: the numbers are ours, their order is the operators'. */
export const dltCodes: Readonly<Record<string, string>> = {
  '600': 'Entity not found',
  '601': 'Entity not registered',
  '602': 'Entity inactive',
  '603': 'Entity blacklisted',
  '604': 'Invalid entity id',
  '605': 'Entity not allowed for this telemarketer',
  '610': 'Telemarketer not registered',
  '611': 'Telemarketer inactive',
  '612': 'Telemarketer blacklisted',
  '613': 'Telemarketer not allowed for entity',
  '614': 'Chain hash missing',
  '615': 'Chain hash not registered',
  '616': 'Chain inactive',
  '617': 'Chain blacklisted',
  '618': 'Chain suspended',
  '620': 'Header not found',
  '621': 'Header inactive',
  '622': 'Header blacklisted',
  '623': 'Header does not belong to the entity',
  '624': 'Header suspended, validity over',
  '625': 'Header suspended, not used',
  '630': 'Template not found',
  '631': 'Template inactive',
  '632': 'Template blacklisted',
  '633': 'Template text not matched',
  '634': 'Template variable too long or of another type',
  '635': 'Link or number in the text is not whitelisted',
};

type Registry = {
  readonly entities: Map<string, DltEntity>;
  readonly headers: Map<string, DltHeader>;
  readonly templates: Map<string, DltContentTemplate>;
  readonly calls: Map<string, string[]>;
  chain: string | null;
};

export function dltScrubber(): DltScrubber {
  const known: Registry = {
    entities: new Map(),
    headers: new Map(),
    templates: new Map(),
    calls: new Map(),
    chain: null,
  };
  const scrubbed: ScrubWish[] = [];
  return {
    scrubbed,
    addEntity: (entity) => void known.entities.set(entity.entityId, entity),
    addHeader: (header) => void known.headers.set(header.header, header),
    addTemplate: (template) => {
      const refusal = refusalOfTemplate(template);
      if (refusal !== null) throw new Error(refusal);
      known.templates.set(template.templateId, template);
    },
    addCallToAction: (entityId, text) => {
      if (callKind(text) === null) throw new Error(`Not a call to action: ${text}`);
      known.calls.set(entityId, [...(known.calls.get(entityId) ?? []), text]);
    },
    breakChain: (code) => {
      known.chain = code;
    },
    scrub: (wish) => {
      scrubbed.push(wish);
      return scrub(known, wish);
    },
  };
}

/** In the order of the platform: entity, chain, header, template, text, variables, calls to action. */
function scrub(known: Registry, wish: ScrubWish): Scrubbed {
  const header = known.headers.get(wish.header);
  const entityId = wish.entityId ?? header?.entityId ?? null;
  const code = entityCode(known, entityId) ?? known.chain ?? headerCode(header, entityId);
  if (code !== null || entityId === null) return refused(code ?? '620');
  const candidates = candidatesOf(known, { ...wish, entityId });
  const [first] = candidates;
  if (!first) return refused('630');
  if (first.standing === 'inactive') return refused('631');
  if (first.standing === 'blacklisted') return refused('632');
  const matches = candidates.map((template) => ({ template, match: matchTemplate(template, wish.text) }));
  const best =
    matches.find(({ match }) => match === 'matched') ?? matches.find(({ match }) => match !== 'text');
  if (!best) return refused('633');
  if (best.match !== 'matched') return refused('634');
  const whitelist = known.calls.get(entityId) ?? [];
  const calls = [...urlsIn(wish.text), ...phonesIn(best.template, wish.text)];
  if (calls.some((call) => !isWhitelisted(call, whitelist))) return refused('635');
  return { ok: true, templateId: best.template.templateId };
}

function entityCode(known: Registry, entityId: string | null): string | null {
  if (entityId === null) return null;
  if (!/^\d{10,20}$/.test(entityId)) return '604';
  const entity = known.entities.get(entityId);
  if (!entity) return '600';
  if (entity.standing === 'inactive') return '602';
  return entity.standing === 'blacklisted' ? '603' : null;
}

function headerCode(header: DltHeader | undefined, entityId: string | null): string | null {
  if (!header) return '620';
  if (header.entityId !== entityId) return '623';
  if (header.standing === 'inactive') return '621';
  if (header.standing === 'blacklisted') return '622';
  return header.standing === 'suspended' ? '624' : null;
}

function candidatesOf(
  known: Registry,
  wish: ScrubWish & { readonly entityId: string },
): readonly DltContentTemplate[] {
  const named =
    wish.templateId === null ? [...known.templates.values()] : [known.templates.get(wish.templateId)];
  return named.filter(
    (template) =>
      template !== undefined && template.entityId === wish.entityId && template.headers.includes(wish.header),
  ) as DltContentTemplate[];
}

function refused(code: string): Scrubbed {
  return { ok: false, code, meaning: dltCodes[code] ?? 'Refused' };
}
