import tls from 'node:tls';
import type { MadeCertificate } from './certificate.ts';

export type ScriptedImap = {
  readonly port: number;
  /** What each sign-in carried, decoded. */
  readonly signIns: readonly string[];
  readonly close: () => Promise<void>;
};

export type ScriptedImapWish = {
  readonly certificate: MadeCertificate;
  readonly admits: (carried: string) => boolean;
};

const CAPABILITY = 'CAPABILITY IMAP4rev1 SASL-IR AUTH=XOAUTH2';

const inbox = ['FLAGS (\\Seen)', '0 EXISTS', 'OK [UIDVALIDITY 1] Ok', 'OK [UIDNEXT 1] Ok'];

/** An empty inbox over TLS that lets in by XOAUTH2 only (RFC 3501, RFC 4959). */
export async function startScriptedImap({ certificate, admits }: ScriptedImapWish): Promise<ScriptedImap> {
  const signIns: string[] = [];
  const sockets = new Set<tls.TLSSocket>();
  const server = tls.createServer({ cert: certificate.certificate, key: certificate.key }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    let rest = '';
    socket.on('data', (chunk) => {
      const lines = `${rest}${chunk.toString('latin1')}`.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) answer(socket, line);
    });
    socket.write(`* OK [${CAPABILITY}] scripted.test ready\r\n`);
  });
  const answer = (socket: tls.TLSSocket, line: string): void => {
    const [tag = '*', verb = '', , told = ''] = line.split(' ');
    const say = (untagged: readonly string[], end = 'OK Done'): void => {
      socket.write([...untagged.map((one) => `* ${one}`), `${tag} ${end}`].join('\r\n').concat('\r\n'));
    };
    switch (verb.toUpperCase()) {
      case 'AUTHENTICATE': {
        const carried = Buffer.from(told, 'base64').toString('utf8');
        signIns.push(carried);
        return say([], admits(carried) ? `OK [${CAPABILITY}] Signed in` : 'NO Not accepted');
      }
      case 'CAPABILITY':
        return say([CAPABILITY]);
      case 'LIST':
        return say(['LIST (\\HasNoChildren) "/" "INBOX"']);
      case 'SELECT':
      case 'EXAMINE':
        return say(inbox, 'OK [READ-ONLY] Done');
      case 'SEARCH':
      case 'UID':
        return say(['SEARCH']);
      case 'LOGOUT':
        say(['BYE']);
        socket.end();
        return undefined;
      default:
        return say([]);
    }
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : 0,
    signIns,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
