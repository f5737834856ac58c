import type { ExportTable } from '#contract/engine/exports.ts';
import type { Contract } from '#contract/index.ts';
import { PORT_MESSAGE, type Shell } from '#contract/shell.ts';
import {
  createORPCClient,
  ORPCError,
  type ClientContext,
  type ClientLink,
  type ClientOptions,
  type InferClientErrorUnion,
} from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { QueryClient, keepPreviousData } from '@tanstack/react-query';

/** Electron's main process, as the preload script hands it to the window. */
export const shell: Shell = window.baaki;

export type Client = ContractRouterClient<Contract>;
type Link = RPCLink<ClientContext>;

/** A link that is there, or will be: calls made while the engine starts wait for it. */
type Line = { readonly link: Promise<Link>; readonly connect: (link: Link) => void };

let line = newLine();
let port: MessagePort | undefined;
const onConnected = new Set<() => void>();

function newLine(): Line {
  const { promise, resolve } = Promise.withResolvers<Link>();
  return { link: promise, connect: resolve };
}

/** Follows the engine: fetches a fresh port whenever it runs anew. Called once, by main.tsx. */
export function connectToEngine(): void {
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    const [next] = event.ports;
    if (event.source === window && isPortMessage(event.data) && next) takePort(next);
  });
  let wasRunning = true;
  shell.onEngineState(({ state }) => {
    const isRunning = state === 'running';
    if (isRunning && !wasRunning) shell.connect();
    if (!isRunning) dropPort();
    wasRunning = isRunning;
  });
  shell.connect();
}

function isPortMessage(message: unknown): boolean {
  return (
    typeof message === 'object' && message !== null && 'type' in message && message.type === PORT_MESSAGE
  );
}

function takePort(next: MessagePort): void {
  dropPort();
  port = next;
  next.addEventListener('close', () => {
    if (port === next) dropPort();
  });
  line.connect(new RPCLink({ port: next }));
  next.start();
  for (const listener of onConnected) listener();
}

/** Closing our own end fires no event at it, so the link is told by hand: its pending calls then reject. */
function dropPort(): void {
  if (!port) return;
  const old = port;
  port = undefined;
  line = newLine();
  old.dispatchEvent(new Event('close'));
  old.close();
}

/** Runs at every new connection (the first one too); returns how to stop. */
export function onEngineConnected(listener: () => void): () => void {
  onConnected.add(listener);
  return () => onConnected.delete(listener);
}

const link: ClientLink<ClientContext> = {
  call: async (path: readonly string[], input: unknown, options: ClientOptions<ClientContext>) =>
    (await line.link).call(path, input, options),
};

export const client: Client = createORPCClient(link);
export const orpc = createTanstackQueryUtils(client);

/** Facts change only when the engine says so (see watch.ts), hence nothing goes stale by time. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: false,
      staleTime: Infinity,
      gcTime: 10 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      networkMode: 'always',
      placeholderData: keepPreviousData,
    },
    mutations: { retry: false, networkMode: 'always' },
  },
});

type DoorError = Extract<InferClientErrorUnion<Client>, { readonly defined: boolean }>;

type DataOf<Code> = Extract<DoorError, { readonly code: Code }>['data'];

/** An error of a call, told by kind: the kit shows this shape without knowing the client. */
export type CallProblem =
  | { readonly kind: 'refused'; readonly refusal: DataOf<'REFUSED'> }
  | ({ readonly kind: 'failed' } & DataOf<'FAILED'>)
  | { readonly kind: 'no-book' }
  | { readonly kind: 'broken'; readonly errorId: string | null };

export function problemOf(error: unknown): CallProblem {
  if (!(error instanceof ORPCError) || !error.defined) return { kind: 'broken', errorId: null };
  const known: DoorError = error;
  switch (known.code) {
    case 'REFUSED':
      return { kind: 'refused', refusal: known.data };
    case 'FAILED':
      return { kind: 'failed', ...known.data };
    case 'NO_BOOK':
      return { kind: 'no-book' };
    case 'INTERNAL':
      return { kind: 'broken', errorId: known.data.errorId };
    default:
      return { kind: 'broken', errorId: null };
  }
}

/** Has the engine write a table to a file that the user named; the problem when it could not. */
export async function writeTable(
  path: string,
  format: 'xlsx' | 'csv',
  table: ExportTable,
): Promise<CallProblem | null> {
  try {
    await client.exports.write({ path, format, table });
    return null;
  } catch (error) {
    return problemOf(error);
  }
}
