import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { bentReply, decodeBody, type Coding } from './bytes.ts';
import { costOf, type CostModel } from './cost.ts';
import type { Fault, FaultsTaken, RequestKind } from './faults.ts';
import { ModalDialog } from './formula.ts';
import type { RequestRecord } from './index.ts';
import { listenerOf, readBody, type Listener } from './listener.ts';
import { readRequest, type TallyWish } from './request.ts';
import { answer, kindOf, TallyCrash } from './respond.ts';
import { send } from './send.ts';
import type { Session } from './session.ts';
import { plainReply, UNKNOWN_REQUEST, type Reply } from './wire.ts';

export type RunningServer = {
  readonly port: number;
  readonly host: string;
  readonly requests: RequestRecord[];
  readonly forgetRequests: () => void;
  readonly busyMost: () => number;
  readonly isCrashed: () => boolean;
  readonly dismiss: () => void;
  readonly restart: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

type Wish = {
  readonly port: number;
  readonly host: string;
  readonly cost: CostModel | null;
  readonly session: Session;
  readonly faults: FaultsTaken;
};

/** What goes on inside one Tally. A life ends with a crash, a stop or a new start; work of an old life is dropped. */
type Machine = {
  readonly wish: Wish;
  readonly listener: Listener;
  readonly requests: RequestRecord[];
  life: AbortController;
  served: number;
  inWork: number;
  inWorkMost: number;
  isCrashed: boolean;
  dismiss: (() => void) | null;
};

type Turn = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly body: Buffer;
  readonly at: number;
};

const GREETINGS = {
  erp9: 'Tally.ERP 9',
  prime2: 'TallyPrime',
  prime4: 'TallyPrime',
  prime7: 'TallyPrime',
} as const;
const BUSY_MILLISECONDS = 10_000;

export async function startServer(wish: Wish): Promise<RunningServer> {
  let queue: Promise<void> = Promise.resolve();
  const listener = listenerOf(wish, (request, response) => {
    const at = performance.now();
    const { life } = machine;
    void readBody(request).then((body) => {
      // One at a time, GET / too, in the order they came in.
      queue = queue.then(async () => {
        if (!life.signal.aborted && body !== null) await serve(machine, { request, response, body, at });
      });
    });
  });
  const machine: Machine = {
    wish,
    listener,
    requests: [],
    life: new AbortController(),
    served: 0,
    inWork: 0,
    inWorkMost: 0,
    isCrashed: false,
    dismiss: null,
  };
  await listener.listen();
  return {
    get port() {
      return listener.port();
    },
    host: wish.host,
    requests: machine.requests,
    forgetRequests: () => void machine.requests.splice(0),
    busyMost: () => machine.inWorkMost,
    isCrashed: () => machine.isCrashed,
    dismiss: () => machine.dismiss?.(),
    restart: async () => {
      goDown(machine);
      await queue;
      Object.assign(machine, { isCrashed: false, served: 0 });
      await listener.listen();
    },
    stop: async () => {
      goDown(machine);
      await queue;
    },
  };
}

function goDown(machine: Machine): void {
  machine.life.abort();
  machine.life = new AbortController();
  machine.listener.drop();
  machine.dismiss?.();
}

async function serve(machine: Machine, turn: Turn): Promise<void> {
  const { request, response, body } = turn;
  const began = performance.now();
  machine.inWork += 1;
  machine.inWorkMost = Math.max(machine.inWorkMost, machine.inWork);
  const isPost = request.method === 'POST';
  const decoded = isPost ? decodeBody(body, request.headers['content-type'] ?? '') : null;
  const tally: TallyWish = decoded ? readRequest(decoded.text) : { type: 'unknown' };
  const kind: RequestKind = isPost ? kindOf(tally) : 'greeting';
  const faults = machine.wish.faults.take(kind);
  const coding: Coding = faults.some((fault) => fault.kind === 'latin1')
    ? 'latin1'
    : (decoded?.coding ?? 'ascii');
  let sent = { byteCount: 0, rowCount: 0 };
  try {
    sent = await work(machine, turn, { tally, kind, faults, coding, began });
  } catch (failure) {
    await endBadly(machine, response, failure);
  }
  machine.inWork -= 1;
  const endedAt = performance.now();
  machine.requests.push({
    number: machine.requests.length + 1,
    kind,
    id: tally.type === 'unknown' ? '' : tally.id,
    company: tally.type === 'unknown' ? null : tally.variables.company,
    body: decoded?.text ?? '',
    requestByteCount: body.length,
    at: turn.at,
    endedAt,
    milliseconds: endedAt - began,
    faults,
    ...sent,
    isAbandoned: response.destroyed && !response.writableFinished,
  });
}

