import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';

/** An operator's SMPP door: numbers that end in certain digits fail in one way each. */
export type FakeSmsc = {
  readonly port: number;
  readonly accepted: readonly Submitted[];
  /** The next submit is taken and the connection broken before its answer. */
  readonly breakNext: () => void;
  /**
   * A customer writes to the business, over the session that is bound first. Answers the status with which it was taken;
   * null where the session ended before.
   */
  readonly write: (from: string, text: string) => Promise<number | null>;
  readonly close: () => Promise<void>;
};

export type Submitted = {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly entityId: string;
  readonly templateId: string;
  readonly isPart: boolean;
};

type Pdu = Record<string, unknown> & {
  readonly command: string;
  readonly response: (fields?: object) => unknown;
};
type Session = {
  readonly on: (event: string, listener: (pdu: Pdu) => void) => void;
  readonly send: (pdu: unknown) => void;
  readonly deliver_sm: (fields: object, answered?: (answer: Pdu) => void) => void;
  readonly close: () => void;
  readonly destroy: () => void;
};
type Server = {
  readonly listen: (port: number, host: string, done: () => void) => void;
  readonly address: () => AddressInfo;
  readonly close: (done: () => void) => void;
};
// The package brings no types; what is used of its server stands here.
const library = createRequire(import.meta.url)('smpp') as unknown as {
  readonly createServer: (taken: (session: Session) => void) => Server;
  readonly addTLV: (name: string, tlv: object) => void;
  readonly types: { readonly tlv: { readonly cstring: unknown } };
};

const [BIND_FAILED, BAD_NUMBER, THROTTLED] = [13, 11, 88];
/** SMPP 3.4 allows a password of eight letters; Kannel cuts a longer one off. */
export const SMSC = { user: 'anita', password: 'smpp-pw' };

const cstring = { type: library.types.tlv.cstring };
library.addTLV('dlt_pe_id', { id: 0x1400, ...cstring });
library.addTLV('dlt_template_id', { id: 0x1401, ...cstring });

export async function startFakeSmsc(): Promise<FakeSmsc> {
  const accepted: Submitted[] = [];
  const sessions = new Set<Session>();
  let isBreaking = false;

  function submit(session: Session, pdu: Pdu): void {
    const to = String(pdu['destination_addr']);
    if (to.endsWith('0000')) return session.send(pdu.response({ command_status: BAD_NUMBER }));
    if (to.endsWith('9999')) return session.send(pdu.response({ command_status: THROTTLED }));
    const id = `M${accepted.length + 1}`;
    const { isPart, text } = textOf(pdu);
    const [from, entityId, templateId] = ['source_addr', 'dlt_pe_id', 'dlt_template_id'].map((key) =>
      wordOf(pdu[key]),
    );
    accepted.push({
      id,
      to,
      from: from ?? '',
      text,
      entityId: entityId ?? '',
      templateId: templateId ?? '',
      isPart,
    });
    if (isBreaking) {
      isBreaking = false;
      return session.destroy();
    }
    session.send(pdu.response({ message_id: id }));
    if (pdu['registered_delivery'] !== 0) setTimeout(() => report(session, pdu, id), 20);
  }

  function report(session: Session, pdu: Pdu, id: string): void {
    const isBad = String(pdu['destination_addr']).endsWith('1111');
    const [stat, err] = isBad ? ['UNDELIV', '650'] : ['DELIVRD', '000'];
    session.deliver_sm({
      source_addr: pdu['destination_addr'],
      destination_addr: pdu['source_addr'],
      esm_class: 4,
      short_message: `id:${id} sub:001 dlvrd:001 submit date:2611220100 done date:2611220101 stat:${stat} err:${err} text:`,
      receipted_message_id: id,
      message_state: isBad ? 5 : 2,
    });
  }

  const server = library.createServer((session) => {
    session.on('error', () => undefined);
    session.on('close', () => void sessions.delete(session));
    session.on('pdu', (pdu) => {
      if (pdu.command.startsWith('bind_')) {
        const isKnown = pdu['system_id'] === SMSC.user && pdu['password'] === SMSC.password;
        session.send(pdu.response(isKnown ? { system_id: 'SIM' } : { command_status: BIND_FAILED }));
        if (isKnown) sessions.add(session);
      } else if (pdu.command === 'submit_sm') submit(session, pdu);
      else if (pdu.command === 'enquire_link') session.send(pdu.response());
      else if (pdu.command === 'unbind') {
        session.send(pdu.response());
        session.close();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    accepted,
    breakNext: () => {
      isBreaking = true;
    },
    write: (from, text) => {
      const fields = { source_addr: from, destination_addr: 'ANITAS', esm_class: 0, short_message: text };
      const [session] = sessions;
      if (!session) return Promise.reject(new Error('Nobody is bound.'));
      return new Promise((resolve) => {
        session.on('close', () => resolve(null));
        session.deliver_sm(fields, (answer) => resolve(Number(answer['command_status'])));
      });
    },
    close: () =>
      new Promise((resolve) => {
        for (const session of sessions) session.destroy();
        server.close(resolve);
      }),
  };
}

function textOf(pdu: Pdu): { readonly text: string; readonly isPart: boolean } {
  const short = pdu['short_message'] as { message?: unknown; udh?: unknown } | undefined;
  const payload = pdu['message_payload'] as { message?: unknown } | string | undefined;
  const message = short?.message || (typeof payload === 'object' ? payload.message : payload);
  const isPart = short?.udh !== undefined;
  if (Buffer.isBuffer(message)) return { text: message.toString('utf8'), isPart };
  return { text: wordOf(message), isPart };
}

function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
