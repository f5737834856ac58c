import { noticeJobs } from '../notices/jobs.ts';
import { disputeClockJob } from './dispute-clocks.ts';
import type { Job } from './job.ts';
import { nightlyAuditJob } from './nightly-audit.ts';
import { releaseHeldJob } from './release-held.ts';
import { retentionJob } from './retention.ts';
import { toldMarksJob } from './told-marks.ts';

/** What the passing of days brings with it: notices, clocks of disputes, what members are told, what goes, what is proved. */
export const dailyJobs: readonly Job[] = [
  ...noticeJobs,
  disputeClockJob,
  releaseHeldJob,
  toldMarksJob,
  retentionJob,
  nightlyAuditJob,
];
