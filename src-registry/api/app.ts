import fastifyHelmet from '@fastify/helmet';
import fastifySwagger from '@fastify/swagger';
import underPressure from '@fastify/under-pressure';
import {
  BODY_BYTES_MOST,
  endpoints,
  type AnswerOf,
  type BodyOf,
  type Endpoint,
  type EndpointName,
} from '#contract/registry.ts';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  hasZodFastifySchemaValidationErrors,
} from 'fastify-type-provider-zod';
import { problemShape } from '#contract/registry/fields.ts';
import { MIN_CLIENT } from '../members/limits.ts';
import { refuseAtDoor } from '../members/may-call.ts';
import type { Store } from '../store/database.ts';
import { indiaDayOf } from '../clock.ts';
import { isAway } from '../away.ts';
import { addressTurns } from './address-turns.ts';
import { onClientError } from './client-error.ts';
import { packed, parsed, unpacked } from './bytes.ts';
import { helmetWish, jsonHeaders } from './headers.ts';
import { ProblemError, problemOf, statusOf } from './problem.ts';
import { verifyCaller, type Caller } from './verify.ts';

// The door of the registry: bytes are judged before they are read, and every answer has the shape that the table says.

export type Debtor = {
  readonly subjectKey: Buffer;
  readonly sessionId: string;
  /** The contact that answered, and whether it is believed to be the subject's own: if not, it sees its members' rows only. */
  readonly contactKey: Buffer;
  readonly isWhole: boolean;
};

/** What a handler is given; `caller` and `debtor` are set where the table says who may call. */
export type Call<N extends EndpointName> = {
  readonly body: BodyOf<N>;
  readonly bytes: Uint8Array;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly caller: Caller;
  readonly debtor: Debtor;
  readonly idempotencyKey: string;
  readonly address: string;
  readonly headers: FastifyRequest['headers'];
  readonly setHeader: (name: string, value: string) => void;
};

export type Handlers = { readonly [N in EndpointName]: (call: Call<N>) => Promise<AnswerOf<N>> };

export type AppWish = {
  readonly store: Store;
  readonly handlers: Handlers;
  readonly debtorOf: (request: FastifyRequest) => Promise<Debtor>;
  readonly now: () => number;
  /** Bugs of ours; never identifiers or bodies. */
  readonly onBug: (errorId: string, error: unknown) => void;
  readonly newId: () => string;
  /** After each answer: what was called ('' for what is nothing of ours), how it ended, how long it took. */
  readonly onAnswer?: (operation: string, status: number, milliseconds: number) => void;
  /** Whose word for the caller's address counts; see fastify's trustProxy. */
  readonly trustProxy?: string | boolean;
  /** Under which names it is called, as they stand in `Host`: what is for another is not for it. Any where not given. */
  readonly hosts?: readonly string[];
  /** Calls of strangers from one address; unlimited where it is not given. */
  readonly strangersPerMinute?: number;
  /** When to answer 503 before anything is done. */
  readonly pressure?: {
    readonly maxEventLoopDelay: number;
    readonly maxHeapUsedBytes: number;
  };
};

/** Before decompression; what comes out of it has a limit of its own. */
const SENT_BYTES_MOST = 1024 * 1024;
/** Of callers who are no members: nothing that they send is long. */
const STRANGER_BYTES_MOST = 32 * 1024;
const REQUEST_MS = 60_000;
const BUSY_SECONDS = 15;

/** What the door finds out about a request before its handler runs. */
type Admitted = {
  readonly bytes: Buffer | null;
  readonly caller: Caller;
  readonly debtor: Debtor;
};

const NOT_YET: Admitted = {
  bytes: null,
  caller: {
    memberNo: 0,
    deviceNo: 0,
    epoch: 0,
    status: 'left',
    joinedOn: indiaDayOf(0),
    purpose: 'both',
    contributedOn: null,
  },
  debtor: { subjectKey: Buffer.alloc(0), sessionId: '', contactKey: Buffer.alloc(0), isWhole: false },
};
const ADMITTED = 'admitted';
const HEALTH = '/health';

function admittedOf(request: FastifyRequest): Admitted {
  return request.getDecorator<Admitted | null>(ADMITTED) ?? NOT_YET;
}

