import { describe, expect, it } from 'vitest';
import { checkHouse, type Rule, type SourceFile } from './check-house.ts';
import { linesMost, preloadLinesMost, rooms } from './floors.ts';
import { readAliases } from './read-tree.ts';

// A small sound house, made in memory: one file or two in every room that must have one.
const soundHouse: Readonly<Record<string, string>> = {
  'src-domain/money.ts': 'export type Paise = number;\nexport const ZERO = 0;\n',
  'src-domain/promises.ts': "import { ZERO } from './money.ts';\nexport const nothing = ZERO;\n",
  'src-contract/index.ts': "export * from './promises.ts';\n",
  'src-contract/promises.ts':
    "import { z } from 'zod';\nimport { ZERO } from '#domain/money.ts';\nz.literal(ZERO);\n",
  'src-contract/shell.ts': 'export type Shell = {};\nexport const port = 1;\n',
  'src-engine/storage/promises.ts':
    "import { sql } from 'drizzle-orm';\nimport { ZERO } from '#domain/money.ts';\n" +
    "export const files = import.meta.glob('./migrations/*.sql');\nexport const one = sql`${ZERO}`;\n",
  'src-engine/storage/migrations/0000_first.sql': 'select 1;\n',
  'src-engine/adapters/ports.ts': 'export type VoucherSource = {};\n',
  'src-engine/adapters/registry/client.ts': 'export const client = 1;\n',
  'src-registry/server.ts': 'export const server = 1;\n',
  'src-engine/transport/http.ts':
    "import http from 'node:http';\nimport type { VoucherSource } from '../adapters/ports.ts';\n" +
    'export const call = (_of: VoucherSource) => http;\n',
  'src-engine/adapters/csv/read.ts': "import Papa from 'papaparse';\nexport const read = Papa;\n",
  'src-engine/adapters/excel/read.ts':
    "import exceljs from 'exceljs';\nexport const at = new Date(exceljs);\n",
  'src-engine/services/promises.ts':
    "import { one } from '#engine/storage/promises.ts';\nimport texts from '../../resources/texts.json';\n" +
    'export const list = [one, texts];\n',
  'resources/texts.json': '{}',
  'src-engine/reader.ts': "import { read } from './adapters/csv/read.ts';\nexport const reading = read;\n",
  'src-engine/router.ts': "import { list } from './services/promises.ts';\nexport const router = { list };\n",
  'src-engine/open-engine.ts':
    "import { router } from './router.ts';\nexport const now = [new Date(), router];\n",
  'src-engine/process.ts': "import { now } from './open-engine.ts';\nexport const started = now;\n",
  'src-main/index.ts': "import { app } from 'electron';\nimport '#contract/shell.ts';\napp.quit();\n",
  'src-preload/index.ts':
    "import 'electron';\nimport type { Shell } from '#contract/shell.ts';\nexport type S = Shell;\n",
  'src-renderer/kit/money-text.tsx':
    "import { ZERO } from '#domain/money.ts';\nexport const M = () => <b>{ZERO}</b>;\n",
  'src-renderer/words/en.ts': 'export const en = {};\n',
  'src-renderer/client.ts':
    "import type { Shell } from '#contract/shell.ts';\nexport const client = {} as Shell;\n",
  'src-renderer/features/promises/index.tsx': "export { P } from './panel.tsx';\n",
  'src-renderer/features/promises/panel.tsx':
    "import { client } from '../../client.ts';\nexport const P = client;\n",
  'src-renderer/features/bills/index.tsx': "import { M } from '#kit/money-text.tsx';\nexport const B = M;\n",
  'src-renderer/screens/customer.tsx':
    "import { P } from '#features/promises/index.tsx';\nexport const C = P;\n",
  'src-renderer/main.tsx': "import { C } from './screens/customer.tsx';\nexport const window = C;\n",
  'src-cli/index.ts': "import { now } from '#engine/open-engine.ts';\nconsole.log(now);\n",
  'tests/domain/promises.test.ts':
    "import '#engine/services/promises.ts';\nimport 'electron';\nnew Date();\n",
  'scripts/start.mjs': "import 'electron';\nconsole.log(Date.now());\n",
  'vitest.config.ts': "import 'vitest/config';\n",
};