type Job = {
  readonly tally: TallyWish;
  readonly kind: RequestKind;
  readonly faults: readonly Fault[];
  readonly coding: Coding;
  readonly began: number;
};

async function work(
  machine: Machine,
  { request, response }: Turn,
  job: Job,
): Promise<{ readonly byteCount: number; readonly rowCount: number }> {
  const { faults, coding, began } = job;
  const nothing = { byteCount: 0, rowCount: 0 };
  const { life } = machine;
  await wait(
    life,
    faults.reduce((total, fault) => total + delayOf(fault), 0),
  );
  const refused = faults.find((fault) => fault.kind === 'refused');
  if (refused) {
    request.socket.resetAndDestroy();
    refuse(machine, refused);
    return nothing;
  }
  if (has(faults, 'crash')) throw new TallyCrash('fault');
  if (has(faults, 'silence')) throw new ModalDialog('fault');
  for (const fault of faults) if (fault.kind === 'before') fault.act();
  const { reply, milliseconds } = makeReply(machine, job);
  // The work goes on whether the client still listens or not.
  await wait(life, milliseconds - (performance.now() - began));
  if (life.signal.aborted) return nothing;
  const next = machine.wish.faults.refusesNext();
  if (next) {
    // The port has to be shut before the next request can come, and this connection may not carry it.
    response.setHeader('Connection', 'close');
    refuse(machine, next);
  }
  const byteCount = await send(response, reply, { coding, faults });
  for (const fault of faults) if (fault.kind === 'after') fault.act();
  return { byteCount, rowCount: reply.rowCount };
}

/** A wait ends early only when Tally itself ends. */
async function wait(life: AbortController, milliseconds: number): Promise<void> {
  if (milliseconds <= 0) return;
  await sleep(milliseconds, undefined, { signal: life.signal }).catch(() => undefined);
}

function refuse({ listener }: Machine, fault: Extract<Fault, { readonly kind: 'refused' }>): void {
  listener.shut();
  if (fault.milliseconds !== undefined) listener.reopenAfter(fault.milliseconds);
}

async function endBadly(machine: Machine, response: ServerResponse, failure: unknown): Promise<void> {
  if (failure instanceof TallyCrash) {
    machine.isCrashed = true;
    goDown(machine);
  } else if (failure instanceof ModalDialog) {
    await new Promise<void>((resolve) => {
      machine.dismiss = resolve;
    });
    machine.dismiss = null;
  } else {
    // A mistake of the fake itself: said aloud, since a Tally never answers so.
    response.statusCode = 500;
    response.end(failure instanceof Error ? failure.stack : String(failure));
  }
}

function has(faults: readonly Fault[], kind: Fault['kind']): boolean {
  return faults.some((fault) => fault.kind === kind);
}

function delayOf(fault: Fault): number {
  if (fault.kind === 'slow') return fault.milliseconds;
  return fault.kind === 'busy' ? (fault.milliseconds ?? BUSY_MILLISECONDS) : 0;
}

function makeReply(
  machine: Machine,
  { tally, kind, faults }: Job,
): { readonly reply: Reply; readonly milliseconds: number } {
  const { session, cost } = machine.wish;
  if (has(faults, 'unknown-request')) return { reply: plainReply(UNKNOWN_REQUEST), milliseconds: 0 };
  if (has(faults, 'empty-envelope'))
    return { reply: plainReply('<ENVELOPE></ENVELOPE>\r\n'), milliseconds: 0 };
  if (kind === 'greeting') {
    const text = `<RESPONSE>${GREETINGS[session.profile.product]} Server is Running</RESPONSE>\r\n`;
    return { reply: plainReply(text), milliseconds: 0 };
  }
  const made = answer(session, tally, {
    served: machine.served,
    isLogin: has(faults, 'login'),
    isEducational: session.profile.licence === 'edu' || has(faults, 'edu-dates'),
    hasWrongBillTypes: has(faults, 'wrong-bill-types'),
  });
  machine.served += 1;
  return { reply: bentReply(made.reply, faults), milliseconds: costOf(cost, made.work) };
}
