import { readDay, toJd } from './calendar.ts';

/** What Tally shows instead of an answer: a box on its screen. The request never returns. */
export class ModalDialog extends Error {}

/** A day inside a formula. */
export type FormulaDay = { readonly jd: number };
export type FormulaValue = string | number | boolean | FormulaDay | null;

/** What a formula may ask of the row it judges. */
export type FormulaRow = {
  /** A method in lower case; null where the row has nothing of that name. */
  readonly method: (name: string) => FormulaValue;
  /** `$Parent:Ledger:"X"`. */
  readonly methodOf: (name: string, type: string, id: string) => FormulaValue;
  readonly variable: (name: string) => FormulaValue;
  /** A `$$` function in lower case; undefined where there is none. */
  readonly call: (name: string, args: readonly FormulaValue[]) => FormulaValue | undefined;
};

export type Formula = (row: FormulaRow) => FormulaValue;

const TOKEN =
  /\s*(?:("[^"]*")|(\d+(?:\.\d+)?)|(\$\$[A-Za-z_]\w*)|(\$[A-Za-z_]\w*)|(##[A-Za-z_]\w*)|(<>|<=|>=|[=<>():,+*/-])|([A-Za-z_]\w*))/y;

const OBJECT_TYPES = new Set(['ledger', 'group', 'company', 'vouchertype', 'voucher', 'currency']);

type Token = {
  readonly kind: 'text' | 'number' | 'call' | 'method' | 'variable' | 'sign' | 'word';
  readonly text: string;
};
const KINDS: readonly Token['kind'][] = ['text', 'number', 'call', 'method', 'variable', 'sign', 'word'];

/** Throws ModalDialog on all it does not know, as a bad formula opens a box. */
export function compileFormula(text: string): Formula {
  const tokens = tokensOf(text);
  const reader = { tokens, at: 0 };
  const formula = either(reader);
  if (reader.at !== tokens.length) throw new ModalDialog(text);
  return formula;
}

function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) throw new ModalDialog(text);
    const at = KINDS.findIndex((_, index) => match[index + 1] !== undefined);
    tokens.push({ kind: KINDS[at] ?? 'sign', text: match[at + 1] ?? '' });
  }
  return tokens;
}

type Reader = { readonly tokens: readonly Token[]; at: number };

function takes(reader: Reader, text: string): boolean {
  if (reader.tokens[reader.at]?.text.toLowerCase() !== text) return false;
  reader.at += 1;
  return true;
}

function either(reader: Reader): Formula {
  let left = both(reader);
  while (takes(reader, 'or')) {
    const [first, second] = [left, both(reader)];
    left = (row) => truth(first(row)) || truth(second(row));
  }
  return left;
}

function both(reader: Reader): Formula {
  let left = negated(reader);
  while (takes(reader, 'and')) {
    const [first, second] = [left, negated(reader)];
    left = (row) => truth(first(row)) && truth(second(row));
  }
  return left;
}

function negated(reader: Reader): Formula {
  if (!takes(reader, 'not')) return compared(reader);
  const inner = negated(reader);
  return (row) => !truth(inner(row));
}

function compared(reader: Reader): Formula {
  const left = primary(reader);
  for (const sign of ['=', '<>', '<=', '>=', '<', '>'] as const) {
    if (!takes(reader, sign)) continue;
    const right = primary(reader);
    return (row) => holds(sign, left(row), right(row));
  }
  return left;
}

function primary(reader: Reader): Formula {
  const token = reader.tokens[reader.at];
  reader.at += 1;
  if (!token) throw new ModalDialog('ended early');
  if (token.kind === 'text') return constant(token.text.slice(1, -1));
  if (token.kind === 'number') return constant(Number(token.text));
  if (token.kind === 'method') return method(reader, token.text.slice(1).toLowerCase());
  if (token.kind === 'call') return call(reader, token.text.slice(2).toLowerCase());
  if (token.kind === 'variable') {
    const name = token.text.slice(2).toLowerCase();
    return (row) => row.variable(name);
  }
  if (token.text === '(') {
    const inner = either(reader);
    if (!takes(reader, ')')) throw new ModalDialog('(');
    return inner;
  }
  if (token.text === '-' && reader.tokens[reader.at]?.kind === 'number') {
    const value = -Number(reader.tokens[reader.at]?.text);
    reader.at += 1;
    return constant(value);
  }
  if (/^(yes|true)$/i.test(token.text)) return constant(true);
  if (/^(no|false)$/i.test(token.text)) return constant(false);
  throw new ModalDialog(token.text);
}

function constant(value: FormulaValue): Formula {
  return () => value;
}

function method(reader: Reader, name: string): Formula {
  const next = reader.tokens[reader.at + 1];
  const isOfObject =
    reader.tokens[reader.at]?.text === ':' &&
    next?.kind === 'word' &&
    OBJECT_TYPES.has(next.text.toLowerCase());
  if (!isOfObject || !next) return (row) => row.method(name);
  reader.at += 2;
  const type = next.text.toLowerCase();
  if (!takes(reader, ':')) throw new ModalDialog(name);
  const id = primary(reader);
  return (row) => row.methodOf(name, type, asText(id(row)));
}

function call(reader: Reader, name: string): Formula {
  const args: Formula[] = [];
  while (takes(reader, ':')) {
    const token = reader.tokens[reader.at];
    if (token?.kind === 'word') {
      reader.at += 1;
      args.push(constant(token.text));
    } else args.push(primary(reader));
  }
  if (name === 'date') return dateCall(args[0]);
  return (row) => {
    const value = row.call(
      name,
      args.map((arg) => arg(row)),
    );
    if (value === undefined) throw new ModalDialog(`$$${name}`);
    return value;
  };
}

function dateCall(arg: Formula | undefined): Formula {
  if (!arg) throw new ModalDialog('$$Date');
  return (row) => {
    const value = arg(row);
    if (typeof value === 'object') return value;
    const day = readDay(asText(value));
    return day === null ? null : { jd: toJd(day) };
  };
}

export function truth(value: FormulaValue): boolean {
  if (typeof value === 'string') return value !== '' && value.toLowerCase() !== 'no';
  if (typeof value === 'number') return value !== 0;
  return value === true || (typeof value === 'object' && value !== null);
}

export function asText(value: FormulaValue): string {
  if (value === null || typeof value === 'object') return '';
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return String(value);
}

function holds(sign: '=' | '<>' | '<=' | '>=' | '<' | '>', left: FormulaValue, right: FormulaValue): boolean {
  const [a, b] = [comparable(left, right), comparable(right, left)];
  if (sign === '=') return a === b;
  if (sign === '<>') return a !== b;
  // Nothing is neither above nor below: a filter on an absent value lets no row through.
  if (a === null || b === null || typeof a !== typeof b) return false;
  if (sign === '<') return a < b;
  if (sign === '>') return a > b;
  return sign === '<=' ? a <= b : a >= b;
}

function comparable(value: FormulaValue, other: FormulaValue): string | number | boolean | null {
  if (value === null) return typeof other === 'string' ? '' : null;
  if (typeof value === 'object') return value.jd;
  if (typeof value === 'string') {
    if (typeof other === 'object' && other !== null) {
      const day = readDay(value);
      return day === null ? null : toJd(day);
    }
    if (typeof other === 'boolean') return value.toLowerCase() === 'yes';
    return value.trim().toLowerCase();
  }
  return value;
}