const aliases = readAliases();
const plant = (changes: Readonly<Record<string, string>>): readonly SourceFile[] =>
  Object.entries({ ...soundHouse, ...changes }).map(([path, text]) => ({ path, text }));
const check = (changes: Readonly<Record<string, string>>) => checkHouse(plant(changes), aliases).faults;

type Planted = { readonly rule: Rule; readonly path: string; readonly text: string; readonly says: string };

// One wrong import for each floor, and one for each rule of the house.
const wrongImports: readonly (readonly [path: string, specifier: string, rule: Rule, says: string])[] = [
  ['src-domain/bad.ts', '#contract/promises.ts', 'floor', 'domain imports contract'],
  ['src-domain/bad.ts', 'node:fs', 'package', 'domain imports the package node:'],
  ['src-domain/bad.ts', 'zod', 'package', 'domain imports the package zod'],
  ['src-contract/bad.ts', '#engine/router.ts', 'floor', 'contract imports router'],
  ['src-contract/bad.ts', '@orpc/server', 'package', 'contract imports the package @orpc/server'],
  ['src-engine/storage/bad.ts', '#contract/promises.ts', 'floor', 'storage imports contract'],
  ['src-engine/storage/bad.ts', '../services/promises.ts', 'floor', 'storage imports services'],
  ['src-engine/storage/bad.ts', 'electron', 'package', 'storage imports the package electron'],
  ['src-engine/adapters/csv/bad.ts', '#engine/storage/promises.ts', 'floor', 'adapters imports storage'],
  [
    'src-engine/adapters/csv/bad.ts',
    '../excel/read.ts',
    'neighbour',
    'adapters/csv imports its neighbour excel',
  ],
  ['src-engine/adapters/csv/bad.ts', 'exceljs', 'package', 'adapters imports the package exceljs'],
  ['src-engine/adapters/csv/bad.ts', 'electron', 'package', 'adapters imports the package electron'],
  ['src-engine/services/bad.ts', '../adapters/csv/read.ts', 'floor', 'services imports adapters'],
  ['src-engine/services/bad.ts', 'electron', 'package', 'services imports the package electron'],
  ['src-engine/services/bad.ts', 'node:fs', 'package', 'services imports the package node:'],
  ['src-engine/router.ts', './adapters/csv/read.ts', 'floor', 'router imports adapters'],
  ['src-engine/reader.ts', '#engine/storage/promises.ts', 'floor', 'reader imports storage'],
  ['src-engine/reader.ts', 'better-sqlite3', 'package', 'reader imports the package better-sqlite3'],
  ['src-engine/open-engine.ts', 'electron', 'package', 'door imports the package electron'],
  ['src-engine/process.ts', 'electron', 'package', 'process imports the package electron'],
  ['src-engine/adapters/ports.ts', './csv/read.ts', 'floor', 'ports imports adapters'],
  ['src-engine/adapters/registry/bad.ts', '../csv/read.ts', 'floor', 'registryClient imports adapters'],
  ['src-registry/bad.ts', '#engine/router.ts', 'floor', 'registry imports router'],
  ['src-engine/transport/bad.ts', '../adapters/csv/read.ts', 'floor', 'transport imports adapters'],
  ['src-engine/transport/bad.ts', '../storage/promises.ts', 'floor', 'transport imports storage'],
  ['src-engine/storage/bad.ts', '../../resources/texts.json', 'floor', 'storage imports resources'],
  ['src-main/bad.ts', '#engine/open-engine.ts', 'floor', 'main imports door'],
  ['src-main/bad.ts', '#engine/storage/promises.ts', 'floor', 'main imports storage'],
  ['src-main/bad.ts', 'better-sqlite3', 'package', 'main imports the package better-sqlite3'],
  ['src-preload/bad.ts', '#contract/shell.ts', 'type-floor', 'preload imports more than types of contract'],
  ['src-preload/bad.ts', '#domain/money.ts', 'floor', 'preload imports domain'],
  ['src-renderer/kit/bad.tsx', '../client.ts', 'floor', 'kit imports client'],
  ['src-renderer/kit/bad.tsx', '#features/bills/index.tsx', 'floor', 'kit imports features'],
  [
    'src-renderer/kit/bad.tsx',
    '@tanstack/react-query',
    'package',
    'kit imports the package @tanstack/react-query',
  ],
  ['src-renderer/words/bad.ts', '../client.ts', 'floor', 'words imports client'],
  ['src-renderer/client.ts', '#domain/money.ts', 'floor', 'client imports domain'],
  ['src-renderer/client.ts', '#kit/money-text.tsx', 'type-floor', 'client imports more than types of kit'],
  [
    'src-renderer/features/bills/bad.tsx',
    '#features/promises/index.tsx',
    'neighbour',
    'features/bills imports its',
  ],
  [
    'src-renderer/features/bills/bad.tsx',
    '#renderer/screens/customer.tsx',
    'floor',
    'features imports screens',
  ],
  ['src-renderer/features/bills/bad.tsx', '#engine/storage/promises.ts', 'floor', 'features imports storage'],
  ['src-renderer/screens/bad.tsx', '#engine/services/promises.ts', 'floor', 'screens imports services'],
  ['src-renderer/screens/bad.tsx', '#main/index.ts', 'floor', 'screens imports main'],
  ['src-renderer/frame/bad.tsx', '#engine/open-engine.ts', 'floor', 'frame imports door'],
  ['src-renderer/frame/bad.tsx', 'electron', 'package', 'frame imports the package electron'],
  ['src-cli/bad.ts', '#engine/storage/promises.ts', 'floor', 'cli imports storage'],
  ['src-cli/bad.ts', '#engine/services/promises.ts', 'floor', 'cli imports services'],
  ['src-cli/bad.ts', 'electron', 'package', 'cli imports the package electron'],
  ['scripts/bad.mjs', '../src-domain/money.ts', 'floor', 'scripts imports domain'],
  ['vitest.config.ts', './src-domain/money.ts', 'floor', 'settings imports domain'],
];

