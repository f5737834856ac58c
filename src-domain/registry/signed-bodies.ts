// What the registry signs of an answer that outlives its connection: receipts, reports and consents.

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * The text that is signed: what it is (`schema`), a line's end, and the JSON of the answer without its own `sig`, the keys of
 * every object in the order of their code units. Whoever reads it later need not know every field to check it.
 */
export function signedText(answer: Readonly<Record<string, unknown>>): string {
  const { sig: _, schema, ...rest } = answer;
  return `${String(schema)}\n${JSON.stringify(inOrder({ schema, ...rest } as Json))}`;
}

function inOrder(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (isList(value)) return value.map(inOrder);
  // Without a prototype: '__proto__' is a key like any other.
  const sorted: Record<string, Json> = Object.create(null);
  for (const key of Object.keys(value).toSorted()) {
    const one = value[key];
    if (one !== undefined) sorted[key] = inOrder(one);
  }
  return sorted;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
