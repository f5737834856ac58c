import { fork } from 'node:child_process';
import path from 'node:path';
import {
  isFromEngine,
  type EngineProcess,
  type EngineProgram,
  type EngineListeners,
} from './engine-process.ts';

/** A plain Node cannot read inside the packed archive, so the packager lays the engine beside it. */
export const besideArchive = (file: string): string =>
  file.replace(`app.asar${path.sep}`, `app.asar.unpacked${path.sep}`);

/** Only for an Electron whose Node-API is too old for better-sqlite3: the test runtime, which never ships. */
export function startNodeEngine(program: EngineProgram, listeners: EngineListeners): EngineProcess {
  const node = program.env['BAAKI_NODE'];
  if (!node) throw new Error('This Electron is too old for SQLite: set BAAKI_NODE to a Node 22.14 or newer.');
  const child = fork(besideArchive(program.script), [], {
    execPath: node,
    // What a utility process has of itself; Node's own 16 MB cost an import a hundred megabytes more and gain no time.
    execArgv: ['--max-semi-space-size=8'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...program.env },
  });
  let hasEnded = false;
  const end = (exit: string): void => {
    if (hasEnded) return;
    hasEnded = true;
    listeners.onExit(exit);
  };
  child.on('message', (message) => {
    if (isFromEngine(message)) listeners.onMessage(message);
  });
  child.once('exit', (code, signal) => end(signal ?? String(code)));
  // A missing program ends without 'exit'; a message to a process that has just died lands here too.
  child.on('error', () => {
    if (child.pid === undefined) end('not-started');
  });
  return {
    pid: () => child.pid,
    post: (message) => {
      if (child.connected) child.send(message);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}