const otherFaults: readonly Planted[] = [
  {
    rule: 'homed-word',
    path: 'src-main/a.ts',
    text: "import 'drizzle-orm/sqlite-core';",
    says: 'drizzle-orm',
  },
  {
    rule: 'homed-word',
    path: 'src-engine/services/a.ts',
    text: "import 'electron';",
    says: "from 'electron'",
  },
  { rule: 'homed-word', path: 'src-domain/a.ts', text: 'export const t = new Date();', says: 'new Date(' },
  { rule: 'homed-word', path: 'src-domain/a.ts', text: 'export const t = Date.now();', says: 'Date.now' },
  {
    rule: 'homed-word',
    path: 'src-domain/a.ts',
    text: 'export const r = Math.random();',
    says: 'Math.random',
  },
  { rule: 'homed-word', path: 'src-domain/a.ts', text: 'export const m = (2).toFixed(2);', says: 'toFixed' },
  { rule: 'homed-word', path: 'src-domain/a.ts', text: 'console.log(1);', says: 'console.' },
  { rule: 'homed-word', path: 'src-domain/a.ts', text: 'export const a = 1 as any;', says: 'as any' },
  {
    rule: 'length',
    path: 'src-domain/long.ts',
    text: 'export {};\n'.repeat(linesMost + 1),
    says: '401 lines',
  },
  {
    rule: 'preload-length',
    path: 'src-preload/index.ts',
    text: 'export {};\n'.repeat(preloadLinesMost),
    says: '60 lines',
  },
  { rule: 'empty-name', path: 'src-domain/utils.ts', text: 'export {};', says: '“utils”' },
  { rule: 'empty-name', path: 'src-engine/core/money.ts', text: 'export {};', says: '“core”' },
  { rule: 'empty-name', path: 'src-domain/money-helpers.ts', text: 'export {};', says: '“helpers”' },
  {
    rule: 'barrel',
    path: 'src-domain/index.ts',
    text: "export * from './money.ts';",
    says: 'another file exports',
  },
  {
    rule: 'barrel',
    path: 'src-domain/a.ts',
    text: "export { ZERO } from './money.ts';\nexport const a = 1;",
    says: 'a.ts:1',
  },
  {
    rule: 'barrel',
    path: 'src-domain/a.ts',
    text: "export type { Paise } from './money.ts';",
    says: 'a.ts:1',
  },
  { rule: 'homeless', path: 'src-engine/settings.ts', text: 'export {};', says: 'no room' },
  { rule: 'homeless', path: 'src-engine/adapters/loose.ts', text: 'export {};', says: 'between the flats' },
  { rule: 'unresolved', path: 'src-domain/a.ts', text: "import './gone.ts';", says: './gone.ts' },
  { rule: 'syntax', path: 'src-domain/a.ts', text: 'export const = 1;', says: 'does not parse' },
];

