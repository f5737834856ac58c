import { Buffer } from 'node:buffer';
import net from 'node:net';
import type { TallyAddress } from '../../../../src-engine/adapters/ports.ts';

/** A request as it arrived: the head as text, the body decoded by its header. */
export type Arrived = {
  readonly method: string;
  readonly head: string;
  readonly body: string;
  readonly id: string;
};

/** Answers one request; `write` takes text (sent as UTF-16LE unless it is a head) or bytes. */
export type Answer = (arrived: Arrived, socket: net.Socket) => void | Promise<void>;

export type ScriptedTally = {
  readonly address: TallyAddress;
  readonly arrived: readonly Arrived[];
  readonly ids: () => readonly string[];
  /** From now on this answers. */
  answer: Answer;
  /** How many requests were under way at the same time at most. */
  readonly mostAtOnce: () => number;
  readonly stop: () => Promise<void>;
};

/** A server of bytes, which knows nothing of Tally but how a request is framed. */
export async function scriptedTally(answer: Answer): Promise<ScriptedTally> {
  const arrived: Arrived[] = [];
  const sockets = new Set<net.Socket>();
  let under = 0;
  let most = 0;
  const server = net.createServer((socket) => {
    let bytes = Buffer.alloc(0);
    let isTaken = false;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      sockets.delete(socket);
      if (isTaken) under -= 1;
    });
    socket.on('data', (chunk) => {
      bytes = Buffer.concat([bytes, Buffer.from(chunk)]);
      const one = isTaken ? null : requestOf(bytes);
      if (!one) return;
      isTaken = true;
      under += 1;
      most = Math.max(most, under);
      arrived.push(one);
      void script.answer(one, socket);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = server.address();
  if (at === null || typeof at === 'string') throw new Error('No port.');
  const script: ScriptedTally = {
    address: { host: '127.0.0.1', port: at.port },
    arrived,
    ids: () => arrived.map(({ id }) => id),
    answer,
    mostAtOnce: () => most,
    stop: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return script;
}

function requestOf(bytes: Buffer): Arrived | null {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return null;
  const head = bytes.toString('latin1', 0, end);
  const length = Number(/content-length: (\d+)/i.exec(head)?.[1] ?? 0);
  if (bytes.length < end + 4 + length) return null;
  const body = new TextDecoder('utf-16le').decode(bytes.subarray(end + 4, end + 4 + length));
  const method = head.slice(0, head.indexOf(' '));
  return { method, head, body, id: method === 'GET' ? 'GET' : (/<ID>(.*?)<\/ID>/.exec(body)?.[1] ?? '?') };
}

/** The whole of a good HTTP answer with this text in UTF-16LE, as bytes. */
export function goodReply(text: string): Buffer {
  const body = Buffer.from(text, 'utf16le');
  return Buffer.concat([headOf(`Content-Length: ${body.length}`), body]);
}

export function headOf(header: string, status = '200 OK'): Buffer {
  return Buffer.from(
    `HTTP/1.1 ${status}\r\nContent-Type: text/xml; charset=utf-16\r\n${header}\r\n\r\n`,
    'latin1',
  );
}

export const GREETING = '<RESPONSE>TallyPrime Server is Running</RESPONSE>\r\n';

/** A collection's reply around its rows. */
export function collectionOf(rows: string): string {
  return (
    '<ENVELOPE>\r\n <HEADER>\r\n  <VERSION>1</VERSION>\r\n  <STATUS>1</STATUS>\r\n </HEADER>\r\n <BODY>\r\n  <DESC>\r\n' +
    '   <CMPINFO>\r\n    <COMPANY>0</COMPANY>\r\n    <LEDGER>36</LEDGER>\r\n    <VOUCHER>18</VOUCHER>\r\n   </CMPINFO>\r\n' +
    `  </DESC>\r\n  <DATA>\r\n   <COLLECTION>\r\n${rows}   </COLLECTION>\r\n  </DATA>\r\n </BODY>\r\n</ENVELOPE>\r\n`
  );
}

export type CompanyWish = {
  readonly name?: string;
  readonly guid?: string;
  readonly number?: string;
  readonly isGroup?: boolean;
  readonly isEducational?: boolean;
  readonly masterCounter?: number;
};

export function companyRow(wish: CompanyWish = {}): string {
  const name = (wish.name ?? 'Asha Traders').replaceAll('&', '&amp;');
  return (
    `    <COMPANY NAME="${name}" RESERVEDNAME="">\r\n     <BOOKSFROM TYPE="Date">20250401</BOOKSFROM>\r\n` +
    `     <NAME TYPE="String">${name}</NAME>\r\n` +
    `     <GUID TYPE="String">${wish.guid ?? '710de34a-3661-4a7b-8148-c2206c3b3e17'}</GUID>\r\n` +
    `     <COMPANYNUMBER TYPE="String">${wish.number ?? '10000'}</COMPANYNUMBER>\r\n` +
    `     <ISAGGREGATE TYPE="Logical">${wish.isGroup ? 'Yes' : 'No'}</ISAGGREGATE>\r\n` +
    `     <ALTVCHID TYPE="Number"> 51</ALTVCHID>\r\n` +
    `     <ALTMSTID TYPE="Number"> ${wish.masterCounter ?? 266}</ALTMSTID>\r\n` +
    `     <ISEDU TYPE="Logical">${wish.isEducational ? 'Yes' : 'No'}</ISEDU>\r\n    </COMPANY>\r\n`
  );
}

export function companiesReply(...companies: readonly CompanyWish[]): string {
  return collectionOf(companies.map(companyRow).join(''));
}
