// The house as data: which room a file stands in, and what that room may import. ARCHITECTURE.md tells the story;
// house.test.ts holds the tree to it. When a test fails here, move the code: do not widen the table to pass.

export type Room = {
  /** The number of HOUSE order, bottom up; 0 for what is not a floor (tests, scripts, settings of tools). */
  readonly floor: number;
  /** Folders (ending in '/') and single files. Where several match, the longest wins. */
  readonly places: readonly string[];
  /** Rooms that may be imported besides the room itself. */
  readonly rooms: readonly string[];
  /** Rooms of which only types may be imported. */
  readonly typesOf?: readonly string[];
  /** Packages by name; 'node:' allows Node's own modules; '@scope/*' a family; '*' any. */
  readonly packages: readonly string[];
  /** Each sub-folder is a flat of its own: it may not import its neighbours, and no file stands between the flats. */
  readonly apart?: boolean;
  /** Packages that only one sub-folder may import: the library an adapter is about. */
  readonly own?: Readonly<Record<string, readonly string[]>>;
  /** Holds data only: there is no module to visit. */
  readonly isData?: boolean;
};

const screenLibraries = [
  'react',
  'react-dom',
  '@mantine/*',
  '@tabler/icons-react',
  '@tanstack/react-query',
  '@tanstack/react-table',
  '@tanstack/react-virtual',
  'react-i18next',
  'recharts',
  'wouter',
] as const;

export const rooms: Readonly<Record<string, Room>> = {
  // The numbering plans of the world are pure data and pure functions (decision 10).
  domain: {
    floor: 1,
    places: ['src-domain/'],
    rooms: [],
    packages: ['libphonenumber-js'],
  },
  contract: {
    floor: 2,
    places: ['src-contract/'],
    rooms: ['domain'],
    packages: ['zod', '@orpc/contract'],
  },
  storage: {
    floor: 3,
    places: ['src-engine/storage/'],
    rooms: ['domain'],
    packages: ['drizzle-orm', 'better-sqlite3', 'node:'],
  },
  ports: {
    floor: 4,
    places: [
      'src-engine/adapters/ports.ts',
      'src-engine/adapters/message-ports.ts',
      'src-engine/adapters/paper-ports.ts',
      'src-engine/adapters/registry-port.ts',
    ],
    rooms: ['domain'],
    // What a registry answers has one home, which its server and its client both read.
    typesOf: ['contract'],
    packages: [],
  },
  // What all gateways over HTTP need alike and no library tells: how far a request got (decision 15).
  transport: {
    floor: 4,
    places: ['src-engine/transport/'],
    rooms: ['domain', 'ports'],
    packages: ['node:'],
  },
  adapters: {
    floor: 4,
    places: ['src-engine/adapters/'],
    rooms: ['domain', 'ports', 'transport'],
    packages: ['node:'],
    apart: true,
    own: {
      qr: ['qrcode'],
      csv: ['papaparse'],
      excel: ['exceljs'],
      gammu: ['better-sqlite3'],
      log: ['electron-log'],
      mail: ['nodemailer', 'imapflow', 'mailparser', 'email-reply-parser', 'openid-client'],
      sheets: ['@e965/xlsx'],
      smpp: ['smpp'],
      typst: ['@myriaddreamin/typst-ts-web-compiler', 'qrcode'],
    },
  },
  // The one adapter that speaks a wire of ours: it reads the calls from the table that the server registers them from.
  registryClient: {
    floor: 4,
    places: ['src-engine/adapters/registry/'],
    rooms: ['domain', 'ports', 'transport', 'contract'],
    packages: ['node:'],
  },
  services: {
    floor: 5,
    places: ['src-engine/services/'],
    rooms: ['domain', 'contract', 'storage', 'ports', 'resources'],
    packages: ['@orpc/server'],
  },
  router: {
    floor: 5,
    places: ['src-engine/router.ts'],
    rooms: ['contract', 'services'],
    packages: ['@orpc/server'],
  },
  // The entry of the reading process: a file is parsed where it can be killed.
  reader: {
    floor: 5,
    places: ['src-engine/reader.ts'],
    rooms: ['domain', 'ports', 'adapters'],
    packages: ['node:'],
  },
  // The one file that wires concrete adapters.
  door: {
    floor: 5,
    places: ['src-engine/open-engine.ts'],
    rooms: ['domain', 'contract', 'storage', 'ports', 'adapters', 'registryClient', 'services', 'router'],
    packages: ['@orpc/contract', '@orpc/server', 'node:'],
  },
  process: {
    floor: 5,
    places: ['src-engine/process.ts'],
    rooms: ['domain', 'contract', 'adapters', 'door', 'router'],
    packages: ['@orpc/server', 'node:'],
  },
  main: {
    floor: 6,
    places: ['src-main/'],
    rooms: ['domain', 'contract'],
    packages: ['electron', 'electron-updater', 'electron-log', 'node:'],
  },
  preload: {
    floor: 7,
    places: ['src-preload/'],
    rooms: [],
    typesOf: ['contract'],
    packages: ['electron'],
  },
  kit: {
    floor: 8,
    places: ['src-renderer/kit/'],
    rooms: ['domain', 'words'],
    packages: screenLibraries.filter((name) => name !== '@tanstack/react-query' && name !== 'wouter'),
  },
  words: {
    floor: 8,
    places: ['src-renderer/words/'],
    rooms: ['domain'],
    packages: ['i18next', 'react-i18next'],
  },
  client: {
    floor: 8,
    places: ['src-renderer/client.ts'],
    rooms: ['contract'],
    typesOf: ['kit'],
    packages: ['@orpc/client', '@orpc/contract', '@orpc/tanstack-query', '@tanstack/react-query'],
  },
  features: {
    floor: 9,
    places: ['src-renderer/features/'],
    rooms: ['domain', 'contract', 'kit', 'words', 'client'],
    packages: screenLibraries,
    apart: true,
  },
  screens: {
    floor: 10,
    places: ['src-renderer/screens/'],
    rooms: ['kit', 'words', 'client', 'features'],
    packages: screenLibraries,
  },
  frame: {
    floor: 10,
    places: [
      'src-renderer/frame/',
      'src-renderer/main.tsx',
      'src-renderer/start.ts',
      'src-renderer/env.d.ts',
    ],
    rooms: ['contract', 'kit', 'words', 'client', 'features', 'screens'],
    // The language of the calendars and the style nonce are set once, where the window starts.
    packages: [...screenLibraries, 'dayjs', 'get-nonce'],
  },
  // The shared server: a program of its own that knows nothing of the desktop.
  registry: {
    floor: 11,
    places: ['src-registry/'],
    rooms: ['domain', 'contract'],
    packages: ['fastify', '@fastify/*', 'fastify-type-provider-zod', 'nodemailer', 'pg', 'zod', 'node:'],
  },
  cli: {
    floor: 12,
    places: ['src-cli/'],
    rooms: ['domain', 'contract', 'door'],
    packages: ['node:'],
  },
  // Data that ships with the program: texts, presets, the form of papers.
  resources: { floor: 0, places: ['resources/'], rooms: [], packages: [], isData: true },
  tests: { floor: 0, places: ['tests/'], rooms: ['*'], packages: ['*'] },
  scripts: { floor: 0, places: ['scripts/'], rooms: [], packages: ['*'] },
  settings: { floor: 0, places: ['*.config.ts', '*.config.mjs'], rooms: [], packages: ['*'] },
};

