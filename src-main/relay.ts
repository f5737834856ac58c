// Ties each window's port to the engine. Main only carries: it reads none of what passes.
import type { MessagePortMain } from 'electron';
import type { FromEngine, ToEngine } from './engine-process.ts';

type DataMessage = Exclude<FromEngine, { readonly type: 'ready' }>;

export type Relay = {
  readonly connect: (port: MessagePortMain) => void;
  readonly deliver: (message: DataMessage) => void;
  /** Closes every port, so that calls under way in the windows reject instead of hanging. */
  readonly closeAll: () => void;
};

export function makeRelay(post: (message: ToEngine) => void, hasEngine: () => boolean): Relay {
  const ports = new Map<number, MessagePortMain>();
  let lastConnection = 0;
  return {
    connect: (port) => {
      // An engine that has been given up on answers nobody: the window learns it at once.
      if (!hasEngine()) return port.close();
      const connection = ++lastConnection;
      ports.set(connection, port);
      port.on('message', ({ data }) => post({ connection, data }));
      port.on('close', () => {
        // Not there any more when it was us who closed it: then the engine it spoke to is gone.
        if (ports.delete(connection)) post({ connection, closed: true });
      });
      port.start();
    },
    deliver: ({ connection, data }) => ports.get(connection)?.postMessage(data),
    closeAll: () => {
      const open = [...ports.values()];
      ports.clear();
      for (const port of open) port.close();
    },
  };
}