function note(request: FastifyRequest, found: Partial<Admitted>): void {
  request.setDecorator<Admitted>(ADMITTED, { ...admittedOf(request), ...found });
}

export async function makeApp(wish: AppWish): Promise<FastifyInstance> {
  const app = bareApp(wish);
  await app.register(fastifyHelmet, helmetWish);
  if (wish.pressure) await app.register(underPressure, { ...wish.pressure, pressureHandler: busy });
  await app.register(fastifySwagger, {
    openapi: { openapi: '3.1.0', info: { title: 'Baaki registry', version: '1' } },
    transform: jsonSchemaTransform,
  });
  addHooks(app, wish);
  app.setErrorHandler((error, _request, reply) => tell(reply, problemFor(error, wish)));
  app.setNotFoundHandler((_request, reply) => tell(reply, nothingHere()));
  const takeTurn = addressTurns(wish.strangersPerMinute ?? Infinity, wish.now);
  for (const name of namesOf(endpoints)) addRoute(app, name, { ...wish, takeTurn });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  return app;
}

/** Takes bodies of JSON as bytes, and reads none of them. */
function bareApp(wish: AppWish): FastifyInstance {
  const app = Fastify({
    bodyLimit: SENT_BYTES_MOST,
    logger: false,
    exposeHeadRoutes: false,
    // What came in before the end is answered, and told to come back by another connection.
    return503OnClosing: false,
    clientErrorHandler: onClientError,
    requestTimeout: REQUEST_MS,
    trustProxy: wish.trustProxy ?? false,
    routerOptions: { maxParamLength: 64 },
    frameworkErrors: (_error, _request, reply) => {
      void tell(reply, new ProblemError('bad_request', 'The address is not understood.'));
    },
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.decorateRequest(ADMITTED, null);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length > 0) note(request, { bytes: Buffer.isBuffer(body) ? body : Buffer.from(body) });
    done(null, null);
  });
  return app;
}

function addHooks(app: FastifyInstance, { hosts, onAnswer }: AppWish): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('cache-control', 'no-store').header('registry-min-client', MIN_CLIENT);
    // Whoever comes by a name of somebody else's that leads here sees no page. Who asks for the health knows an address alone.
    const isOurs = !hosts || request.url === HEALTH || hosts.includes(hostOf(request));
    done(isOurs || isOfMembers(request) ? undefined : nothingHere());
  });
  app.addHook('onSend', (request, reply, payload) => packed(request, reply, payload));
  if (!onAnswer) return;
  app.addHook('onResponse', (request, reply, done) => {
    onAnswer(operationOf(request), reply.statusCode, reply.elapsedTime);
    done();
  });
}

function hostOf({ headers }: FastifyRequest): string {
  return (headers.host ?? '').toLowerCase();
}

const callsOfMembers: ReadonlySet<string> = new Set(
  namesOf(endpoints).filter((name) => endpoints[name].caller === 'member'),
);

/** For what authority a member has signed is judged with his signature. */
function isOfMembers(request: FastifyRequest): boolean {
  return callsOfMembers.has(operationOf(request));
}

function nothingHere(): ProblemError {
  return new ProblemError('not_found', 'There is nothing here.');
}

function busy(): never {
  throw new ProblemError('unavailable', 'The registry has too much to do just now.', {
    retryAfterSeconds: BUSY_SECONDS,
  });
}

function operationOf({ routeOptions }: FastifyRequest): string {
  const { schema } = routeOptions;
  return schema && 'operationId' in schema ? String(schema.operationId) : '';
}

function namesOf(of: typeof endpoints): readonly EndpointName[] {
  return Object.keys(of).filter((name): name is EndpointName => name in of);
}

type Door = AppWish & { readonly takeTurn: (address: string) => void };

