import { existsSync } from 'node:fs';
import path from 'node:path';
import { OperatorError } from './acts.ts';
import { command, HELP, perform } from './commands.ts';
import { ownPostgres, postgresOfServer, wishOf } from '../from-settings.ts';
import { openRegistry } from '../open-registry.ts';
import { readSettings } from '../settings.ts';

// The operator's commands as a program beside the server: the same settings, the same database, the same keys.

/** Says what it did on the standard output; what cannot be done is said on the other, and the program ends with 1. */
export async function operate(words: readonly string[]): Promise<void> {
  const wished = command(words);
  if (wished === null) {
    process.stderr.write(`${HELP}\n`);
    process.exitCode = 1;
    return;
  }
  const settings = readSettings(process.env);
  // A server makes what is missing; whoever only looks would make another registry beside his own, and find it empty.
  if (!existsSync(path.join(settings.keyFolder, 'contacts.key')))
    throw new Error(
      `There is no registry with its keys in ${settings.keyFolder}. Set REGISTRY_DATA or REGISTRY_KEYS.`,
    );
  const running = settings.DATABASE_URL ?? postgresOfServer(settings);
  const own = running === null ? await ownPostgres(settings) : null;
  const open = await openRegistry({
    ...wishOf(settings, running ?? own?.url ?? ''),
    log: () => undefined,
    onBug: () => undefined,
  });
  try {
    for (const line of await perform(open.registry, wished)) process.stdout.write(`${line}\n`);
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  } finally {
    await open.close();
    await own?.stop();
  }
}
