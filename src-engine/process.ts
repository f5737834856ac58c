import path from 'node:path';
import { RPCHandler } from '@orpc/server/message-port';
import { openLog } from './adapters/log/log.ts';
import { openEngine, type Engine } from './open-engine.ts';
import { router } from './router.ts';

// The entry of the engine process. It speaks envelopes with main, in an Electron utility process or in a plain Node
// child: every window's port is a connection with a number of its own.

type FromMain =
  | { readonly connection: number; readonly data: unknown }
  | { readonly connection: number; readonly closed: true }
  | { readonly type: 'vault'; readonly key: Uint8Array | null }
  | { readonly type: 'hurry' }
  | { readonly type: 'stop' };

type Line = {
  readonly post: (message: unknown) => void;
  readonly listen: (onMessage: (message: FromMain) => void, onGone: () => void) => void;
};

type ParentPort = {
  readonly postMessage: (message: unknown) => void;
  readonly on: (event: 'message', listener: (event: { readonly data: FromMain }) => void) => void;
};

/** Electron puts parentPort on process in a utility process; in a Node child there is process.send. */
function lineToMain(): Line {
  const { parentPort } = process as typeof process & { readonly parentPort?: ParentPort };
  if (parentPort) {
    return {
      post: (message) => parentPort.postMessage(message),
      listen: (onMessage) => parentPort.on('message', (event) => onMessage(event.data)),
    };
  }
  return {
    post: (message) => void process.send?.(message),
    listen: (onMessage, onGone) => {
      process.on('message', (message: FromMain) => onMessage(message));
      process.on('disconnect', onGone);
    },
  };
}

type Listener = (event?: { readonly data: unknown }) => void;

/** One window's end of the relay, in the shape oRPC's message-port adapter takes. */
function portOf(line: Line, connection: number) {
  const listeners: { readonly message: Listener[]; readonly close: Listener[] } = { message: [], close: [] };
  return {
    on: (event: string, listener: Listener) => {
      if (event === 'message') listeners.message.push(listener);
      if (event === 'close') listeners.close.push(listener);
    },
    postMessage: (data: unknown) => line.post({ connection, data }),
    take: (data: unknown) => {
      for (const listener of listeners.message) listener({ data });
    },
    close: () => {
      for (const listener of listeners.close) listener();
    },
  };
}

function serve(line: Line, engine: Engine): void {
  const handler = new RPCHandler(router);
  const ports = new Map<number, ReturnType<typeof portOf>>();
  const stop = (): void => void engine.close().finally(() => process.exit(0));
  line.listen((message) => {
    if ('type' in message) {
      if (message.type === 'stop') stop();
      if (message.type === 'hurry') engine.hurry();
      return;
    }
    const known = ports.get(message.connection);
    if ('closed' in message) {
      known?.close();
      ports.delete(message.connection);
      return;
    }
    const port = known ?? portOf(line, message.connection);
    if (!known) {
      ports.set(message.connection, port);
      handler.upgrade(port, { context: engine.context });
    }
    port.take(message.data);
  }, stop);
  line.post({ type: 'ready' });
}

/** The first message: nothing is opened before it is known whether the vault can be. */
function vaultKeyFrom(line: Line): Promise<Uint8Array | null> {
  return new Promise((resolve) => {
    line.listen(
      (message) => {
        if ('type' in message && message.type === 'vault') resolve(message.key);
      },
      () => process.exit(0),
    );
  });
}

async function main(): Promise<void> {
  const dataFolder = process.env['BAAKI_DATA'];
  if (!dataFolder) throw new Error('BAAKI_DATA is not set: main says where the books are.');
  const log = openLog(process.env['BAAKI_LOGS'] ?? path.join(dataFolder, 'logs'));
  process.on('uncaughtExceptionMonitor', (error) => log.bug('uncaught', error));
  const version = process.env['BAAKI_VERSION'] ?? '0.0.0';
  const line = lineToMain();
  const clock = process.env['BAAKI_CLOCK'];
  const vaultKey = await vaultKeyFrom(line);
  const engine = await openEngine({
    dataFolder,
    version,
    log: log.write,
    onBug: log.bug,
    ...(vaultKey && { vaultKey }),
    // Main takes it away from a shipped app.
    ...(clock !== undefined && { startsAt: Number(clock) }),
  });
  log.write('engine-open');
  serve(line, engine);
}

void main();
