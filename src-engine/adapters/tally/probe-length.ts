import { Buffer } from 'node:buffer';
import http from 'node:http';
import type { TallyProbe, TallyTarget } from '../ports.ts';
import { takeTurn } from './queue.ts';
import type { TallyTimings } from './transport-turn.ts';

/** Whether a reply says how long it is. Its head is of interest, so the usual way, which hands on the body, is not gone. */
export async function replyLength(
  on: TallyTarget,
  text: string,
  timings: TallyTimings,
): Promise<Pick<TallyProbe, 'answer' | 'evidence'>> {
  const { address, signal } = on;
  const answer = await takeTurn({ address, signal, isPatient: false, patienceMs: timings.urgentSilenceMs });
  if ('silentMs' in answer) return { answer: 'not-asked', evidence: { reason: 'it said nothing' } };
  answer.turn.sent();
  const head = await headOf(on, text, timings.urgentSilenceMs).finally(() => answer.turn.done());
  if (head === null) return { answer: 'unclear', evidence: { reason: 'it said nothing' } };
  const isStated = head['content-length'] !== undefined;
  return {
    answer: isStated ? 'yes' : 'no',
    evidence: { inPieces: head['transfer-encoding'] === 'chunked' ? 'yes' : 'no' },
  };
}

function headOf(
  { address: { host, port }, signal }: TallyTarget,
  text: string,
  timeout: number,
): Promise<http.IncomingHttpHeaders | null> {
  const body = Buffer.from(text, 'utf16le');
  const headers = { 'Content-Type': 'text/xml;charset=utf-16', 'Content-Length': body.length };
  return new Promise((resolve) => {
    const request = http.request({ host, port, path: '/', method: 'POST', agent: false, headers, timeout });
    request.on('response', (response) => {
      response.on('close', () => resolve(response.headers));
      response.resume();
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(null));
    signal?.addEventListener('abort', () => request.destroy(), { once: true });
    request.end(body);
  });
}
