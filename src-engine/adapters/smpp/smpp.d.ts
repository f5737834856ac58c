// The part of the package's own interface that is used here; it brings no types.
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Socket } from 'node:net';

  export type Pdu = {
    readonly command: string;
    readonly command_status: number;
    readonly message_id?: string;
    readonly esm_class?: number;
    readonly source_addr?: string;
    readonly data_coding?: number;
    readonly receipted_message_id?: string;
    readonly message_state?: number;
    readonly short_message?: { readonly message?: unknown };
    readonly message_payload?: unknown;
    readonly response: (fields?: object) => Pdu;
  };
  export type Session = EventEmitter & {
    readonly socket: Socket;
    readonly send: (pdu: Pdu, answered?: (answer: Pdu) => void) => boolean;
    readonly bind_transceiver: (fields: object, answered: (answer: Pdu) => void) => boolean;
    readonly submit_sm: (fields: object, answered: (answer: Pdu) => void) => boolean;
    readonly unbind: (answered?: (answer: Pdu) => void) => boolean;
    readonly close: (closed?: () => void) => void;
    readonly destroy: (closed?: () => void) => void;
  };
  type Tlv = { readonly id: number; readonly type: unknown };
  type Smpp = {
    readonly connect: (options: object) => Session;
    readonly addTLV: (name: string, tlv: Tlv) => void;
    readonly types: { readonly tlv: { readonly cstring: unknown } };
  };
  const smpp: Smpp;
  export default smpp;
}
