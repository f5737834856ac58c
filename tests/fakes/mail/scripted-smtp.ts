import type net from 'node:net';
import nodeNet from 'node:net';
import tls from 'node:tls';
import type { MadeCertificate } from './certificate.ts';

/** Where in a session the server stands when it acts. 'dot': after the whole mail has come in. */
export type Step = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'body' | 'dot';

/**
 * What it does there instead of the usual. A text is its answer. The three that begin with 'take' belong to 'dot': the
 * mail is taken, as a server does that has written it to its disk, and the answer is lost on the way or mangled.
 */
export type Action =
  'drop' | 'silence' | 'take-drop' | 'take-silence' | 'take-garbage' | `${number} ${string}`;

export type Script = Partial<Readonly<Record<Step, Action>>>;

export type ScriptedSmtp = {
  readonly port: number;
  /** Every mail that this server has made its own: what a customer would get. */
  readonly accepted: readonly { readonly to: string; readonly bytes: string }[];
  /** Connections, also those that only looked at the certificate. */
  readonly sessions: () => number;
  /** AUTH lines as they came: the mechanism and what it carried, decoded. */
  readonly signIns: readonly string[];
  readonly play: (script: Script) => void;
  readonly close: () => Promise<void>;
};

export type ScriptedWish = {
  /** Null: the server has no TLS at all and offers none. */
  readonly certificate: MadeCertificate | null;
  readonly pipelining?: boolean;
  /** Decides over a sign-in by what it carried; without it everybody comes in. */
  readonly admits?: (carried: string) => boolean;
};

/** A mail server over a real socket that keeps to RFC 5321 except where its script says otherwise. */
export async function startScriptedSmtp(wish: ScriptedWish): Promise<ScriptedSmtp> {
  const state: State = { wish, script: {}, accepted: [], signIns: [] };
  const sockets = new Set<net.Socket>();
  let sessions = 0;
  const onSocket = (socket: net.Socket): void => {
    serve(socket, state);
  };
  const server = wish.certificate
    ? tls.createServer({ cert: wish.certificate.certificate, key: wish.certificate.key }, onSocket)
    : nodeNet.createServer(onSocket);
  server.on('connection', (socket: net.Socket) => {
    sessions += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const bound = server.address();
  return {
    port: typeof bound === 'object' && bound ? bound.port : 0,
    accepted: state.accepted,
    sessions: () => sessions,
    signIns: state.signIns,
    play: (script) => {
      state.script = script;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

type State = {
  readonly wish: ScriptedWish;
  script: Script;
  readonly accepted: { to: string; bytes: string }[];
  readonly signIns: string[];
};

type Session = { to: string; body: string | null; isSigningIn: boolean };

function serve(socket: net.Socket, state: State): void {
  const session: Session = { to: '', body: null, isSigningIn: false };
  let rest = '';
  socket.on('error', () => undefined);
  socket.on('data', (chunk) => {
    rest += chunk.toString('latin1');
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (!take(socket, { line, session, state })) return;
    }
  });
  act(socket, state, { step: 'greeting', usual: '220 scripted.test ESMTP' });
}

/** One line of the client; false = the session is over and the rest of the bytes is nobody's. */
function take(
  socket: net.Socket,
  { line, session, state }: { readonly line: string; readonly session: Session; readonly state: State },
): boolean {
  if (session.body !== null) {
    if (line !== '.') {
      session.body += `${line}\r\n`;
      return state.script.body === undefined || act(socket, state, { step: 'body', usual: '' });
    }
    const isTaken = state.script.dot === undefined || state.script.dot.startsWith('take');
    if (isTaken) state.accepted.push({ to: session.to, bytes: session.body });
    session.body = null;
    return act(socket, state, { step: 'dot', usual: '250 2.0.0 Ok: queued as SCRIPT42' });
  }
  if (session.isSigningIn || /^AUTH /i.test(line)) return signIn(socket, { line, session, state });
  const verb = line.split(' ', 1)[0]?.toUpperCase() ?? '';
  switch (verb) {
    case 'EHLO':
      return act(socket, state, { step: 'EHLO', usual: greetingOf(state.wish) });
    case 'MAIL':
      return act(socket, state, { step: 'MAIL', usual: '250 2.1.0 Ok' });
    case 'RCPT':
      session.to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      return act(socket, state, { step: 'RCPT', usual: '250 2.1.5 Ok' });
    case 'DATA': {
      const isRefused = [state.script.MAIL, state.script.RCPT].some((one) => one && /^[45]/.test(one));
      const usual = isRefused ? '554 5.5.1 No valid recipients' : '354 Go ahead';
      const goesOn = act(socket, state, { step: 'DATA', usual });
      if (!isRefused && (state.script.DATA === undefined || /^[23]/.test(state.script.DATA)))
        session.body = '';
      return goesOn;
    }
    case 'QUIT':
      socket.end('221 2.0.0 Bye\r\n');
      return false;
    default:
      socket.write(/^(?:RSET|NOOP)$/.test(verb) ? '250 2.0.0 Ok\r\n' : '502 5.5.2 Not known\r\n');
      return true;
  }
}

function signIn(
  socket: net.Socket,
  { line, session, state }: { readonly line: string; readonly session: Session; readonly state: State },
): boolean {
  // After a refused XOAUTH2 the client answers the server's explanation with an empty line.
  if (session.isSigningIn) {
    session.isSigningIn = false;
    socket.write('535 5.7.8 Username and Password not accepted\r\n');
    return true;
  }
  const [, mechanism = '', told = ''] = line.split(' ');
  const carried = Buffer.from(told, 'base64').toString('utf8');
  state.signIns.push(`${mechanism} ${carried}`);
  if (state.wish.admits?.(carried) === false) {
    session.isSigningIn = mechanism === 'XOAUTH2';
    const why = Buffer.from('{"status":"401"}').toString('base64');
    socket.write(session.isSigningIn ? `334 ${why}\r\n` : '535 5.7.8 Username and Password not accepted\r\n');
    return true;
  }
  return act(socket, state, { step: 'AUTH', usual: '235 2.7.0 Accepted' });
}

function act(
  socket: net.Socket,
  state: State,
  { step, usual }: { readonly step: Step; readonly usual: string },
): boolean {
  const action = state.script[step];
  switch (action) {
    case 'drop':
    case 'take-drop':
      socket.destroy();
      return false;
    case 'silence':
    case 'take-silence':
      return false;
    case 'take-garbage':
      socket.write('<html>bad gateway</html>\r\n');
      return true;
    case undefined:
    default:
      socket.write(`${action ?? usual}\r\n`);
      // Whoever refuses within the body does not wait for its end.
      if (!action?.startsWith('421') && !(action && step === 'body')) return true;
      socket.end();
      return false;
  }
}

function greetingOf({ pipelining = false }: ScriptedWish): string {
  const extensions = [
    'scripted.test',
    ...(pipelining ? ['PIPELINING'] : []),
    'SIZE 20000000',
    '8BITMIME',
    'DSN',
  ];
  return [...extensions.map((one) => `250-${one}`), '250 AUTH PLAIN XOAUTH2'].join('\r\n');
}
