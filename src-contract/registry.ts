import { z } from 'zod';
import {
  answerDisputeShape,
  batchShape,
  changesShape,
  disputeAnsweredShape,
  receiptShape,
} from './registry/batches.ts';
import {
  askConsentShape,
  checkShape,
  consentAskedShape,
  consentStatusShape,
  reportShape,
} from './registry/consents.ts';
import { cursorField, deviceIdField, uuidField } from './registry/fields.ts';
import {
  blindedShape,
  blindShape,
  confirmJoinShape,
  enrolledShape,
  enrolShape,
  epochAnswerShape,
  epochShape,
  joinedShape,
  joinShape,
  memberShape,
  meShape,
  metaShape,
} from './registry/members.ts';
import {
  accessLogShape,
  answerConsentShape,
  answerLinkShape,
  askLinkOtpShape,
  askSessionShape,
  blockMemberShape,
  blocksShape,
  consentAnsweredShape,
  disputeOpenedShape,
  eraseAnswerShape,
  eraseShape,
  exportShape,
  linkAnsweredShape,
  linkOtpAskedShape,
  openDisputeShape,
  openSessionShape,
  portalConsentsShape,
  recordsQuery,
  recordsShape,
  sessionAskedShape,
  sessionOpenShape,
} from './registry/portal.ts';

/** Who may call: anybody; a member whose device signed; a debtor with a session of his page. */
export type CallerKind = 'anybody' | 'member' | 'debtor';

export type Endpoint = {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below /v1, with ':name' for what varies. */
  readonly path: string;
  readonly caller: CallerKind;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Of status 200; null for plain text. */
  readonly answer: z.ZodType | null;
};

const none = z.strictObject({});
const idParam = z.strictObject({ id: uuidField });
const sizeField = z.string().regex(/^[0-9]{1,15}$/);

/** Every call of the registry: the server registers these, the desktop calls these, the fuzzer tries these. */
export const endpoints = {
  meta: { method: 'GET', path: '/meta', caller: 'anybody', answer: metaShape },
  join: { method: 'POST', path: '/members', caller: 'anybody', body: joinShape, answer: joinedShape },
  confirmJoin: {
    method: 'POST',
    path: '/members/confirm',
    caller: 'anybody',
    body: confirmJoinShape,
    answer: memberShape,
  },
  me: { method: 'GET', path: '/members/me', caller: 'member', answer: meShape },
  leave: { method: 'DELETE', path: '/members/me', caller: 'member', answer: none },
  enrol: {
    method: 'POST',
    path: '/members/me/devices',
    caller: 'member',
    body: enrolShape,
    answer: enrolledShape,
  },
  revoke: {
    method: 'DELETE',
    path: '/members/me/devices/:device',
    caller: 'member',
    params: z.strictObject({ device: deviceIdField }),
    answer: none,
  },
  epoch: {
    method: 'POST',
    path: '/members/me/epoch',
    caller: 'member',
    body: epochShape,
    answer: epochAnswerShape,
  },
  blind: { method: 'POST', path: '/blind', caller: 'member', body: blindShape, answer: blindedShape },
  sendBatch: { method: 'POST', path: '/batches', caller: 'member', body: batchShape, answer: receiptShape },
  batch: { method: 'GET', path: '/batches/:id', caller: 'member', params: idParam, answer: receiptShape },
  batchProof: { method: 'GET', path: '/batches/:id/proof', caller: 'member', params: idParam, answer: null },
  changes: {
    method: 'GET',
    path: '/changes',
    caller: 'member',
    query: z.strictObject({
      cursor: cursorField,
      limit: z
        .string()
        .regex(/^[0-9]{1,3}$/)
        .optional(),
    }),
    answer: changesShape,
  },
  askConsent: {
    method: 'POST',
    path: '/consents',
    caller: 'member',
    body: askConsentShape,
    answer: consentAskedShape,
  },
  consent: {
    method: 'GET',
    path: '/consents/:id',
    caller: 'member',
    params: idParam,
    answer: consentStatusShape,
  },
  dropConsent: { method: 'DELETE', path: '/consents/:id', caller: 'member', params: idParam, answer: none },
  check: { method: 'POST', path: '/checks', caller: 'member', body: checkShape, answer: reportShape },
  report: { method: 'GET', path: '/checks/:id', caller: 'member', params: idParam, answer: reportShape },
  answerDispute: {
    method: 'POST',
    path: '/disputes/:id/responses',
    caller: 'member',
    params: idParam,
    body: answerDisputeShape,
    answer: disputeAnsweredShape,
  },
  checkpoint: { method: 'GET', path: '/log/checkpoint', caller: 'anybody', answer: null },
  /** Consistency: what leads from the tree of `from` leaves to that of `to`; hashes as base64, one a line. */
  logProof: {
    method: 'GET',
    path: '/log/proof',
    caller: 'anybody',
    query: z.strictObject({ from: sizeField, to: sizeField }),
    answer: null,
  },
  askSession: {
    method: 'POST',
    path: '/subject/session',
    caller: 'anybody',
    body: askSessionShape,
    answer: sessionAskedShape,
  },
  openSession: {
    method: 'POST',
    path: '/subject/session/open',
    caller: 'anybody',
    body: openSessionShape,
    answer: sessionOpenShape,
  },
  /** From the address of one consent: it opens nothing but that. */
  askLinkOtp: {
    method: 'POST',
    path: '/subject/links/otp',
    caller: 'anybody',
    body: askLinkOtpShape,
    answer: linkOtpAskedShape,
  },
  answerLink: {
    method: 'POST',
    path: '/subject/links/answer',
    caller: 'anybody',
    body: answerLinkShape,
    answer: linkAnsweredShape,
  },
  closeSession: { method: 'DELETE', path: '/subject/session', caller: 'debtor', answer: none },
  records: {
    method: 'GET',
    path: '/subject/records',
    caller: 'debtor',
    query: recordsQuery,
    answer: recordsShape,
  },
  looks: { method: 'GET', path: '/subject/access-log', caller: 'debtor', answer: accessLogShape },
  openDispute: {
    method: 'POST',
    path: '/subject/disputes',
    caller: 'debtor',
    body: openDisputeShape,
    answer: disputeOpenedShape,
  },
  consentsOfSubject: {
    method: 'GET',
    path: '/subject/consents',
    caller: 'debtor',
    answer: portalConsentsShape,
  },
  answerConsent: {
    method: 'POST',
    path: '/subject/consents',
    caller: 'debtor',
    body: answerConsentShape,
    answer: consentAnsweredShape,
  },
  blockMember: {
    method: 'POST',
    path: '/subject/block-member',
    caller: 'debtor',
    body: blockMemberShape,
    answer: blocksShape,
  },
  exportSubject: { method: 'GET', path: '/subject/export', caller: 'debtor', answer: exportShape },
  erase: {
    method: 'POST',
    path: '/subject/erase-request',
    caller: 'debtor',
    body: eraseShape,
    answer: eraseAnswerShape,
  },
} as const satisfies Readonly<Record<string, Endpoint>>;

export type EndpointName = keyof typeof endpoints;
type Of<N extends EndpointName> = (typeof endpoints)[N];
export type BodyOf<N extends EndpointName> = Of<N> extends { readonly body: z.ZodType<infer B> } ? B : null;
export type AnswerOf<N extends EndpointName> = Of<N>['answer'] extends z.ZodType<infer A> ? A : string;

/** Tiles of the log stand beside the table: their paths are those of C2SP tlog-tiles, /v1/log/tile/…. */
export const TILE_PATH = '/log/tile/';
export const BODY_BYTES_MOST = 4 * 1024 * 1024;
