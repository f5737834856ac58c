import { circlesOf } from './circles.ts';
import {
  emptyNames,
  faces,
  homedWords,
  linesMost,
  preloadLinesMost,
  rooms as houseRooms,
  type Room,
} from './floors.ts';
import { isUnder, placeOf, type Place } from './places.ts';
import { readModule, type Import, type Module } from './read-module.ts';
import { packageName, resolveImport, type Aliases, type Tree } from './resolve-import.ts';

export type SourceFile = { readonly path: string; readonly text: string };

export type Fault = {
  readonly rule: Rule;
  readonly path: string;
  readonly line: number;
  readonly sentence: string;
};

export type Rule =
  | 'floor'
  | 'type-floor'
  | 'package'
  | 'neighbour'
  | 'circle'
  | 'length'
  | 'preload-length'
  | 'empty-name'
  | 'homed-word'
  | 'barrel'
  | 'homeless'
  | 'unresolved'
  | 'syntax'
  | 'unvisited';

export type HouseReport = {
  readonly faults: readonly Fault[];
  /** How many modules were read in each room: a checker that visits nothing finds nothing. */
  readonly modulesSeen: Readonly<Record<string, number>>;
};

type Read = SourceFile & { readonly module: Module; readonly at: Place };

/** Pure: paths (relative to the repository, with '/') and texts in, faults out. */
export function checkHouse(files: readonly SourceFile[], aliases: Aliases): HouseReport {
  const faults: Fault[] = [];
  const tree: Tree = { paths: new Set(files.map((file) => file.path)), aliases };
  const read: Read[] = [];
  for (const file of files) {
    faults.push(...checkName(file));
    if (!isModule(file.path)) continue;
    const at = placeOf(file.path);
    if (at === undefined) {
      faults.push(fault('homeless', file.path, 1, 'stands in no room of the house'));
    } else {
      read.push({ ...file, module: readModule(file.path, file.text), at });
    }
  }
  for (const file of read) faults.push(...checkFile(file, tree));
  faults.push(...checkCircles(read, tree), ...checkVisits(read));
  return { faults, modulesSeen: countByRoom(read) };
}

function checkFile(file: Read, tree: Tree): readonly Fault[] {
  const { module, at } = file;
  const faults: Fault[] = [];
  const add = (rule: Rule, line: number, sentence: string): void => {
    faults.push(fault(rule, file.path, line, sentence));
  };
  if (module.syntaxFault !== undefined) add('syntax', 1, `does not parse: ${module.syntaxFault}`);
  if (at.room.apart && at.flat === null) add('homeless', 1, `stands between the flats of ${at.roomName}`);
  if (module.lineCount > linesMost) {
    add('length', linesMost + 1, `has ${module.lineCount} lines; ${linesMost} is the wall`);
  }
  if (at.roomName === 'preload' && module.lineCount >= preloadLinesMost) {
    add('preload-length', preloadLinesMost, `has ${module.lineCount} lines; the hatch stays under 60`);
  }
  if (at.roomName !== 'tests' && !faces.some((face) => face.test(file.path))) {
    for (const line of module.passedOn) add('barrel', line, 'passes on what another file exports');
  }
  for (const { word, line } of [...module.words, ...module.imports.flatMap(wordsOfImport)]) {
    const homes = homedWords.find((homed) => homed.word === word)?.homes;
    if (homes && !homes.some((home) => isUnder(file.path, home))) add('homed-word', line, `writes ${word}`);
  }
  for (const wish of module.imports) {
    const found = checkImport(file, wish, tree);
    if (found) add(found.rule, wish.line, found.sentence);
  }
  return faults;
}

function checkImport(
  file: Read,
  wish: Import,
  tree: Tree,
): { readonly rule: Rule; readonly sentence: string } | undefined {
  const { room, roomName, flat } = file.at;
  const target = resolveImport(file.path, wish, tree);
  if (target.kind === 'package') {
    if (mayUse(room, flat, target.name)) return undefined;
    return { rule: 'package', sentence: `${roomName} imports the package ${target.name}` };
  }
  if (target.kind === 'missing')
    return { rule: 'unresolved', sentence: `imports ${wish.specifier}, no file` };
  const to = placeOf(target.path);
  // Settings of the repository itself (package.json for its version) are everyone's to read.
  if (to === undefined && target.path === 'package.json') return undefined;
  if (to === undefined) return { rule: 'unresolved', sentence: `imports ${target.path}, outside the house` };
  if (to.roomName === roomName) {
    if (!room.apart || to.flat === flat) return undefined;
    return { rule: 'neighbour', sentence: `${roomName}/${flat} imports its neighbour ${to.flat}` };
  }
  if (room.rooms.includes('*') || room.rooms.includes(to.roomName)) return undefined;
  if (room.typesOf?.includes(to.roomName)) {
    if (wish.typeOnly) return undefined;
    return { rule: 'type-floor', sentence: `${roomName} imports more than types of ${to.roomName}` };
  }
  return { rule: 'floor', sentence: `${roomName} imports ${to.roomName} (${target.path})` };
}

function mayUse(room: Room, flat: string | null, name: string): boolean {
  const allowed = [...room.packages, ...(room.own?.[flat ?? ''] ?? [])];
  return allowed.some(
    (one) => one === '*' || one === name || (one.endsWith('/*') && name.startsWith(one.slice(0, -1))),
  );
}

function wordsOfImport(wish: Import): readonly { readonly word: string; readonly line: number }[] {
  const name = packageName(wish.specifier);
  if (name === 'electron') return [{ word: "from 'electron'", line: wish.line }];
  return name === 'drizzle-orm' ? [{ word: 'drizzle-orm', line: wish.line }] : [];
}

function checkName(file: SourceFile): readonly Fault[] {
  const empty = file.path
    .split(/[/.\-_]/)
    .map((part) => part.toLowerCase())
    .find((part) => emptyNames.includes(part));
  return empty === undefined ? [] : [fault('empty-name', file.path, 1, `bears the empty name “${empty}”`)];
}

function checkCircles(read: readonly Read[], tree: Tree): readonly Fault[] {
  return circlesOf(read, tree).map((circle) =>
    fault('circle', circle[0] ?? '', 1, `stands in a circle: ${circle.join(' → ')}`),
  );
}

function checkVisits(read: readonly Read[]): readonly Fault[] {
  const seen = countByRoom(read);
  return Object.entries(houseRooms).flatMap(([name, room]) => {
    const place = room.places[0] ?? name;
    if (!room.isData && seen[name] === 0)
      return [fault('unvisited', place, 1, `no file of ${name} was seen`)];
    return [];
  });
}

function countByRoom(read: readonly Read[]): Record<string, number> {
  const counts = Object.fromEntries(Object.keys(houseRooms).map((name) => [name, 0]));
  for (const { at } of read) counts[at.roomName] = (counts[at.roomName] ?? 0) + 1;
  return counts;
}

function isModule(filePath: string): boolean {
  return /\.(ts|tsx|mts|cts|js|mjs|cjs|jsx)$/.test(filePath);
}

function fault(rule: Rule, filePath: string, line: number, what: string): Fault {
  return { rule, path: filePath, line, sentence: `${filePath}:${line} ${what}.` };
}
