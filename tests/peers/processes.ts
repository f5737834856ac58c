import { spawn, type ChildProcess } from 'node:child_process';
import net from 'node:net';

// Real servers as children of a test: free ports, waiting until one answers, and none left behind.

/** Ports that were free a moment ago. */
export async function freePorts(count: number): Promise<readonly number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<net.Server>((resolve) => {
          const server = net.createServer();
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  return servers.map((server) => {
    const bound = server.address();
    server.close();
    return typeof bound === 'object' && bound ? bound.port : 0;
  });
}

const STARTS_MS_MOST = 10_000;

/** Resolves when a server answers on the port; a refused connection is tried again. */
export async function listens(port: number): Promise<void> {
  const end = Date.now() + STARTS_MS_MOST;
  while (!(await answers(port))) {
    if (Date.now() > end) throw new Error(`Nothing answers on port ${port}.`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

/** A server that ends when its input does: also when this process is killed and can stop nothing any more. */
export function tethered(command: string, args: readonly string[]): ChildProcess {
  const script = '"$@" & server=$!; cat > /dev/null; kill $server; wait $server';
  return spawn('/bin/sh', ['-c', script, 'sh', command, ...args], { stdio: ['pipe', 'ignore', 'ignore'] });
}

export function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.stdin?.end();
  });
}
