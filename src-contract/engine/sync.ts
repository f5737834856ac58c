import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { call, bulk, dayField, idField, paiseField } from '../fields.ts';
import {
  differenceCauses,
  ledgerScopes,
  offerFields,
  probeAnswers,
  probeQuestions,
  syncLights,
  syncRunKinds,
  syncSpeeds,
  syncStages,
  TALLY_HOST,
  TALLY_PORT,
  tallyFailureCodes,
} from './sync-words.ts';

/** A host name or address as a person types it: no scheme, no path. */
export const hostField = z
  .string()
  .trim()
  .regex(/^(?:[A-Za-z0-9](?:[A-Za-z0-9._-]{0,251}[A-Za-z0-9])?|[0-9A-Fa-f:]{2,45})$/);
export const addressShape = z.object({
  host: hostField.default(TALLY_HOST),
  port: z.int().min(1).max(65_535).default(TALLY_PORT),
});

export const tallyFailureShape = z.object({
  code: z.enum(tallyFailureCodes),
  sentence: z.string(),
  retryable: z.boolean(),
  values: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type TallyFailureShown = z.infer<typeof tallyFailureShape>;

/** A company as a Tally lists it. GUID, number and books-from together tell one from its split copies. */
export const tallyCompanyShape = z.object({
  guid: z.string(),
  companyNumber: z.string().nullable(),
  name: z.string(),
  booksFrom: dayField.nullable(),
  lastVoucherDay: dayField.nullable(),
  isActive: z.boolean(),
  isEducational: z.boolean(),
  isGroup: z.boolean(),
  /** Another open company has the same name: neither can be asked for by name. */
  isNameTwice: z.boolean(),
});
export type TallyCompanyShown = z.infer<typeof tallyCompanyShape>;

/** What stands at an address: companies, or the reason why there are none to choose from. */
export const lookShape = z.object({
  host: z.string(),
  port: z.int(),
  product: z.enum(['prime', 'erp9', 'unknown']).nullable(),
  companies: z.array(tallyCompanyShape),
  failure: tallyFailureShape.nullable(),
});
export type TallyLook = z.infer<typeof lookShape>;

export const syncOptionsShape = z.object({
  scope: z.enum(ledgerScopes),
  /** Vouchers are read from this day on; null = from the beginning of the books. */
  historyFrom: dayField.nullable(),
  speed: z.enum(syncSpeeds),
  /** Minutes between two looks; null = only when asked. */
  everyMinutes: z.int().min(1).max(1440).nullable(),
});
export type SyncOptions = z.infer<typeof syncOptionsShape>;

export const syncProgressShape = z.object({
  stage: z.enum(syncStages),
  done: z.int(),
  /** Null where it is not known yet. */
  of: z.int().nullable(),
  rowsPerSecond: z.int().nullable(),
  secondsLeft: z.int().nullable(),
  startedAt: z.int(),
});

export const syncRunShape = z.object({
  runId: idField,
  kind: z.enum(syncRunKinds),
  startedAt: z.int(),
  endedAt: z.int().nullable(),
  /** Null while it runs; 'stopped' by the user or by the end of the program. */
  outcome: z.enum(['done', 'nothing-new', 'failed', 'stopped']).nullable(),
  failure: tallyFailureShape.nullable(),
  requestCount: z.int(),
  /** Tally's own time of all requests together. */
  tallyMilliseconds: z.int(),
  byteCount: z.int(),
  ledgerCount: z.int(),
  billCount: z.int(),
  voucherCount: z.int(),
  /** Documents of the book that were added, changed and voided. */
  addedCount: z.int(),
  changedCount: z.int(),
  goneCount: z.int(),
  differencePaise: paiseField.nullable(),
});
export type SyncRun = z.infer<typeof syncRunShape>;

export const connectionShape = z.object({
  host: z.string(),
  port: z.int(),
  product: z.enum(['prime', 'erp9', 'unknown']),
  companyName: z.string(),
  booksFrom: dayField.nullable(),
  isEducational: z.boolean(),
  options: syncOptionsShape,
});

export const historyShape = z.object({
  /** Complete from this day on; null = nothing read yet. */
  from: dayField.nullable(),
  wantedFrom: dayField.nullable(),
  voucherCount: z.int(),
  windowsDone: z.int(),
  windowCount: z.int(),
  state: z.enum(['waiting', 'reading', 'paused', 'complete']),
});

export const syncStatusShape = z.object({
  /** Null: this book is not connected to a Tally. */
  connection: connectionShape.nullable(),
  /** The book was read from Tally's own exports, when, and for which day its balances hold; null otherwise. */
  files: z.object({ companyName: z.string(), asOf: dayField, readAt: z.int() }).nullable(),
  light: z.enum(syncLights),
  /** What stands between us and Tally since the last look; null when nothing does. */
  failure: tallyFailureShape.nullable(),
  isReading: z.boolean(),
  progress: syncProgressShape.nullable(),
  /** The day for which Tally's bills were last read whole, and when. */
  asOf: dayField.nullable(),
  syncedAt: z.int().nullable(),
  /** When its counters were last looked at and the book was in step. */
  inStepAt: z.int().nullable(),
  nextAt: z.int().nullable(),
  history: historyShape.nullable(),
  /** Null before the first tie-out. */
  tieOut: z.object({ differencePaise: paiseField, differingCount: z.int(), at: z.int() }).nullable(),
  offerCount: z.int(),
});
export type SyncStatus = z.infer<typeof syncStatusShape>;

/**
 * One party of the certificate. Debit is positive. `tallyPaise` is the ledger's closing balance, `billsPaise` what
 * Tally's bills reports say of it, `onAccountPaise` the rest; `baakiPaise` is this book's outstanding of the customer.
 */
export const tieOutPartyShape = z.object({
  ledgerGuid: z.string(),
  name: z.string(),
  customerId: idField.nullable(),
  isBillWise: z.boolean(),
  tallyPaise: paiseField,
  billsPaise: paiseField,
  onAccountPaise: paiseField,
  baakiPaise: paiseField,
  differencePaise: paiseField,
  /** Bills whose open amount, day or due day is not the same here and there. */
  differingBillCount: z.int(),
  tiesOut: z.boolean(),
  /** Why it differs; of a party that ties out, why its bills are not its balance in Tally. */
  causes: z.array(z.enum(differenceCauses)),
});
export type TieOutParty = z.infer<typeof tieOutPartyShape>;

export const tieOutShape = z.object({
  at: z.int(),
  asOf: dayField,
  companyName: z.string(),
  totals: z.object({
    tallyPaise: paiseField,
    billsPaise: paiseField,
    onAccountPaise: paiseField,
    baakiPaise: paiseField,
    differencePaise: paiseField,
    partyCount: z.int(),
    differingCount: z.int(),
    billCount: z.int(),
  }),
  parties: bulk(z.array(tieOutPartyShape)),
});
export type TieOut = z.infer<typeof tieOutShape>;

export const tieOutBillShape = z.object({
  ref: z.string(),
  billId: idField.nullable(),
  tallyPaise: paiseField,
  baakiPaise: paiseField,
  tallyBillDay: dayField.nullable(),
  baakiBillDay: dayField.nullable(),
  tallyDueDay: dayField.nullable(),
  baakiDueDay: dayField.nullable(),
  causes: z.array(z.enum(differenceCauses)),
});

/** One customer as Tally has him, for his own page and for whoever is about to remind him. */
export const partyStateShape = z.object({
  readAt: z.int(),
  asOf: dayField,
  tallyPaise: paiseField,
  onAccountPaise: paiseField,
  isBillWise: z.boolean(),
  /** False: no reminder may leave until this is settled. */
  tiesOut: z.boolean(),
  bills: z.array(tieOutBillShape),
});
export type PartyState = z.infer<typeof partyStateShape>;

/** A phone or email found in the lines of an address while its own field is empty. Offered, never taken silently. */
export const offerShape = z.object({
  offerId: idField,
  customerId: idField,
  customerName: z.string(),
  field: z.enum(offerFields),
  value: z.string(),
});
export type ContactOffer = z.infer<typeof offerShape>;

export const tallyFilesProgressShape = z.object({
  done: z.int(),
  of: z.int(),
  report: z
    .object({
      companyName: z.string().nullable(),
      ledgerCount: z.int(),
      voucherCount: z.int(),
      customerCount: z.int(),
      openPaise: paiseField,
      leftOutCount: z.int(),
    })
    .optional(),
});

const wholeAddress = addressShape.required();

/**
 * What a Tally answered to the questions that no public source settles. Safe to send to a stranger: counts, shapes, yes
 * and no, times in milliseconds; no name, no amount, and GUIDs only as hashes.
 */
export const probeReportShape = z.object({
  at: z.int(),
  product: z.enum(['prime', 'erp9', 'unknown']),
  isEducational: z.boolean(),
  companyCount: z.int(),
  companyHash: z.string(),
  probes: z.array(
    z.object({
      question: z.enum(probeQuestions),
      answer: z.enum(probeAnswers),
      evidence: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
});
export type ProbeReport = z.infer<typeof probeReportShape>;

export const sync = {
  status: call.output(syncStatusShape),
  /** The status anew whenever it moved, at most four times a second. Ends on abort. */
  watch: call.output(eventIterator(syncStatusShape)),
  /** Looks at the usual ports of this machine. */
  find: call.output(z.array(lookShape)),
  look: call.input(addressShape).output(lookShape),
  /**
   * Ties the open book to a company and begins the first sync in the background. A book with documents of another
   * source is refused ('book-has-others'): it would count them twice.
   */
  connect: call
    .input(
      z.object({
        ...wholeAddress.shape,
        company: tallyCompanyShape.pick({ guid: true, companyNumber: true, booksFrom: true, name: true }),
        options: syncOptionsShape.partial().default({}),
      }),
    )
    .output(syncStatusShape),
  /** Stops syncing; what was read stays. */
  disconnect: call.output(syncStatusShape),
  /** The same company at another address: the PC got another name, or the port was changed. */
  moveTo: call.input(wholeAddress).output(syncStatusShape),
  saveOptions: call.input(syncOptionsShape.partial()).output(syncStatusShape),
  /** Reads what changed; `isFull` reads everything anew. Answers when it is done or has failed (see `failure`). */
  run: call.input(z.object({ isFull: z.boolean().default(false) })).output(syncStatusShape),
  /** A cheap look at the counters, as on a schedule and on window focus; runs a sync only when they moved. */
  check: call.output(syncStatusShape),
  /** Stops what is being read and keeps what is whole. History goes on only after `resume`. */
  pause: call.output(syncStatusShape),
  resume: call.output(syncStatusShape),
  runs: call.input(z.object({ most: z.int().min(1).max(500).default(100) })).output(z.array(syncRunShape)),
  /** The certificate of the last sync; null before there is one. */
  tieOut: call.output(tieOutShape.nullable()),
  /** What the last sync knows of a customer, bill by bill; null for one that is not from Tally. */
  party: call.input(z.object({ customerId: idField })).output(partyStateShape.nullable()),
  /** Reads one customer's bills from Tally now, for use right before a reminder leaves. */
  refreshParty: call.input(z.object({ customerId: idField })).output(partyStateShape),
  offers: call.output(z.array(offerShape)),
  takeOffer: call.input(z.object({ offerId: idField })).output(z.object({})),
  declineOffer: call.input(z.object({ offerId: idField })).output(z.object({})),
  /** Asks a Tally what no public source settles, by safe requests only; the company on its screen when none is named. */
  probe: call
    .input(z.object({ ...wholeAddress.shape, company: z.string().min(1).max(500).nullable().default(null) }))
    .output(probeReportShape),
  /** Tally's own XML exports of masters and of the day book, zipped too, where port 9000 cannot be opened. */
  importFiles: call
    .input(z.object({ paths: z.array(z.string().min(1).max(1000)).min(1).max(50) }))
    .output(eventIterator(tallyFilesProgressShape)),
};
