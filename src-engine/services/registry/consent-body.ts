import type { Identifier, Subject } from '#domain/registry/subjects.ts';
import { identifierKinds, type PurposeCode } from '#domain/registry/words.ts';
import type { RegistryConsentRow } from '../../storage/registry-consents.ts';
import { wordIn } from './publish.ts';

// From a consent as the book keeps it to what is asked of the registry.

const DATA_LIFE_DAYS = 30;

/** As whom it is about reads them on his page. */
const PURPOSES: Readonly<Record<'en' | 'hi', Readonly<Record<PurposeCode, string>>>> = {
  en: { TC01: 'Decide trade credit', TC02: 'Report what is overdue' },
  hi: { TC01: 'उधार देने का फ़ैसला करना', TC02: 'समय पर न चुकाए गए बिल बताना' },
};

type Body = {
  schema: 'consent-request.v1';
  consent_id: string;
  subject: Subject;
  contact: { mobile: string | null; email: string | null };
  purpose: { code: PurposeCode; text: string };
  scope: ('SUMMARY' | 'TREND_24M')[];
  fetch: 'ONETIME';
  expiry: string;
  data_life: { unit: 'DAY'; value: number };
  lang: 'en' | 'hi';
};

export function bodyOf(row: RegistryConsentRow, subject: Subject): Body {
  const lang = row.language === 'hi' ? 'hi' : 'en';
  return {
    schema: 'consent-request.v1',
    consent_id: row.consentId,
    subject,
    contact: contactIn(row.contact),
    purpose: { code: row.purpose, text: PURPOSES[lang][row.purpose] },
    scope: row.withTrend ? ['SUMMARY', 'TREND_24M'] : ['SUMMARY'],
    fetch: 'ONETIME',
    expiry: row.expiresDay,
    data_life: { unit: 'DAY', value: DATA_LIFE_DAYS },
    lang,
  };
}

function contactIn(text: string): Body['contact'] {
  const said: unknown = JSON.parse(text);
  const fields: ReadonlyMap<string, unknown> = new Map(Object.entries(said ?? {}));
  const [mobile, email] = [fields.get('mobile'), fields.get('email')];
  return {
    mobile: typeof mobile === 'string' ? mobile : null,
    email: typeof email === 'string' ? email : null,
  };
}

/** Whom it is about, as it was typed. */
export function identifiersIn({ identifiers }: RegistryConsentRow): readonly Identifier[] {
  const list: unknown = JSON.parse(identifiers);
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: unknown) => {
    if (typeof one !== 'object' || one === null || !('kind' in one) || !('value' in one)) return [];
    const kind = wordIn(identifierKinds, String(one.kind));
    return kind === null ? [] : [{ kind, value: String(one.value) }];
  });
}
