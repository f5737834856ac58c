import type { AnswerOf } from '#contract/registry.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { recordsQuery } from '#contract/registry/portal.ts';
import { z } from 'zod';
import { ProblemError } from '../api/problem.ts';
import type { Registry } from '../registry.ts';
import { stateOf } from '../consents/answering.ts';
import { storedRequest } from '../consents/requests.ts';
import { memberIdOf } from '../members/member-id.ts';
import { blockedMembers, isBlocked } from '../store/consents.ts';
import { memberOf, membersOf } from '../store/members.ts';
import { reporterCountOf } from '../store/records.ts';
import type { SessionRow } from '../store/sessions.ts';
import { consentBody } from './consent-page.ts';
import { debtorBody, type DebtorView } from './debtor-page.ts';
import { html, type Html } from './html.ts';
import { assets, pageOf, type Page } from './layout.ts';
import { noticeText, rightsText } from './privacy-notice.ts';
import { langOf, sayIn, type Say } from './say.ts';
import { consentByLink } from './links.ts';
import { sessionOfRequest } from './sessions.ts';
import { sightOf } from './subject.ts';
import { loginBody, startBody, textBody } from './start-page.ts';

// The debtor's pages, which are no part of the wire's table. They show what the wire answers and call it for every change.

const ASSET_SECONDS = 86_400;
const LINK = /^[A-Za-z0-9_-]{8,64}$/;

type Reader = { readonly request: FastifyRequest; readonly reply: FastifyReply };

export function addPages(app: FastifyInstance, registry: Registry): void {
  for (const [name, { text, type, version }] of Object.entries(assets))
    app.get(`/assets/${name}`, { schema: { hide: true } }, (_request, reply) => {
      void reply.type(type).header('cache-control', `public, max-age=${ASSET_SECONDS}`);
      void reply.header('etag', `"${version}"`);
      return text;
    });
  const plain: readonly (readonly [string, Page['title'], (say: Say) => Html])[] = [
    ['/', 'page.start', startBody],
    ['/login', 'page.login', loginBody],
    ['/privacy', 'page.privacy', (say) => textBody(noticeText(say.lang))],
    ['/rights', 'page.rights', (say) => rightsBody(say, registry)],
  ];
  for (const [path, title, body] of plain)
    app.get(path, { schema: { hide: true } }, (request, reply) => {
      const say = sayOf(request);
      return show(registry, { request, reply }, say, { title, here: path, body: body(say) });
    });
  app.get('/me', { schema: { hide: true } }, (request, reply) => mePage(app, registry, { request, reply }));
  app.get('/c/:link', { schema: { hide: true } }, (request, reply) =>
    consentPage(registry, { request, reply }),
  );
}

function sayOf(request: FastifyRequest): Say {
  return sayIn(langOf(request.query, request.headers['accept-language']));
}

function show(registry: Registry, { reply }: Reader, say: Say, page: Omit<Page, 'registryName'>): string {
  void reply.type('text/html; charset=utf-8').header('content-language', say.lang);
  return pageOf(say, { ...page, registryName: registry.name });
}

function rightsBody(say: Say, { name, grievance }: Registry): Html {
  return html`${textBody(rightsText(say.lang))}
    <section id="grievance" aria-labelledby="grievance-title">
      <h2 id="grievance-title">${say.words('grievance.title')}</h2>
      <p>${say.words('grievance.text', { name })}</p>
      <p><a href="mailto:${grievance}">${grievance}</a></p>
    </section>`;
}

/** A link opens nothing but its own consent: who asks, for what, and the answers. */
async function consentPage(registry: Registry, reader: Reader): Promise<string> {
  const { request, reply } = reader;
  const link = z.object({ link: z.string().regex(LINK) }).safeParse(request.params).data?.link;
  const consent = link === undefined ? null : await consentByLink(registry, link);
  if (link === undefined || consent === null) {
    void reply.status(404);
    const say = sayOf(request);
    return show(registry, reader, say, {
      title: 'page.gone',
      here: '/',
      body: html`<h1>${say.words('page.gone')}</h1>`,
    });
  }
  // Without a wish of the reader's own the page speaks as the request does.
  const say = sayIn(langOf(request.query, consent.lang));
  const view = {
    link,
    legalName: (await memberOf(registry.store, consent.member_no))?.legal_name ?? '',
    purpose: consent.purpose,
    state: stateOf(consent, registry.now()),
    request: storedRequest(consent.request),
    isBlocked: await isBlocked(registry.store, consent.subject_key, consent.member_no),
    reporterCount:
      consent.purpose === 'TC02' || consent.assurance === 'A0'
        ? null
        : await reporterCountOf(registry.store, consent.subject_key),
  };
  const here = `/c/${link}`;
  return show(registry, reader, say, { title: 'page.consent', here, body: consentBody(say, view) });
}

async function mePage(app: FastifyInstance, registry: Registry, reader: Reader): Promise<string> {
  const { request, reply } = reader;
  const say = sayOf(request);
  try {
    const session = await sessionOfRequest(registry, request);
    if (session === null) throw new ProblemError('no_session', 'Open a session first.');
    const blocked = await blockedBy(registry, session);
    const view: DebtorView = { ...(await told(app, request)), blocked, today: registry.today() };
    const body = debtorBody(say, view);
    return show(registry, reader, say, { title: 'page.me', here: '/me', body, csrf: session.csrf ?? '' });
  } catch (error) {
    if (!(error instanceof ProblemError) || error.code !== 'no_session') throw error;
    void reply.redirect(`/login?lang=${say.lang}`, 303);
    return '';
  }
}

async function blockedBy(registry: Registry, session: SessionRow): Promise<DebtorView['blocked']> {
  const { subject_key: subjectKey, contact_key: contactKey, is_whole: isWhole } = session;
  const sees = await sightOf(registry, { subjectKey, contactKey, isWhole });
  const blocked = (await blockedMembers(registry.store, subjectKey)).filter(sees);
  const members = await membersOf(registry.store, blocked);
  return members.map((one) => ({ member_id: memberIdOf(one.member_no), name: one.legal_name }));
}

const afterShape = z.object({ after: recordsQuery.shape.after });

/** The wire's own answers: what may be seen is judged in one place. */
async function told(
  app: FastifyInstance,
  request: FastifyRequest,
): Promise<Pick<DebtorView, 'records' | 'next' | 'looks' | 'consents'>> {
  const answer = async <T>(path: string): Promise<T> => {
    const { cookie = '', host = '' } = request.headers;
    const response = await app.inject({ method: 'GET', url: `/v1${path}`, headers: { cookie, host } });
    if (response.statusCode === 401) throw new ProblemError('no_session', 'Open a session first.');
    if (response.statusCode !== 200)
      throw new Error(`The page's own call ended with ${response.statusCode}.`);
    return response.json<T>();
  };
  const after = afterShape.safeParse(request.query).data?.after;
  const from = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
  const { records, next } = await answer<AnswerOf<'records'>>(`/subject/records${from}`);
  const { looks } = await answer<AnswerOf<'looks'>>('/subject/access-log');
  const { consents } = await answer<AnswerOf<'consentsOfSubject'>>('/subject/consents');
  return { records, next, looks, consents };
}