describe('the checker of the house', () => {
  it('finds nothing wrong with a sound house', () => {
    expect(check({})).toEqual([]);
  });

  it.each(wrongImports)('finds that %s imports %s', (path, specifier, rule, says) => {
    const found = check({ [path]: `import '${specifier}';\n` }).filter((fault) => fault.rule === rule);
    expect(found.map((fault) => fault.sentence).join(' ')).toContain(says);
    expect(found.map((fault) => fault.path)).toEqual([path]);
  });

  it('plants a wrong import of every room that has a floor', () => {
    const planted = new Set(wrongImports.map(([, , , says]) => says.split(/[ /]/)[0]));
    const unproved = Object.entries(rooms)
      .filter(([name, room]) => !room.rooms.includes('*') && !room.isData && !planted.has(name))
      .map(([name]) => name);
    expect(unproved).toEqual([]);
  });

  it.each(otherFaults)('finds the fault $rule in $path ($says)', ({ rule, path, text, says }) => {
    const found = check({ [path]: text }).filter((fault) => fault.rule === rule);
    expect(found.map((fault) => fault.sentence).join(' ')).toContain(says);
    expect(found.map((fault) => fault.rule)).toEqual([rule]);
  });

  it('finds an import however it is written', () => {
    const ways = [
      "import { one } from '#engine/storage/promises.ts'; one;",
      "import type { one } from '#engine/storage/promises.ts'; export type One = typeof one;",
      "export const one = await import('#engine/storage/promises.ts');",
      'export const one = await import(`../src-engine/storage/promises.ts`);',
      "export type One = typeof import('#engine/storage/promises.ts');",
      "export const one = import.meta.glob('../src-engine/storage/*.ts');",
      "export const one = import.meta.glob(['../src-engine/storage/migrations/*.sql']);",
      "export const one = require('../src-engine/storage/promises.ts');",
      "export { one } from '../src-engine/storage/promises.ts';",
    ];
    const missed = ways.filter(
      (text) => !check({ 'src-cli/bad.ts': text }).some((fault) => fault.rule === 'floor'),
    );
    expect(missed).toEqual([]);
  });

  it('reads no import and no word in comments and strings', () => {
    const text =
      "// import 'electron'; new Date()\nexport const s = \"import x from 'electron'; console.log(1)\";\n";
    expect(check({ 'src-domain/said.ts': text })).toEqual([]);
  });

  it('finds a circle, and names its files', () => {
    const found = check({
      'src-domain/a.ts': "import './b.ts';",
      'src-domain/b.ts': "import './c.ts';",
      'src-domain/c.ts': "import './a.ts';",
    });
    expect(found.map((fault) => fault.rule)).toEqual(['circle']);
    expect(found[0]?.sentence).toContain(
      'src-domain/a.ts → src-domain/b.ts → src-domain/c.ts → src-domain/a.ts',
    );
  });

  it('lets a module name the types of its own parts', () => {
    const text = "export type { Paise } from './money.ts';\nexport const one = 1;\n";
    expect(check({ 'src-domain/bills.ts': text })).toEqual([]);
  });

  it('finds a room that it never visited', () => {
    const withoutMain = plant({}).filter((file) => !file.path.startsWith('src-main/'));
    const found = checkHouse(withoutMain, aliases).faults;
    expect(found.map((fault) => fault.rule)).toEqual(['unvisited']);
  });

  it('allows a file of 400 lines and a preload of 59', () => {
    const found = check({
      'src-domain/long.ts': 'export {};\n'.repeat(linesMost),
      'src-preload/index.ts': 'export {};\n'.repeat(preloadLinesMost - 1),
    });
    expect(found).toEqual([]);
  });
});
