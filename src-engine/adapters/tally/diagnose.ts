import type { Day } from '#domain/days.ts';
import { never } from '#domain/result.ts';
import type { FailedTally, TallyAddress, TallyFailure, TallyFailureCode } from '../ports.ts';
import { isLoopback } from './queue.ts';

// Every state a Tally can be in has a code, a sentence and its values. Not one of them is ever an empty list.

/** What stood between a request and a complete answer, as far as the wire tells. */
export type WireFault =
  | { readonly kind: 'not-connected'; readonly systemCode: string }
  /** Connected, and nothing came; `silentMs` counts from the first request that was never answered. */
  | { readonly kind: 'silent'; readonly silentMs: number }
  | { readonly kind: 'broken' }
  | { readonly kind: 'not-tally' };

type More = {
  readonly retryable: boolean;
  readonly values?: TallyFailure['values'];
};

/**
 * Busy and a waiting box look alike: both are silence, and `GET /` stands in the same line. Short silence is taken for
 * work and becomes a box when it lasts longer than `dialogMs`, over all requests since Tally last said something.
 */
export function wireFailure(fault: WireFault, address: TallyAddress, dialogMs: number): FailedTally {
  const { host, port } = address;
  const values = { host, port };
  switch (fault.kind) {
    case 'not-connected':
      return fault.systemCode === 'ECONNREFUSED' && isLoopback(host)
        ? failed(
            'tally-not-running',
            `Nothing listens on port ${port} of this computer: Tally is not started, or its port is switched off.`,
            { retryable: true, values },
          )
        : failed(
            'tally-port-closed',
            `${host} cannot be reached on port ${port}: it is switched off, or a firewall or Tally's settings close the port.`,
            { retryable: true, values },
          );
    case 'silent': {
      const seconds = Math.round(fault.silentMs / 1000);
      return fault.silentMs >= dialogMs
        ? failed(
            'tally-dialog',
            `Tally took the request and has said nothing for ${seconds} seconds: a box probably waits on its screen.`,
            { retryable: true, values: { ...values, seconds } },
          )
        : failed(
            'tally-busy',
            `Tally is busy with something else and has not answered for ${seconds} seconds.`,
            {
              retryable: true,
              values: { ...values, seconds },
            },
          );
    }
    case 'broken':
      return failed('tally-cut-off', `The connection with Tally on ${host} broke in the middle of a reply.`, {
        retryable: true,
        values,
      });
    case 'not-tally':
      return failed('tally-not-tally', `What answers on port ${port} of ${host} is not Tally.`, {
        retryable: false,
        values,
      });
    default:
      return never(fault);
  }
}

export function truncated(rows: number, expected?: number): FailedTally {
  return failed(
    'tally-truncated',
    expected === undefined
      ? `Tally's reply ended too early, after ${rows} rows.`
      : `Tally's reply is not complete: ${rows} rows came where ${expected} were counted.`,
    { retryable: true, values: { rows, ...(expected === undefined ? {} : { expected }) } },
  );
}

const DETAIL_MOST = 200;

/** `detail` is Tally's own text, for a person: nothing is decided by its words. */
export function refusedBy(detail: string): FailedTally {
  const short = detail.replace(/\s+/g, ' ').trim().slice(0, DETAIL_MOST);
  return failed('tally-refused', `Tally refused the request: ${short}`, {
    retryable: true,
    values: { detail: short },
  });
}

export function noCompany({ host, port }: TallyAddress): FailedTally {
  return failed('tally-no-company', 'No company is open in Tally, or its password box waits.', {
    retryable: true,
    values: { host, port },
  });
}

export function otherCompany(company: string, openCount: number): FailedTally {
  return failed(
    'tally-other-company',
    `The company “${company}” is not open in Tally; open there: ${openCount}.`,
    { retryable: true, values: { company, count: openCount } },
  );
}

export function sameName(company: string, count: number): FailedTally {
  return failed(
    'tally-same-name',
    `${count} open companies are called “${company}”, and Tally cannot be told which one is meant.`,
    { retryable: true, values: { company, count } },
  );
}

export function groupCompany(company: string): FailedTally {
  return failed(
    'tally-group-company',
    `“${company}” is a group company: it has no vouchers of its own to read.`,
    { retryable: false, values: { company } },
  );
}

export function educational(on: Day): FailedTally {
  return failed(
    'tally-educational',
    `Tally runs in Educational mode, which takes only the days 1, 2 and 31 of a month: ${on} cannot be asked for.`,
    { retryable: false, values: { day: on } },
  );
}

export function movedWhileRead(company: string): FailedTally {
  return failed('tally-moved', `The books of “${company}” changed while they were read.`, {
    retryable: true,
    values: { company },
  });
}

function failed(code: TallyFailureCode, sentence: string, more: More): FailedTally {
  return { ok: false, failure: { code, sentence, ...more } };
}
