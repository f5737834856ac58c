import { endpoints, type Endpoint, type EndpointName } from '#contract/registry.ts';
import fc from 'fast-check';
import { z } from 'zod';
import { gstinOf } from './member.ts';

// Requests made from the wire's own shapes: right ones, ones at the edges, and ones with something broken.

export type AnyRequest = {
  readonly name: EndpointName;
  readonly method: string;
  /** Path with its query. */
  readonly target: string;
  readonly body: unknown;
  readonly isSigned: boolean;
  readonly isZipped: boolean;
};

type Schema = {
  readonly type?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
};

/** Texts that have broken programs. */
const junk: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    ' ',
    '\u0000',
    '\ud800',
    'नमस्ते',
    '<script>',
    "'; DROP TABLE due; --",
    '../../etc/passwd',
    -1,
    0,
    2 ** 31,
    2 ** 53,
    1e308,
    -0.5,
    true,
    [],
    {},
    [[]],
    { __proto__: 1 },
  ),
  fc.string({ maxLength: 300, unit: 'binary' }),
  fc.jsonValue({ maxDepth: 3 }),
);

function anyOf(schema: Schema, key = ''): fc.Arbitrary<unknown> {
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((one) => anyOf(one, key)));
  switch (schema.type) {
    case 'string':
      return anyText(schema, key);
    case 'integer':
    case 'number':
      return anyNumber(schema);
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(anyOf(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, 4),
      });
    case 'object':
      return anyObject(schema);
    case undefined:
    default:
      return junk;
  }
}

function anyObject({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const parts = Object.entries(properties).map(([key, one]) => [key, anyOf(one, key)] as const);
  return fc.record(Object.fromEntries(parts), { requiredKeys: [...required] });
}

/** Values that a rule behind the shape asks for; chance alone would never find them. */
const GSTINS = [1, 2, 3].map((number) => gstinOf(8_000 + number));
const KNOWN: Readonly<Record<string, readonly string[]>> = {
  terms_version: ['2026-11'],
  kv: ['h1'],
  value: ['AAPFU0939F', '9876543210', '27AAPFU0939F1ZV'],
};

const TOKEN = /^h1\.[A-Za-z0-9_-]{43}$/;

function anyText(
  { pattern, format, minLength = 0, maxLength = 60 }: Schema,
  key: string,
): fc.Arbitrary<unknown> {
  if (format === 'date') return fc.constantFrom('2026-11-22', '2024-02-29', '0001-01-01', '9999-12-31');
  if (format === 'date-time') return fc.constantFrom('2026-11-22T04:30:00Z', '9999-12-31T23:59:59.999Z');
  if (format === 'email') return fc.constantFrom('a@example.com', `${'a'.repeat(60)}@b.example.com`);
  const known = key === 'gstin' && minLength > 0 ? GSTINS : KNOWN[key];
  if (known) return fc.oneof(fc.constantFrom(...known), fc.string({ minLength, maxLength }));
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  // Tokens are checked by a rule that no schema can tell.
  if (['pan', 'gstin', 'mobile'].includes(key)) return fc.oneof(fc.stringMatching(TOKEN), fc.string());
  return fc.string({ minLength, maxLength: Math.min(maxLength, 60) });
}

function anyNumber({ minimum = -(2 ** 53), maximum = 2 ** 53 }: Schema): fc.Arbitrary<unknown> {
  const [least, most] = [
    Math.max(minimum, Number.MIN_SAFE_INTEGER),
    Math.min(maximum, Number.MAX_SAFE_INTEGER),
  ];
  return fc.oneof(
    fc.constantFrom(least, most),
    fc.maxSafeInteger().map((number) => Math.min(most, Math.max(least, number))),
    fc.nat(3),
  );
}

/** One place of a value replaced, taken away, or with something added to it. */
function broken(value: unknown, at: number, by: unknown): unknown {
  if (Array.isArray(value)) {
    if (value.length === 0) return by;
    const index = at % value.length;
    return value.map((one: unknown, here) => (here === index ? broken(one, Math.floor(at / 7), by) : one));
  }
  if (typeof value !== 'object' || value === null) return by;
  const keys = Object.keys(value);
  const how = at % (keys.length + 2);
  const key = keys[how];
  if (key === undefined) return how === keys.length ? { ...value, more: by } : by;
  const entries = Object.entries(value);
  if (at % 5 === 0) return Object.fromEntries(entries.filter(([name]) => name !== key));
  return Object.fromEntries(
    entries.map(([name, one]) => [name, name === key ? broken(one, Math.floor(at / 7), by) : one]),
  );
}

function schemaOf(shape: z.ZodType | undefined): Schema | null {
  return shape ? (z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }) as Schema) : null;
}

function requestsOf(name: EndpointName): fc.Arbitrary<AnyRequest> {
  const { method, path, params, query, body, caller }: Endpoint = endpoints[name];
  const [ofParams, ofQuery, ofBody] = [schemaOf(params), schemaOf(query), schemaOf(body)];
  return fc
    .record({
      params: ofParams ? anyOf(ofParams) : fc.constant({}),
      query: ofQuery ? anyOf(ofQuery) : fc.constant({}),
      body: ofBody ? anyOf(ofBody) : fc.constant(null),
      isBroken: fc.boolean(),
      at: fc.nat(10_000),
      by: junk,
      isSigned: fc.integer({ min: 0, max: 9 }).map((dice) => caller === 'member' && dice > 0),
      isZipped: fc.boolean(),
    })
    .map((made) => {
      const change = (value: unknown): unknown =>
        made.isBroken && value !== null ? broken(value, made.at, made.by) : value;
      const spread = (value: unknown): readonly (readonly [string, string])[] =>
        typeof value === 'object' && value !== null
          ? Object.entries(value).map(([key, one]) => [key, textOf(one)])
          : [];
      const filled = spread(change(made.params)).reduce(
        (text, [key, value]) => text.replace(`:${key}`, () => encodeURIComponent(value)),
        path,
      );
      const search = new URLSearchParams(spread(change(made.query)).map(([key, value]) => [key, value]));
      const target = `/v1${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
      const { isSigned, isZipped } = made;
      return { name, method, target, body: change(made.body), isSigned, isZipped };
    });
}

/** A lone half of a letter cannot stand in an address. */
function textOf(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value)).toWellFormed();
}

/** Any request to any of the calls named. */
export function anyRequest(names: readonly EndpointName[]): fc.Arbitrary<AnyRequest> {
  return fc.oneof(...names.map(requestsOf));
}
