// What the environment decides: folders, the page's address, which engine is started and how.
import path from 'node:path';
import { app } from 'electron';
import type { AppInfo } from '#contract/shell.ts';
import type { EngineProgram, StartEngine } from './engine-process.ts';
import { startNodeEngine } from './engine-node.ts';
import { startUtilityEngine } from './engine-utility.ts';
import { appOrigin } from './serve.ts';

/** The Node-API version that better-sqlite3 is built for. */
const NODE_API_LEAST = 10;

/** Development and tests may choose; a shipped app takes nothing of the kind from its environment. */
const chosen = (name: string): string | undefined => (app.isPackaged ? undefined : process.env[name]);

export type Surroundings = {
  readonly dataFolder: string;
  readonly logsFolder: string;
  readonly pagesFolder: string;
  readonly preload: string;
  readonly origin: string;
  readonly address: string;
  readonly engineKind: AppInfo['engineKind'];
  readonly startEngine: StartEngine;
  readonly engineProgram: EngineProgram;
};

function kindOfEngine(): AppInfo['engineKind'] {
  const kind = chosen('BAAKI_ENGINE_KIND');
  if (kind === 'utilityProcess' || kind === 'node') return kind;
  return Number(process.versions['napi']) >= NODE_API_LEAST ? 'utilityProcess' : 'node';
}

const LEFT_OUT: ReadonlySet<string> = new Set(['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS']);

/** The engine gets the environment as it is, less what would make an Electron child of it. */
function engineEnv(dataFolder: string, logsFolder: string): Readonly<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (value !== undefined && !LEFT_OUT.has(name)) env[name] = value;
  }
  // Tests let the engine's clock begin at this instant; a shipped app has the machine's own.
  if (app.isPackaged) delete env['BAAKI_CLOCK'];
  return { ...env, BAAKI_DATA: dataFolder, BAAKI_LOGS: logsFolder, BAAKI_VERSION: app.getVersion() };
}

export function surroundings(): Surroundings {
  const dataFolder = app.getPath('userData');
  const logsFolder = path.join(dataFolder, 'logs');
  const devAddress = chosen('ELECTRON_RENDERER_URL');
  const engineKind = kindOfEngine();
  // Not from this file's own place: the bundler may put it into a folder of chunks.
  const built = path.join(app.getAppPath(), 'out');
  return {
    dataFolder,
    logsFolder,
    preload: path.join(built, 'preload/index.cjs'),
    pagesFolder: path.join(built, 'renderer'),
    origin: devAddress === undefined ? appOrigin : new URL(devAddress).origin,
    address: devAddress ?? `${appOrigin}/index.html`,
    engineKind,
    startEngine: engineKind === 'utilityProcess' ? startUtilityEngine : startNodeEngine,
    engineProgram: {
      script: chosen('BAAKI_ENGINE_SCRIPT') ?? path.join(built, 'main/engine.js'),
      env: engineEnv(dataFolder, logsFolder),
    },
  };
}
