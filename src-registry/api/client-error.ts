import type { Socket } from 'node:net';
import { ProblemError, problemOf, statusOf } from './problem.ts';

/** What is no HTTP, or too slow or too long in its headers: there is no request yet that could be answered. */
export function onClientError(error: Error & { readonly code?: string }, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const problem = new ProblemError('bad_request', 'The request is not understood.');
    const body = JSON.stringify(problemOf(problem));
    const head = [
      `HTTP/1.1 ${statusOf(problem.code)} Bad Request`,
      'content-type: application/problem+json; charset=utf-8',
      `content-length: ${Buffer.byteLength(body)}`,
      'connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroySoon();
}
