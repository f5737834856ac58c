import { describe, expect, it } from 'vitest';
import { takeTurn, waitingAt, type Turn } from '../../../../src-engine/adapters/tally/queue.ts';

let nextPort = 20_000;

function lane(): { readonly host: string; readonly port: number } {
  nextPort += 1;
  return { host: '127.0.0.1', port: nextPort };
}

type Wish = Partial<Parameters<typeof takeTurn>[0]>;

async function turnAt(
  address: { readonly host: string; readonly port: number },
  wish: Wish = {},
): Promise<Turn> {
  const answer = await takeTurn({ address, isPatient: false, patienceMs: 60_000, ...wish });
  if (!('turn' in answer)) throw new Error('Silence instead of a turn.');
  return answer.turn;
}

function later(milliseconds = 5): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

describe('the line before a Tally', () => {
  it('lets one speak at a time, in the order of coming', async () => {
    const address = lane();
    const order: string[] = [];
    let speaking = 0;
    const speak = async (name: string): Promise<void> => {
      const turn = await turnAt(address);
      speaking += 1;
      expect(speaking).toBe(1);
      order.push(name);
      await later(1);
      speaking -= 1;
      turn.done();
    };
    await Promise.all(['a', 'b', 'c', 'd'].map(speak));
    expect(order).toEqual(['a', 'b', 'c', 'd']);
    expect(waitingAt(address)).toBe(0);
  });

  it('lets those who look on go before patient ones, and keeps both orders', async () => {
    const address = lane();
    const order: string[] = [];
    const first = await turnAt(address);
    const speak = async (name: string, isPatient: boolean): Promise<void> => {
      const turn = await turnAt(address, { isPatient });
      order.push(name);
      turn.done();
    };
    const all = [speak('p1', true), speak('u1', false), speak('p2', true), speak('u2', false)];
    first.done();
    await Promise.all(all);
    expect(order).toEqual(['u1', 'u2', 'p1', 'p2']);
  });

  it('knows this machine by all its names, and other ports as other Tallys', async () => {
    const { port } = lane();
    const first = await turnAt({ host: 'localhost', port });
    let isSecond = false;
    const second = turnAt({ host: '127.0.0.1', port }).then((turn) => {
      isSecond = true;
      return turn;
    });
    const elsewhere = await turnAt({ host: '127.0.0.1', port: port + 20_000 });
    await later();
    expect(isSecond).toBe(false);
    first.done();
    (await second).done();
    elsewhere.done();
  });

  it('forgets at once who gives up while waiting, and rejects with his reason', async () => {
    const address = lane();
    const first = await turnAt(address);
    const stop = new AbortController();
    const waiting = turnAt(address, { signal: stop.signal });
    const behind = turnAt(address);
    expect(waitingAt(address)).toBe(2);
    stop.abort(new Error('Closed the screen.'));
    await expect(waiting).rejects.toThrow('Closed the screen.');
    expect(waitingAt(address)).toBe(1);
    first.done();
    (await behind).done();
    await expect(turnAt(address, { signal: stop.signal })).rejects.toThrow('Closed the screen.');
  });

  it('keeps the address occupied until what was left there is answered', async () => {
    const address = lane();
    const first = await turnAt(address);
    first.sent();
    let speak: (hasSpoken: boolean) => void = () => undefined;
    first.left(new Promise((resolve) => (speak = resolve)));
    let isSecond = false;
    const second = turnAt(address).then((turn) => {
      isSecond = true;
      return turn;
    });
    await later(20);
    expect(isSecond).toBe(false);
    speak(true);
    const turn = await second;
    expect(turn.silentMs()).toBe(0);
    turn.done();
  });

  it('tells who waits for a silent Tally how long it has been silent, and the next one too', async () => {
    const address = lane();
    const first = await turnAt(address);
    first.sent();
    let speak: (hasSpoken: boolean) => void = () => undefined;
    first.left(new Promise((resolve) => (speak = resolve)));
    const waited = await takeTurn({ address, isPatient: false, patienceMs: 40 });
    expect('silentMs' in waited && waited.silentMs).toBeGreaterThanOrEqual(39);
    speak(false);
    const next = await turnAt(address);
    next.sent();
    expect(next.silentMs()).toBeGreaterThanOrEqual(39);
    next.heard();
    expect(next.silentMs()).toBe(0);
    next.done();
  });

  it('lets a caller wait as long as it takes behind requests that are answered', async () => {
    const address = lane();
    const first = await turnAt(address);
    first.sent();
    first.heard();
    const waiting = takeTurn({ address, isPatient: false, patienceMs: 10 });
    await later(60);
    expect(waitingAt(address)).toBe(1);
    first.done();
    const answer = await waiting;
    expect('turn' in answer).toBe(true);
    if ('turn' in answer) answer.turn.done();
  });
});
