import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import net from 'node:net';
import os, { tmpdir } from 'node:os';
import path from 'node:path';
import { ended, freePorts, listens, tethered } from '../processes.ts';

/** Two telephones of real SIP software: the calling service's and the customer's, which answers by itself. */
export type Phones = {
  /** Rings the customer; resolves with the key he pressed, or null when he pressed none. */
  readonly call: (text: string) => Promise<{ readonly key: string | null; readonly isAnswered: boolean }>;
  /** What the customer does in the next call. */
  readonly customerPresses: (key: string | null) => void;
  readonly stop: () => Promise<void>;
};

const NEEDS = ['/usr/bin/baresip', '/usr/bin/espeak-ng', '/usr/bin/sox'] as const;

/** Why no call can be made here; null = one can. */
export function phonesMissing(): string | null {
  if (process.platform !== 'linux') return 'SIP telephones are started on Linux only';
  if (!NEEDS.every((one) => existsSync(one))) return 'Debian packages missing: baresip-core, espeak-ng, sox';
  return addressOf() === null ? 'there is no network address but loopback, which baresip leaves out' : null;
}

function addressOf(): { readonly name: string; readonly address: string } | null {
  for (const [name, all] of Object.entries(os.networkInterfaces())) {
    const found = all?.find((one) => one.family === 'IPv4' && !one.internal);
    if (found) return { name, address: found.address };
  }
  return null;
}

type Event = { readonly event?: boolean; readonly type?: string; readonly param?: string };

export async function startPhones(): Promise<Phones> {
  const folder = mkdtempSync(path.join(tmpdir(), 'baaki-sip-'));
  const place = addressOf();
  if (!place) throw new Error('No address to call at.');
  const [sipA = 0, sipB = 0, controlA = 0, controlB = 0] = await freePorts(4);
  const voice = path.join(folder, 'prompt.wav');
  speak('एक दबाएँ', voice);
  const start = (name: string, sip: number, control: number): ReturnType<typeof tethered> => {
    const home = path.join(folder, name);
    mkdirSync(home);
    writeFileSync(path.join(home, 'config'), configOf({ home, sip, control, voice, ...place }));
    writeFileSync(
      path.join(home, 'accounts'),
      `<sip:${name}@${place.address}:${sip}>;regint=0;answermode=auto\n`,
    );
    writeFileSync(path.join(home, 'contacts'), '');
    return tethered('/usr/bin/baresip', ['-f', home]);
  };
  const children = [start('ivr', sipA, controlA), start('customer', sipB, controlB)];
  await Promise.all([listens(controlA), listens(controlB)]);
  const [ivr, customer] = [await controlOf(controlA), await controlOf(controlB)];
  let pressed: string | null = null;
  customer.hear(({ type }) => {
    if (type === 'CALL_ESTABLISHED' && pressed !== null)
      setTimeout(() => customer.say('sndcode', pressed ?? ''), 300);
  });
  return {
    customerPresses: (key) => {
      pressed = key;
    },
    call: async (text) => {
      speak(text, voice);
      return ringUp(ivr, `sip:customer@${place.address}:${sipB}`);
    },
    stop: async () => {
      ivr.close();
      customer.close();
      await Promise.all(children.map(ended));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const CALL_MS_MOST = 6_000;
const KEY_MS_MOST = 2_500;

type Control = {
  readonly say: (command: string, params: string) => void;
  readonly hear: (listener: (event: Event) => void) => () => void;
  readonly close: () => void;
};

function ringUp(ivr: Control, to: string): ReturnType<Phones['call']> {
  return new Promise((resolve) => {
    let isAnswered = false;
    let timer = setTimeout(() => end(null), CALL_MS_MOST);
    const end = (key: string | null): void => {
      clearTimeout(timer);
      silence();
      ivr.say('hangup', '');
      resolve({ key, isAnswered });
    };
    const silence = ivr.hear(({ type, param }) => {
      if (type === 'CALL_ESTABLISHED') {
        isAnswered = true;
        clearTimeout(timer);
        timer = setTimeout(() => end(null), KEY_MS_MOST);
      }
      if (type === 'CALL_DTMF_START') end(param ?? null);
      if (type === 'CALL_CLOSED') end(null);
    });
    ivr.say('dial', to);
  });
}

/** The control port speaks JSON in netstrings: '<length>:<json>,'. */
function controlOf(port: number): Promise<Control> {
  const socket = net.connect(port, '127.0.0.1');
  const listeners = new Set<(event: Event) => void>();
  let held = '';
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    held += text;
    for (let match = /^(\d+):/.exec(held); match; match = /^(\d+):/.exec(held)) {
      const from = match[0].length;
      const to = from + Number(match[1]);
      if (held.length < to + 1) return;
      const event: Event = JSON.parse(held.slice(from, to));
      held = held.slice(to + 1);
      if (event.event) for (const listener of listeners) listener(event);
    }
  });
  return new Promise((resolve) => {
    socket.once('connect', () =>
      resolve({
        say: (command, params) => {
          const json = JSON.stringify({ command, params });
          socket.write(`${Buffer.byteLength(json)}:${json},`);
        },
        hear: (listener) => {
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
        close: () => void socket.destroy(),
      }),
    );
  });
}

/** Speech of 8 kHz, as telephones carry it. */
function speak(text: string, file: string): void {
  const raw = `${file}.raw.wav`;
  execFileSync('/usr/bin/espeak-ng', ['-v', 'hi', '-w', raw, text]);
  execFileSync('/usr/bin/sox', [raw, '-r', '8000', '-c', '1', '-b', '16', file, 'pad', '0', '5']);
}

type PhonePlan = {
  readonly home: string;
  readonly sip: number;
  readonly control: number;
  readonly voice: string;
  readonly name: string;
  readonly address: string;
};

function configOf({ home, sip, control, voice, name, address }: PhonePlan): string {
  return `poll_method epoll
sip_listen ${address}:${sip}
call_max_calls 4
audio_player aufile,${home}/heard.wav
audio_source aufile,${voice}
audio_alert aufile,${home}/alert.wav
ausrc_srate 8000
auplay_srate 8000
ausrc_channels 1
auplay_channels 1
module_path /usr/lib/baresip/modules
module g711.so
module aufile.so
module ausine.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
module_app contact.so
ctrl_tcp_listen 127.0.0.1:${control}
net_interface ${name}
rtp_timeout 60
`;
}
