import type { FormulaValue } from './formula.ts';
import type { Asked } from './request.ts';
import type { FieldType } from './wire.ts';
import { escapeXml } from './xml.ts';

/** A method of an object as it goes out. `value` null: it is not set. */
export type Method<Row> = {
  readonly tag: string;
  readonly type: FieldType;
  readonly value: (row: Row) => string | null;
  /** What a formula sees; the text where it is not given. */
  readonly worth?: (row: Row) => FormulaValue;
  /** Written whether it was asked for or not. */
  readonly isAlways?: boolean;
  /** The same for every row: put together once. */
  readonly isConstant?: boolean;
};

/** The names that were asked for, in lower case, and how. */
export type AskedFields = {
  readonly has: (name: string) => boolean;
  readonly isNative: (name: string) => boolean;
  /** What was asked below a list: 'name' of 'billallocations.name'; null where nothing was. */
  readonly below: (list: string) => readonly string[] | null;
};

/** A name that ends in .LIST asks for nothing. */
export function askedFields(asked: readonly Asked[]): AskedFields {
  const native = new Map<string, boolean>();
  for (const { name, isNative } of asked) {
    if (!name.endsWith('.list')) native.set(name, isNative || (native.get(name) ?? false));
  }
  return {
    has: (name) => native.has(name),
    isNative: (name) => native.get(name) ?? false,
    below: (list) => {
      const names = [...native.keys()].flatMap((name) => {
        if (name === list) return ['*'];
        return name.startsWith(`${list}.`) ? [name.slice(list.length + 1)] : [];
      });
      return names.length === 0 ? null : names;
    },
  };
}

/**
 * Only the methods a request wants, in the object's own order, as lines at depth 5. What does not depend on the row is
 * put together once: books of a hundred thousand vouchers are served through here.
 */
export function chosenMethods<Row>(
  methods: readonly Method<Row>[],
  asked: AskedFields,
): (row: Row) => string {
  const chosen = methods
    .filter((method) => method.isAlways || asked.has(method.tag.toLowerCase()))
    .map((method) => lineOf(method, asked.isNative(method.tag.toLowerCase())));
  return (row) => {
    let text = '';
    for (const line of chosen) text += line(row);
    return text;
  };
}

function lineOf<Row>({ tag, type, value, isConstant }: Method<Row>, isNative: boolean): (row: Row) => string {
  const start = `     <${tag}${type === null ? '' : ` TYPE="${type}"`}>`;
  const end = `</${tag}>\r\n`;
  const unset = isNative ? start + end : '';
  const isPlain = type === 'Number' || type === 'Logical' || type === 'Date' || type === 'Amount';
  const line = (row: Row): string => {
    const text = value(row);
    if (text === null) return unset;
    return start + (isPlain ? text : escapeXml(text)) + end;
  };
  if (!isConstant) return line;
  let known: string | null = null;
  return (row) => (known ??= line(row));
}

export function methodValue<Row>(
  methods: ReadonlyMap<string, Method<Row>>,
  row: Row,
  name: string,
): FormulaValue {
  const method = methods.get(name);
  if (!method) return null;
  if (method.worth) return method.worth(row);
  const text = method.value(row);
  if (text === null) return null;
  if (method.type === 'Logical') return text === 'Yes';
  if (method.type === 'Number' || method.type === 'Amount') return text === '' ? null : Number(text);
  return text;
}

export function methodMap<Row>(methods: readonly Method<Row>[]): ReadonlyMap<string, Method<Row>> {
  return new Map(methods.map((method) => [method.tag.toLowerCase(), method]));
}

/** null where the text is empty: FETCH leaves it out. */
export function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
