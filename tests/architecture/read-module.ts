import { parseSync, Visitor, type ESTree } from 'vite';

/** What the house wants to know of one module: whom it imports, what it passes on, which homed words it writes. */
export type Module = {
  readonly imports: readonly Import[];
  /** Lines that pass on another module's values (`export … from`), or all lines of a file that does nothing else. */
  readonly passedOn: readonly number[];
  readonly words: readonly Word[];
  readonly lineCount: number;
  /** Set when the text is no module at all. */
  readonly syntaxFault?: string;
};

export type Import = {
  readonly specifier: string;
  readonly line: number;
  readonly typeOnly: boolean;
  /** True for import.meta.glob: the specifier is a pattern. */
  readonly isPattern: boolean;
};

export type Word = { readonly word: string; readonly line: number };

type Finding = { readonly imports: Import[]; readonly words: Word[] };

/** Reads the syntax tree, never the text: a comment or a string that looks like an import is none. */
export function readModule(path: string, text: string): Module {
  const parsed = parseSync(path, text);
  const lineStarts = [0, ...[...text.matchAll(/\n/g)].map((match) => match.index + 1)];
  const lineOf = (offset: number): number => lineStarts.findLastIndex((start) => start <= offset) + 1;
  const found: Finding = { imports: [], words: [] };
  new Visitor({ ...importVisitor(found, lineOf), ...wordVisitor(found, lineOf) }).visit(parsed.program);
  const fault = parsed.errors[0];
  const passing = parsed.program.body.filter(passesOn);
  const isOnlyPassing = passing.length === parsed.program.body.length;
  const passedOn = passing.filter((one) => isOnlyPassing || one.exportKind !== 'type');
  return {
    ...found,
    passedOn: passedOn.map((one) => lineOf(one.start)),
    lineCount: text === '' ? 0 : lineStarts.length - (text.endsWith('\n') ? 1 : 0),
    ...(fault === undefined ? {} : { syntaxFault: fault.message }),
  };
}

function importVisitor(found: Finding, lineOf: (offset: number) => number) {
  const note = (node: ESTree.Node | null | undefined, typeOnly: boolean, isPattern = false): void => {
    const specifier = textOf(node);
    if (node && specifier !== undefined) {
      found.imports.push({ specifier, line: lineOf(node.start), typeOnly, isPattern });
    }
  };
  return {
    ImportDeclaration(node: ESTree.ImportDeclaration) {
      note(node.source, isTypeImport(node));
    },
    ImportExpression(node: ESTree.ImportExpression) {
      note(node.source, false);
    },
    TSImportType(node: ESTree.TSImportType) {
      note(node.source, true);
    },
    ExportNamedDeclaration(node: ESTree.ExportNamedDeclaration) {
      note(node.source, node.exportKind === 'type');
    },
    ExportAllDeclaration(node: ESTree.ExportAllDeclaration) {
      note(node.source, node.exportKind === 'type');
    },
    CallExpression(node: ESTree.CallExpression) {
      const [first] = node.arguments;
      if (node.callee.type === 'Identifier' && node.callee.name === 'require') note(first, false);
      if (!isImportMetaGlob(node.callee)) return;
      const patterns = first?.type === 'ArrayExpression' ? first.elements : [first];
      for (const pattern of patterns) note(pattern, false, true);
    },
  };
}

function wordVisitor(found: Finding, lineOf: (offset: number) => number) {
  const note = (word: string, node: ESTree.Node): void => {
    found.words.push({ word, line: lineOf(node.start) });
  };
  return {
    NewExpression(node: ESTree.NewExpression) {
      if (node.callee.type === 'Identifier' && node.callee.name === 'Date') note('new Date(', node);
    },
    MemberExpression(node: ESTree.MemberExpression) {
      const owner = node.object.type === 'Identifier' ? node.object.name : '';
      const name = node.property.type === 'Identifier' ? node.property.name : textOf(node.property);
      if (owner === 'console') note('console.', node);
      if (name === 'toFixed') note('toFixed', node);
      if (owner === 'Date' && name === 'now') note('Date.now', node);
      if (owner === 'Math' && name === 'random') note('Math.random', node);
    },
    TSAsExpression(node: ESTree.TSAsExpression) {
      if (node.typeAnnotation.type === 'TSAnyKeyword') note('as any', node);
    },
  };
}

function passesOn(node: ESTree.Node): node is ESTree.ExportNamedDeclaration | ESTree.ExportAllDeclaration {
  if (node.type === 'ExportAllDeclaration') return true;
  return node.type === 'ExportNamedDeclaration' && node.source !== null;
}

/** `import type …`, and `import { type A, type B } …`; a bare `import './x.ts'` runs the module and is no type. */
function isTypeImport(node: ESTree.ImportDeclaration): boolean {
  if (node.importKind === 'type') return true;
  return (
    node.specifiers.length > 0 &&
    node.specifiers.every((one) => one.type === 'ImportSpecifier' && one.importKind === 'type')
  );
}

function isImportMetaGlob(callee: ESTree.Node): boolean {
  return (
    callee.type === 'MemberExpression' &&
    callee.object.type === 'MetaProperty' &&
    callee.property.type === 'Identifier' &&
    callee.property.name === 'glob'
  );
}

function textOf(node: ESTree.Node | null | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) {
    return node.quasis[0]?.value.cooked ?? undefined;
  }
  return undefined;
}
