import { refusalField } from '#contract/fields.ts';

/** How a command ended. The numbers are a promise to scripts: README.md and --help list them. */
export const exitCodes = { done: 0, refused: 1, usage: 2, failed: 3, internal: 4 } as const;

export type Refused = {
  readonly kind: Exclude<keyof typeof exitCodes, 'done'>;
  /** A closed word for programs, e.g. 'no-book'. */
  readonly code: string;
  readonly sentence: string;
};

export type Ending = { readonly kind: 'done' } | Refused;

export const done: Ending = { kind: 'done' };

export function refused(code: string, sentence: string): Ending {
  return { kind: 'refused', code, sentence };
}

export function failed(code: string, sentence: string): Ending {
  return { kind: 'failed', code, sentence };
}

export function usage(sentence: string): Ending {
  return { kind: 'usage', code: 'usage', sentence };
}

export const noBook: Ending = refused(
  'no-book',
  'There is no book yet. Name one with --book NAME: “baaki import FILE --book NAME --yes” makes it.',
);

/** What the engine threw, as an ending. Typed errors of the door bear a code; all else is a bug of ours. */
export function endingOf(error: unknown): Ending {
  if (isDoorError(error)) return endingOfDoor(error);
  const system = systemCode(error);
  if (system !== undefined) {
    const what = error instanceof Error ? error.message : system;
    return failed('data-folder', `The data folder cannot be used: ${what}.`);
  }
  const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { kind: 'internal', code: 'internal', sentence: `Something went wrong inside Baaki: ${said}` };
}

type DoorError = Error & { readonly code: string; readonly data: unknown; readonly defined: boolean };

function isDoorError(error: unknown): error is DoorError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    'defined' in error &&
    'data' in error
  );
}

function endingOfDoor(error: DoorError): Ending {
  switch (error.code) {
    case 'REFUSED':
    case 'FAILED': {
      const told = refusalField.safeParse(error.data);
      const { code, sentence } = told.success ? told.data : { code: 'refused', sentence: error.message };
      return { kind: error.code === 'FAILED' ? 'failed' : 'refused', code, sentence };
    }
    case 'NO_BOOK':
      return noBook;
    case 'BAD_REQUEST':
      return usage(`The input does not fit the call: ${issuesOf(error.data)}.`);
    default:
      return { kind: 'internal', code: 'internal', sentence: error.message };
  }
}

/** The schema's complaints as “path: message; …”. */
function issuesOf(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('issues' in data) || !Array.isArray(data.issues)) {
    return 'it is refused at the door';
  }
  const issues: readonly unknown[] = data.issues;
  const told = issues.flatMap((issue) => {
    if (typeof issue !== 'object' || issue === null || !('message' in issue)) return [];
    const at = 'path' in issue && Array.isArray(issue.path) ? issue.path.join('.') : '';
    return [`${at === '' ? 'input' : at}: ${String(issue.message)}`];
  });
  return told.slice(0, 5).join('; ');
}

const systemCodes: readonly string[] = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'ENOENT', 'EEXIST', 'ENOSPC'];

function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return undefined;
  return systemCodes.includes(error.code) ? error.code : undefined;
}
