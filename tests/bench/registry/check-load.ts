// Sends requests that were made before, on some connections at once, and tells how long each took. Started by registry-checks.ts.
import net from 'node:net';

export type Load = {
  readonly port: number;
  readonly connections: number;
  /** Whole requests, head and body. */
  readonly requests: readonly string[];
};
export type LoadTold = {
  readonly milliseconds: number;
  /** Of this process, for all of them. */
  readonly cpuMicros: number;
  readonly each: readonly number[];
  /** How often each status came. */
  readonly statuses: Readonly<Record<string, number>>;
  /** The first answer that was not 200. */
  readonly unlike: string;
};

process.on('message', (load: Load) => {
  void run(load).then((told) => process.send?.(told));
});

async function run({ port, connections, requests }: Load): Promise<LoadTold> {
  let next = 0;
  const each: number[] = [];
  const statuses: Record<string, number> = {};
  let unlike = '';
  const take = (): string | undefined => requests[next++];
  const begun = performance.now();
  const before = process.cpuUsage();
  await Promise.all(
    Array.from({ length: connections }, () =>
      lane(port, take, (status, ms, answer) => {
        if (status !== '200' && unlike === '') unlike = answer;
        statuses[status] = (statuses[status] ?? 0) + 1;
        each.push(ms);
      }),
    ),
  );
  const { user, system } = process.cpuUsage(before);
  return { milliseconds: performance.now() - begun, cpuMicros: user + system, each, statuses, unlike };
}

/** One connection, one request after the other. */
function lane(
  port: number,
  take: () => string | undefined,
  told: (status: string, milliseconds: number, answer: string) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1').setNoDelay(true).setEncoding('latin1');
    let answer = '';
    let sentAt = 0;
    const send = (): void => {
      const request = take();
      if (request === undefined) return void socket.end(resolve);
      answer = '';
      sentAt = performance.now();
      socket.write(request);
    };
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (part: string) => {
      answer += part;
      const head = answer.indexOf('\r\n\r\n');
      const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, head + 2))?.[1];
      if (head < 0 || answer.length < head + 4 + Number(length)) return;
      told(answer.slice(9, 12), performance.now() - sentAt, answer);
      send();
    });
  });
}
