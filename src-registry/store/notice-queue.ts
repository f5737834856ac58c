import { instant } from '../clock.ts';
import { byteas, texts, uuids } from './arrays.ts';
import type { Tx } from './database.ts';

/** What one debtor is to be told of: once for all dues of a batch. */
export type QueuedNotice = {
  readonly id: string;
  readonly subjectKey: Uint8Array;
  /** base64url. */
  readonly dueRefs: readonly string[];
  /** 'ended': what he was told of is paid or taken back. */
  readonly kind: 'publication' | 'ended';
};

type Queue = {
  readonly memberNo: number;
  readonly at: number;
  readonly notices: readonly QueuedNotice[];
};

/** Rows are only ever added here: whoever sends puts all that waits for a subject into one message. */
export async function queueNotices(tx: Tx, { memberNo, at, notices }: Queue): Promise<void> {
  if (notices.length === 0) return;
  await tx.rows({
    name: 'queue-notices',
    text: `INSERT INTO notice (state, queued_at, subject_key, notice_id, dues, kind)
           SELECT 'queued', $1, w.* FROM unnest($2::bytea[], $3::uuid[], $4::text[], $5::text[]) AS w`,
    values: [
      instant(at),
      byteas(notices.map(({ subjectKey }) => subjectKey)),
      uuids(notices.map(({ id }) => id)),
      texts(notices.map(({ dueRefs }) => JSON.stringify({ member_no: memberNo, due_refs: dueRefs }))),
      texts(notices.map(({ kind }) => kind)),
    ],
  });
}
