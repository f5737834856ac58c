// A real server of updates: latest-linux.yml beside the file that it lists, over HTTP on this machine.
import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

export type UpdateServer = {
  readonly address: string;
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
};

export type Offer = {
  readonly version: string;
  readonly file: Buffer;
  /** What the server hands out in its place: a file that somebody changed after it was listed. */
  readonly handedOut?: Buffer;
};

const listName = process.platform === 'linux' ? 'latest-linux.yml' : 'latest.yml';
export const fileName = process.platform === 'linux' ? 'Baaki.AppImage' : 'Baaki.exe';

function listOf({ version, file }: Offer): string {
  const sha512 = createHash('sha512').update(file).digest('base64');
  return [
    `version: ${version}`,
    'files:',
    `  - url: ${fileName}`,
    `    sha512: ${sha512}`,
    `    size: ${file.length}`,
    `path: ${fileName}`,
    `sha512: ${sha512}`,
    "releaseDate: '2026-01-01T00:00:00.000Z'",
    '',
  ].join('\n');
}

function closing(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

export async function serveUpdate(offer: Offer): Promise<UpdateServer> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname.slice(1));
    if (pathname === `/${listName}`) return response.end(listOf(offer));
    if (pathname === `/${fileName}`) return response.end(offer.handedOut ?? offer.file);
    return response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}/`, asked, close: () => closing(server) };
}

/** The address of a server that was there and is gone. */
export async function goneServer(): Promise<string> {
  const server = await serveUpdate({ version: '99.0.0', file: Buffer.from('') });
  await server.close();
  return server.address;
}
