import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** A port that can be shut and opened again while the same Tally lives on. */
export type Listener = {
  readonly port: () => number;
  readonly listen: () => Promise<void>;
  /** Nobody new is let in; who is in stays. */
  readonly shut: () => void;
  /** Opens again after so long, unless it was opened or ended before. */
  readonly reopenAfter: (milliseconds: number) => void;
  /** Shut, and everybody thrown out. */
  readonly drop: () => void;
};

const KEEP_ALIVE_MILLISECONDS = 60_000;

export function listenerOf(
  { host, port }: { readonly host: string; readonly port: number },
  take: (request: IncomingMessage, response: ServerResponse) => void,
): Listener {
  const sockets = new Set<Socket>();
  let server: Server | null = null;
  let actual = port;
  let timer: NodeJS.Timeout | undefined;

  const listen = async (): Promise<void> => {
    clearTimeout(timer);
    if (server) return;
    const made = createServer(take);
    server = made;
    made.keepAliveTimeout = KEEP_ALIVE_MILLISECONDS;
    made.on('connection', (socket) => {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
      socket.on('error', () => undefined);
    });
    await new Promise<void>((resolve, reject) => {
      made.once('error', reject);
      made.listen(actual, host, resolve);
    });
    const address = made.address();
    if (address !== null && typeof address === 'object') actual = address.port;
  };

  const shut = (): void => {
    clearTimeout(timer);
    server?.close();
    server = null;
  };

  return {
    port: () => actual,
    listen,
    shut,
    reopenAfter: (milliseconds) => {
      timer = setTimeout(() => void listen(), milliseconds).unref();
    },
    drop: () => {
      shut();
      for (const socket of sockets) socket.resetAndDestroy();
    },
  };
}

/** Null where the client was gone before it had said all. */
export async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  try {
    for await (const part of request) if (Buffer.isBuffer(part)) parts.push(part);
    return Buffer.concat(parts);
  } catch {
    return null;
  }
}
