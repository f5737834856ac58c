import { utilityProcess } from 'electron';
import {
  isFromEngine,
  type EngineProcess,
  type EngineProgram,
  type EngineListeners,
} from './engine-process.ts';

/** The shipped way: SQLite inside a utility process of Electron's own. */
export function startUtilityEngine(program: EngineProgram, listeners: EngineListeners): EngineProcess {
  const child = utilityProcess.fork(program.script, [], {
    serviceName: 'Baaki engine',
    env: { ...program.env },
    stdio: 'ignore',
  });
  child.on('message', (message: unknown) => {
    if (isFromEngine(message)) listeners.onMessage(message);
  });
  child.once('exit', (code) => listeners.onExit(String(code)));
  return {
    pid: () => child.pid,
    post: (message) => child.postMessage(message),
    kill: () => void child.kill(),
  };
}
