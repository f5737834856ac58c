import { describe, expect, it } from 'vitest';
import { checkHouse, type Rule } from './check-house.ts';
import { rooms } from './floors.ts';
import { readAliases, readTree } from './read-tree.ts';

// How many modules each room held when this was last raised. A checker that visits too few finds too little.
const modulesLeast: Readonly<Record<string, number>> = {
  domain: 25,
  contract: 10,
  storage: 10,
  ports: 1,
  transport: 9,
  adapters: 6,
  registryClient: 3,
  services: 12,
  router: 1,
  reader: 1,
  door: 1,
  process: 1,
  main: 15,
  preload: 1,
  kit: 15,
  words: 1,
  client: 1,
  features: 40,
  screens: 8,
  frame: 15,
  registry: 60,
  cli: 16,
  resources: 0,
  tests: 30,
  scripts: 12,
  settings: 4,
};

const rules: Readonly<Record<Rule, string>> = {
  floor: 'imports only rooms that its own room may import',
  'type-floor': 'imports only types where the floor allows only types',
  package: 'imports only packages that its room may import',
  neighbour: 'keeps features and adapters apart from their neighbours',
  circle: 'has no circle of imports',
  length: 'has no file of more than 400 lines',
  'preload-length': 'keeps the preload under 60 lines',
  'empty-name': 'has no file or folder called helpers, utils and the like',
  'homed-word': 'writes each word with one home only there',
  barrel: 'passes on exports only through its two kinds of face',
  homeless: 'has a room for every module',
  unresolved: 'imports nothing that is not there',
  syntax: 'parses',
  unvisited: 'has files in every room',
};

describe('the house as it stands', () => {
  const report = checkHouse(readTree(), readAliases());

  for (const [rule, name] of Object.entries(rules)) {
    it(name, () => {
      const sentences = report.faults.filter((fault) => fault.rule === rule).map((fault) => fault.sentence);
      expect(sentences).toEqual([]);
    });
  }

  it('was read in every room, and not only here and there', () => {
    expect(Object.keys(modulesLeast)).toEqual(Object.keys(rooms));
    const tooFew = Object.entries(modulesLeast)
      .filter(([room, least]) => (report.modulesSeen[room] ?? 0) < least)
      .map(
        ([room, least]) =>
          `${room}: ${report.modulesSeen[room] ?? 0} modules read, at least ${least} expected`,
      );
    expect(tooFew).toEqual([]);
  });
});