function addRoute<N extends EndpointName>(app: FastifyInstance, name: N, wish: Door): void {
  const endpoint: Endpoint = endpoints[name];
  const { params, query, body, answer } = endpoint;
  const schema = {
    ...(params && { params }),
    ...(query && { querystring: query }),
    ...(body && { body }),
    response: { ...(answer && { 200: answer }), default: PROBLEMS },
    operationId: name,
  };
  app.route({
    method: endpoint.method,
    url: `/v1${endpoint.path}`,
    bodyLimit: endpoint.caller === 'member' ? SENT_BYTES_MOST : STRANGER_BYTES_MOST,
    schema,
    helmet: false,
    onRequest: (_request, reply, done) => {
      reply.headers(jsonHeaders);
      done();
    },
    preValidation: (request) => admit(request, { ...endpoint, name }, wish),
    handler: async (request, reply) => {
      const made = await wish.handlers[name](callOf<N>(request, reply));
      const etag = reply.getHeader('etag');
      if (etag !== undefined && etag === request.headers['if-none-match']) return reply.code(304).send();
      if (answer === null) reply.type('text/plain; charset=utf-8');
      return made;
    },
  });
}

const PROBLEMS = {
  description: 'RFC 9457. Programs test `code`.',
  content: { 'application/problem+json': { schema: problemShape } },
};

/** Who calls is settled before a byte of the body is read. */
async function admit(
  request: FastifyRequest,
  { name, caller, method }: Endpoint & { readonly name: EndpointName },
  wish: Door,
): Promise<void> {
  const { bytes: body } = admittedOf(request);
  if (caller === 'member') {
    const { headers, url: target } = request;
    const incoming = { method, authority: hostOf(request), target, headers, body };
    if (wish.hosts && !wish.hosts.includes(incoming.authority))
      throw new ProblemError('bad_signature', 'The request was made for another registry.');
    // An epoch is the one thing that a second asking changes again.
    const found = await verifyCaller(wish.store, incoming, { now: wish.now(), isDurable: name === 'epoch' });
    refuseAtDoor(found, name);
    note(request, { caller: found });
  }
  if (caller === 'anybody' && method !== 'GET') wish.takeTurn(request.ip);
  if (caller === 'debtor') note(request, { debtor: await wish.debtorOf(request) });
  if (body === null) return;
  const most = caller === 'member' ? BODY_BYTES_MOST : STRANGER_BYTES_MOST;
  request.body = parsed(await unpacked(body, request.headers['content-encoding'] ?? 'identity', most));
}

function callOf<N extends EndpointName>(request: FastifyRequest, reply: FastifyReply): Call<N> {
  const { params, query, headers, ip } = request;
  const { bytes, caller, debtor } = admittedOf(request);
  const key = headers['idempotency-key'];
  return {
    // The validator has just checked it against the table's shape.
    body: request.body as BodyOf<N>,
    bytes: bytes ?? Buffer.alloc(0),
    params: params as Readonly<Record<string, string>>,
    query: query as Readonly<Record<string, string>>,
    caller,
    debtor,
    idempotencyKey: typeof key === 'string' ? key : '',
    address: ip,
    headers,
    setHeader: (name, value) => void reply.header(name, value),
  };
}

function problemFor(error: unknown, wish: AppWish): ProblemError {
  if (error instanceof ProblemError) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const [first] = error.validation;
    const at = `${error.validationContext}${first?.instancePath ?? ''}`.replace(/\/$/, '');
    return new ProblemError('bad_request', first?.message ?? 'It has another shape.', { at });
  }
  if (isAway(error))
    return new ProblemError('unavailable', 'The registry cannot reach what it needs just now.', {
      retryAfterSeconds: BUSY_SECONDS,
    });
  const status = error instanceof Error && 'statusCode' in error ? Number(error.statusCode) : 500;
  if (status === 413) return new ProblemError('too_large', 'The body is larger than is taken here.');
  if (status >= 400 && status < 500) return new ProblemError('bad_request', 'The request is not understood.');
  const errorId = wish.newId();
  wish.onBug(errorId, error);
  return new ProblemError('internal', `Something went wrong here; its number is ${errorId}.`);
}

function tell(reply: FastifyReply, error: ProblemError): FastifyReply {
  const { retryAfterSeconds } = error.more;
  if (retryAfterSeconds !== undefined) reply.header('retry-after', String(retryAfterSeconds));
  return reply
    .status(statusOf(error.code))
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(problemOf(error)));
}
