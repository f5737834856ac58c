import type { openEngine } from '#engine/open-engine.ts';
import type { Ending } from './ending.ts';
import type { Terminal } from './terminal.ts';

/** The typed client of the one door, here in the same process. */
export type Client = Awaited<ReturnType<typeof openEngine>>['client'];

export type Options = {
  readonly 'data-dir'?: string;
  readonly format?: string;
  readonly book?: string;
  readonly map?: string;
  readonly rate?: readonly string[];
  readonly 'take-drafts'?: boolean;
  readonly 'complete-list'?: boolean;
  readonly 'dry-run'?: boolean;
  readonly yes?: boolean;
  readonly 'as-of'?: string;
  readonly search?: string;
  readonly customers?: string;
  readonly until?: string;
  readonly by?: string;
  readonly bounds?: string;
  readonly grace?: string;
  readonly credits?: string;
  readonly 'group-by'?: string;
  readonly output?: string;
  readonly host?: string;
  readonly port?: string;
  readonly company?: string;
  readonly full?: boolean;
  readonly quick?: boolean;
  readonly day?: string;
  readonly hash?: string;
  readonly customer?: string;
  readonly kind?: string;
  readonly from?: string;
  readonly language?: string;
  readonly out?: string;
  readonly all?: boolean;
  readonly folder?: string;
  readonly address?: string;
  readonly gstin?: string;
  readonly pan?: string;
  readonly name?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly purpose?: string;
  readonly confirm?: string;
};

export type Words = { readonly options: Options; readonly rest: readonly string[] };

export type World = { readonly client: Client; readonly terminal: Terminal };

/** What is to be done once the engine is open. */
export type Job = (world: World) => Promise<Ending>;

/** A command reads its words before the engine is opened, so that a slip of the pen costs and changes nothing. */
export type Command = {
  readonly summary: string;
  readonly help: string;
  /** The options it takes, besides --data-dir, --help and --version. */
  readonly takes: readonly (keyof Options)[];
  readonly formats: readonly string[];
  readonly read: (words: Words) => Job | Ending;
};
