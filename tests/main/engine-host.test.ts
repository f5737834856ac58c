// The host over real child processes: the echo engine, and small scripts that fail in one way each.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EngineState } from '#contract/shell.ts';
import { makeEngineHost, type EngineHost } from '#main/engine-host.ts';
import { startNodeEngine } from '#main/engine-node.ts';
import { isFromEngine } from '#main/engine-process.ts';

const echo = path.resolve(import.meta.dirname, '../e2e/echo-engine/engine.mjs');

let folder: string;
let running: EngineHost[];
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'baaki-host-'));
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((host) => host.stop()));
  rmSync(folder, { recursive: true, force: true });
});

type Witness = {
  readonly host: EngineHost;
  readonly states: EngineState[];
  readonly said: unknown[];
  gone: number;
};

function start(script: string, node: string | undefined = process.execPath): Witness {
  const states: EngineState[] = [];
  const said: unknown[] = [];
  const witness = { states, said, gone: 0 };
  const env = { PATH: process.env['PATH'] ?? '', ...(node !== undefined && { BAAKI_NODE: node }) };
  const host = makeEngineHost(
    startNodeEngine,
    { script, env },
    {
      onState: (state) => states.push(state),
      onData: (message) => said.push(message),
      onGone: () => witness.gone++,
    },
  );
  running.push(host);
  host.start();
  return Object.assign(witness, { host });
}

function scriptOf(text: string): string {
  const file = path.join(folder, 'engine.mjs');
  writeFileSync(file, text);
  return file;
}

const patient = { timeout: 15_000, interval: 20 };
const until = (check: () => boolean): Promise<void> => expect.poll(check, patient).toBe(true);

describe('an engine that is well', () => {
  it('is not started any more once it was told to stop', async () => {
    const said: unknown[] = [];
    const listeners = {
      onState: () => undefined,
      onData: (it: unknown) => said.push(it),
      onGone: () => undefined,
    };
    const env = { PATH: process.env['PATH'] ?? '', BAAKI_NODE: process.execPath };
    const host = makeEngineHost(startNodeEngine, { script: echo, env }, listeners);
    await host.stop();
    host.start();
    expect(host.pid()).toBeUndefined();
  });

  it('gets what was sent before it was ready, in order', async () => {
    const witness = start(echo);
    expect(witness.host.state().state).toBe('starting');
    witness.host.post({ connection: 1, data: { echo: 'first' } });
    witness.host.post({ connection: 1, data: { echo: 'second' } });
    await until(() => witness.said.length === 2);
    expect(witness.said).toEqual([
      { connection: 1, data: { echo: 'first' } },
      { connection: 1, data: { echo: 'second' } },
    ]);
    expect(witness.host.state()).toEqual({ state: 'running', restartCount: 0, lastExit: null });
  });

  it('is asked to stop and is not started again', async () => {
    const witness = start(echo);
    await until(() => witness.host.state().state === 'running');
    await witness.host.stop();
    expect(witness.gone).toBe(1);
    expect(witness.states.map(({ state }) => state)).toEqual(['running']);
    expect(witness.host.pid()).toBeUndefined();
  });
});

describe('an engine that ends unasked', () => {
  it('is started again after a kill, and what it was sent is not sent to the next', async () => {
    const witness = start(echo);
    await until(() => witness.host.state().state === 'running');
    const pid = witness.host.pid();
    process.kill(pid ?? 0, 'SIGKILL');
    await until(() => witness.host.state().restartCount === 1 && witness.host.state().state === 'running');
    expect(witness.host.state().lastExit).toBe('SIGKILL');
    expect(witness.host.pid()).not.toBe(pid);
    expect(witness.gone).toBe(1);
    expect(witness.states.map(({ state }) => state)).toEqual([
      'running',
      'restarting',
      'restarting',
      'running',
    ]);
  });

  it('is left alone after three restarts within a minute, each later than the one before', async () => {
    const witness = start(scriptOf('process.exit(9)'));
    const at: number[] = [];
    await until(() => {
      if (witness.gone > at.length) at.push(Date.now());
      return witness.host.state().state === 'failed';
    });
    expect(witness.host.state()).toEqual({ state: 'failed', restartCount: 3, lastExit: '9' });
    expect(witness.gone).toBe(4);
    const [first = 0, second = 0, third = 0, fourth = 0] = at;
    expect(third - second).toBeGreaterThan(second - first);
    expect(fourth - third).toBeGreaterThan(third - second);
  });

  it('starts again by hand once it was left alone', async () => {
    const witness = start(scriptOf('process.exit(1)'));
    await until(() => witness.host.state().state === 'failed');
    scriptOf(
      "process.on('disconnect', () => process.exit(0)); process.on('message', () => process.exit(0)); process.send({ type: 'ready' });",
    );
    witness.host.restart();
    await until(() => witness.host.state().state === 'running');
    expect(witness.host.state().restartCount).toBe(4);
  });
});

describe('an engine that cannot be started', () => {
  it('fails with a word for it when its Node is missing', async () => {
    const witness = start(echo, path.join(folder, 'no-such-node'));
    await until(() => witness.host.state().state === 'failed');
    expect(witness.host.state().lastExit).toBe('not-started');
  });
});

describe('stopping', () => {
  it('kills an engine that does not listen, after three seconds', async () => {
    const witness = start(
      scriptOf(
        "process.on('message', () => {}); process.send({ type: 'ready' }); setInterval(() => {}, 1000);",
      ),
    );
    await until(() => witness.host.state().state === 'running');
    const startedAt = Date.now();
    await witness.host.stop();
    expect(Date.now() - startedAt).toBeGreaterThan(2_900);
    expect(Date.now() - startedAt).toBeLessThan(6_000);
  });

  it('forgets a restart that was still to come', async () => {
    const witness = start(scriptOf('process.exit(9)'));
    await until(() => witness.gone === 2);
    await witness.host.stop();
    const { restartCount } = witness.host.state();
    await new Promise((resolve) => setTimeout(resolve, 1_300));
    expect(witness.host.state().restartCount).toBe(restartCount);
    expect(witness.host.pid()).toBeUndefined();
  });
});

it('believes envelopes and nothing else', () => {
  expect(isFromEngine({ type: 'ready' })).toBe(true);
  expect(isFromEngine({ connection: 1, data: undefined })).toBe(true);
  for (const other of [null, 'ready', {}, { type: 'stop' }, { connection: '1', data: 1 }, { connection: 1 }])
    expect(isFromEngine(other)).toBe(false);
});