/** A word with one home: it may be written only in files under these places. */
export type HomedWord = { readonly word: string; readonly homes: readonly string[] };

export const homedWords: readonly HomedWord[] = [
  { word: "from 'electron'", homes: ['src-main/', 'src-preload/', 'scripts/', 'tests/'] },
  { word: 'drizzle-orm', homes: ['src-engine/storage/', 'tests/'] },
  // Instants enter through the engine's context; everything else is handed its day as an argument.
  {
    word: 'new Date(',
    homes: [
      'src-engine/open-engine.ts',
      'src-engine/adapters/excel/',
      'src-registry/clock.ts',
      'scripts/',
      'tests/',
    ],
  },
  {
    word: 'Date.now',
    homes: [
      'src-engine/open-engine.ts',
      'src-main/',
      'src-renderer/kit/ago-text.tsx',
      'src-registry/clock.ts',
      'scripts/',
      'tests/',
    ],
  },
  { word: 'Math.random', homes: ['scripts/', 'tests/'] },
  // Money is never made text by a float's own rounding.
  { word: 'toFixed', homes: [] },
  { word: 'console.', homes: ['src-cli/', 'scripts/', 'tests/'] },
  { word: 'as any', homes: [] },
];

/** Names that say nothing of what a room or a file is about. */
export const emptyNames: readonly string[] = [
  'shared',
  'lib',
  'libs',
  'util',
  'utils',
  'common',
  'core',
  'helper',
  'helpers',
  'manager',
  'managers',
  'misc',
];

/** The only files that may pass on another file's values, or hold nothing but what others export. */
export const faces: readonly RegExp[] = [
  /^src-contract\/index\.ts$/,
  /^src-renderer\/features\/[^/]+\/index\.tsx?$/,
];

export const linesMost = 400;
export const preloadLinesMost = 60;
