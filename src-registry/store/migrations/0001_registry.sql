-- The registry's tables. The first column of each primary key is the column by which a cluster distributes the table
-- (distribution.citus.sql); every unique index begins with it, no foreign key leaves it (docs/registry.md 7).

CREATE TABLE member (
  member_no bigint PRIMARY KEY,
  pan_key bytea NOT NULL,
  gstin_key bytea NOT NULL,
  legal_name text NOT NULL,
  contact_ct bytea NOT NULL,
  purpose text NOT NULL CHECK (purpose IN ('publish', 'check', 'both')),
  terms_version text NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'probation', 'active', 'suspended', 'left')),
  lang text NOT NULL CHECK (lang IN ('en', 'hi')),
  joined_on date NOT NULL,
  probation_until date NOT NULL,
  left_on date,
  -- Waiting for the operator since then, and the day he first admitted the member.
  pending_on date,
  admitted_on date,
  -- The operator took the PAN from whoever was no owner of it.
  void_on date,
  -- When a due of his was last seen by others, or was settled after others could have: who adds nothing may look little.
  contributed_on date,
  -- Too much of what he said was false: what he says from here on is held until the operator has spoken to him.
  stopped_on date,
  -- So many false ones the operator has heard him about: another one stops him again.
  forgiven integer NOT NULL DEFAULT 0,
  -- The desktop's devices are numbered, and counted anew in epochs.
  device_count integer NOT NULL DEFAULT 0,
  epoch_count integer NOT NULL DEFAULT 0,
  -- Dues of his that are not settled or withdrawn: now, and when the day of base_on began. A sudden swing is held.
  live_dues integer NOT NULL DEFAULT 0,
  base_dues integer NOT NULL DEFAULT 0,
  base_on date,
  -- Of live_dues those that a sudden swing holds: they are no measure for tomorrow's.
  held_dues integer NOT NULL DEFAULT 0,
  -- Items he ever sent, and those whose token was never blinded here.
  said_items bigint NOT NULL DEFAULT 0,
  unmatched_items bigint NOT NULL DEFAULT 0
);

CREATE INDEX member_pending ON member (pending_on) WHERE pending_on IS NOT NULL;

CREATE INDEX member_left ON member (left_on) WHERE status = 'left' AND contact_ct <> '';

-- One legal entity is one member: whoever has this PAN joins again as the same one.
CREATE TABLE membership (
  pan_key bytea PRIMARY KEY,
  member_no bigint NOT NULL
);

-- What whoever runs the registry did, to which member (null for none). Rows are added, and never changed.
CREATE TABLE operator_act (
  act_id uuid PRIMARY KEY,
  at timestamptz NOT NULL,
  what text NOT NULL,
  member_no bigint
);
CREATE INDEX operator_act_of_member ON operator_act (member_no);

-- What the operator should look at; a row goes when it is true no longer.
CREATE TABLE alarm (
  member_no bigint NOT NULL,
  kind text NOT NULL,
  since timestamptz NOT NULL,
  -- So many of so many.
  count integer NOT NULL,
  of_count integer NOT NULL,
  PRIMARY KEY (member_no, kind)
);

CREATE TABLE application (
  application_id uuid PRIMARY KEY,
  -- What was asked, sealed under the application's own key.
  body bytea NOT NULL,
  otp_hash bytea NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  expires_at timestamptz NOT NULL,
  -- What came of it, for whoever lost the answer and asks again.
  member_no bigint,
  device_no integer
);
CREATE INDEX application_expires ON application (expires_at);

CREATE TABLE device (
  member_no bigint NOT NULL,
  device_no integer NOT NULL,
  epoch integer NOT NULL,
  public_key bytea NOT NULL,
  enrolled_at timestamptz NOT NULL,
  revoked_at timestamptz,
  last_seq bigint NOT NULL DEFAULT -1,
  PRIMARY KEY (member_no, device_no)
);

CREATE TABLE nonce (
  member_no bigint NOT NULL,
  nonce bytea NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (member_no, nonce)
);
CREATE INDEX nonce_expires ON nonce (expires_at);

CREATE TABLE quota (
  member_no bigint NOT NULL,
  kind text NOT NULL,
  day date NOT NULL,
  used integer NOT NULL,
  PRIMARY KEY (member_no, kind, day)
);

CREATE TABLE submission (
  member_no bigint NOT NULL,
  batch_id uuid NOT NULL,
  device_no integer NOT NULL,
  epoch integer NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL,
  full_id uuid,
  digest bytea NOT NULL,
  root bytea NOT NULL,
  header text NOT NULL,
  signature bytea NOT NULL,
  -- The signed bytes, for thirteen months.
  body bytea,
  received_at timestamptz NOT NULL,
  receipt text NOT NULL,
  -- Hash of the header as the log has it.
  leaf bytea NOT NULL,
  PRIMARY KEY (member_no, batch_id)
);
CREATE INDEX submission_with_body ON submission (received_at) WHERE body IS NOT NULL;
CREATE INDEX submission_of_full ON submission (member_no, full_id) WHERE full_id IS NOT NULL;

CREATE TABLE due (
  subject_key bytea NOT NULL,
  member_no bigint NOT NULL,
  due_ref bytea NOT NULL,
  ver bigint NOT NULL,
  state text NOT NULL,
  entity text NOT NULL,
  invoice_on date NOT NULL,
  due_on date NOT NULL,
  amount_p bigint NOT NULL CHECK (amount_p > 0),
  open_p bigint NOT NULL CHECK (open_p >= 0 AND open_p <= amount_p),
  settled_on date,
  evidence text NOT NULL,
  evidence_hash bytea,
  basis_consent uuid,
  subject text NOT NULL,
  -- Destroyed with the row, and then the leaf in the log says nothing any more.
  salt bytea NOT NULL,
  batch_id uuid NOT NULL,
  item_at integer NOT NULL,
  content bytea NOT NULL,
  reported_at timestamptz NOT NULL,
  -- What the registry itself adds.
  notice_on date,
  notice_failed boolean NOT NULL DEFAULT false,
  reminded integer NOT NULL DEFAULT 0,
  -- The visibility that the member was last told of.
  told text,
  held boolean NOT NULL DEFAULT false,
  questioned integer NOT NULL DEFAULT 0,
  dispute text,
  PRIMARY KEY (subject_key, member_no, due_ref)
) WITH (fillfactor = 75);
-- What jobs look for. None names what a further payment changes (state, amounts, version), so that a new version is written
-- into the room beside the old one and no index hears of it.
CREATE INDEX due_unnoticed ON due (reported_at) WHERE notice_on IS NULL AND NOT notice_failed AND NOT held
  AND settled_on IS NULL;
CREATE INDEX due_to_remind ON due (notice_on) WHERE notice_on IS NOT NULL AND reminded < 2 AND settled_on IS NULL;
CREATE INDEX due_held ON due (reported_at) WHERE held;
CREATE INDEX due_settled ON due (settled_on) WHERE settled_on IS NOT NULL;
CREATE INDEX due_settled_person ON due (settled_on) WHERE settled_on IS NOT NULL AND entity IN ('P', 'unknown');
CREATE INDEX due_found_false ON due (subject_key) WHERE dispute = 'resolved_for_debtor';
CREATE INDEX due_unsettled ON due (due_on) WHERE settled_on IS NULL;

-- What a member's own dues last said, on his own machine of a cluster: batches are judged by this.
CREATE TABLE member_due (
  member_no bigint NOT NULL,
  due_ref bytea NOT NULL,
  subject_key bytea NOT NULL,
  ver bigint NOT NULL,
  state text NOT NULL,
  settled_on date,
  open_p bigint NOT NULL,
  content bytea NOT NULL,
  -- Digest of the subject's tokens and kind as they were found to be right: a further version of the same is not judged again.
  judged bytea,
  -- When the member last named it, in a batch of news or in a full reconcile.
  seen_at timestamptz NOT NULL,
  -- The same of one that is taken back, which is kept for some months from then; null for all others.
  gone_at timestamptz,
  questioned integer NOT NULL DEFAULT 0,
  PRIMARY KEY (member_no, due_ref, subject_key)
) WITH (fillfactor = 75);
CREATE INDEX member_due_gone ON member_due (gone_at) WHERE gone_at IS NOT NULL;

-- An invoice that the tax portal signed may be reported once in the whole registry.
CREATE TABLE evidence (
  evidence_hash bytea PRIMARY KEY,
  member_no bigint NOT NULL,
  due_ref bytea NOT NULL
);

CREATE TABLE alias (
  other_key bytea NOT NULL,
  subject_key bytea NOT NULL,
  member_no bigint NOT NULL,
  seen_on date NOT NULL,
  PRIMARY KEY (other_key, subject_key, member_no)
);
CREATE INDEX alias_seen ON alias (seen_on);

-- What the blinder's caller saw of a PAN or GSTIN when it became a token: what a member says of it is held against this.
CREATE TABLE subject_entity (
  subject_key bytea PRIMARY KEY,
  -- The PAN's fourth letter is P; null where the GSTIN holds no PAN.
  is_person boolean,
  -- A GSTIN with a PAN in it: the PAN is the subject.
  holds_pan boolean NOT NULL,
  seen_on date NOT NULL
);
CREATE INDEX subject_entity_seen ON subject_entity (seen_on, subject_key);

-- Contacts that members reported for a subject, each encrypted; equal ones are found by the blinded key.
CREATE TABLE contact (
  subject_key bytea NOT NULL,
  contact_key bytea NOT NULL,
  member_no bigint NOT NULL,
  ct bytea NOT NULL,
  is_registered boolean NOT NULL DEFAULT false,
  -- When the debtor last decided something from it.
  used_on date,
  lang text NOT NULL DEFAULT 'en' CHECK (lang IN ('en', 'hi')),
  -- When this member first said it: what was said only just now is not believed yet.
  first_at timestamptz NOT NULL,
  seen_on date NOT NULL,
  PRIMARY KEY (subject_key, contact_key, member_no)
);
CREATE INDEX contact_seen ON contact (seen_on, subject_key);

-- The key that a subject's contacts are encrypted with, itself encrypted; deleting it erases them.
CREATE TABLE contact_vault (
  subject_key bytea PRIMARY KEY,
  dek_wrapped bytea NOT NULL,
  -- Since when it is not known that anything of the subject is sealed with it; null where that is known, and of members.
  idle_on date
);
CREATE INDEX contact_vault_idle ON contact_vault (idle_on, subject_key) WHERE idle_on IS NOT NULL;

CREATE TABLE consent (
  member_no bigint NOT NULL,
  consent_id uuid NOT NULL,
  subject_key bytea NOT NULL,
  request text NOT NULL,
  purpose text NOT NULL,
  state text NOT NULL,
  assurance text NOT NULL,
  lang text NOT NULL CHECK (lang IN ('en', 'hi')),
  asked_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  -- A result may be kept this long.
  life_days integer NOT NULL,
  -- Of whom it was asked, and the secret of the address that he was sent, hashed.
  contact_key bytea NOT NULL,
  link bytea NOT NULL,
  -- Nobody but the asker vouches for the contact: looked at again then.
  held_until timestamptz,
  artefact text,
  -- The one check that it was used for.
  check_id uuid,
  PRIMARY KEY (member_no, consent_id)
);
CREATE INDEX consent_ends ON consent (expires_at);
CREATE INDEX consent_of_check ON consent (member_no, check_id) WHERE check_id IS NOT NULL;
CREATE INDEX consent_by_subject ON consent (member_no, subject_key);
CREATE INDEX consent_held ON consent (held_until) WHERE held_until IS NOT NULL;

-- The same consents where the subject stands: dues that rest on one are read together with it.
CREATE TABLE consent_of_subject (
  subject_key bytea NOT NULL,
  consent_id uuid NOT NULL,
  member_no bigint NOT NULL,
  purpose text NOT NULL,
  state text NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (subject_key, consent_id, member_no)
);

CREATE TABLE consent_link (
  link bytea PRIMARY KEY,
  member_no bigint NOT NULL,
  consent_id uuid NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX consent_link_ends ON consent_link (expires_at);

CREATE TABLE access_log (
  subject_key bytea NOT NULL,
  look_id uuid NOT NULL,
  member_no bigint NOT NULL,
  at timestamptz NOT NULL,
  purpose text NOT NULL,
  consent_id uuid,
  outcome text NOT NULL CHECK (outcome IN ('told', 'no_record', 'refused')),
  -- The debtor was not told of it yet.
  is_news boolean NOT NULL,
  PRIMARY KEY (subject_key, look_id)
);
CREATE INDEX access_log_at ON access_log (at);
CREATE INDEX access_log_news ON access_log (at) WHERE is_news;

CREATE TABLE check_result (
  subject_key bytea NOT NULL,
  check_id uuid NOT NULL,
  member_no bigint NOT NULL,
  consent_id uuid NOT NULL,
  report text NOT NULL,
  valid_until date NOT NULL,
  PRIMARY KEY (subject_key, check_id, member_no)
);
CREATE INDEX check_result_ends ON check_result (valid_until);

CREATE TABLE dispute (
  subject_key bytea NOT NULL,
  dispute_id uuid NOT NULL,
  member_no bigint NOT NULL,
  due_ref bytea NOT NULL,
  reason text NOT NULL,
  state text NOT NULL,
  opened_on date NOT NULL,
  answered_on date,
  closed_on date,
  -- How often the member was reminded to answer.
  reminded integer NOT NULL DEFAULT 0,
  proof bytea,
  answer_proof bytea,
  PRIMARY KEY (subject_key, dispute_id)
);
CREATE INDEX dispute_running ON dispute (opened_on) WHERE state IN ('open', 'contested');
CREATE INDEX dispute_opened ON dispute (opened_on);

CREATE TABLE dispute_of_member (
  member_no bigint NOT NULL,
  dispute_id uuid NOT NULL,
  subject_key bytea NOT NULL,
  PRIMARY KEY (member_no, dispute_id)
);

CREATE TABLE blocked_member (
  subject_key bytea NOT NULL,
  member_no bigint NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (subject_key, member_no)
);

CREATE TABLE session (
  session_id uuid PRIMARY KEY,
  subject_key bytea NOT NULL,
  otp_hash bytea,
  tries integer NOT NULL DEFAULT 0,
  secret_hash bytea,
  csrf text,
  -- The contact that answered. Where only some members vouch for it, it sees what is theirs and no more.
  contact_key bytea NOT NULL,
  is_whole boolean NOT NULL DEFAULT false,
  -- Of the address of one consent: it answers that, and opens no page.
  is_link boolean NOT NULL DEFAULT false,
  expires_at timestamptz NOT NULL
);
CREATE INDEX session_expires ON session (expires_at);

CREATE TABLE otp_count (
  contact_key bytea NOT NULL,
  day date NOT NULL,
  sent integer NOT NULL,
  PRIMARY KEY (contact_key, day)
);

CREATE TABLE notice (
  subject_key bytea NOT NULL,
  notice_id uuid NOT NULL,
  kind text NOT NULL,
  -- Keys of the dues that it tells of, once for all of them.
  dues text NOT NULL,
  state text NOT NULL CHECK (state IN ('queued', 'sent', 'delivered', 'failed')),
  queued_at timestamptz NOT NULL,
  sent_at timestamptz,
  tries integer NOT NULL DEFAULT 0,
  -- Not before; at once where it is null.
  next_at timestamptz,
  PRIMARY KEY (subject_key, notice_id)
);
CREATE INDEX notice_at ON notice (queued_at);
CREATE INDEX notice_queued ON notice (queued_at) WHERE state = 'queued';

-- Which contacts the notices of a day reached.
CREATE TABLE notice_contact (
  subject_key bytea NOT NULL,
  contact_key bytea NOT NULL,
  told_on date NOT NULL,
  PRIMARY KEY (subject_key, contact_key, told_on)
);
CREATE INDEX notice_contact_told ON notice_contact (told_on);

CREATE TABLE feed_head (
  member_no bigint PRIMARY KEY,
  n bigint NOT NULL
);

CREATE TABLE feed (
  member_no bigint NOT NULL,
  n bigint NOT NULL,
  at timestamptz NOT NULL,
  change text NOT NULL,
  PRIMARY KEY (member_no, n)
);
CREATE INDEX feed_at ON feed (at);

-- Hashes only: what they are of stands with batches and consents, and is nobody else's business.
CREATE TABLE log_queue (
  shard smallint NOT NULL,
  leaf bytea NOT NULL,
  queued_at timestamptz NOT NULL,
  PRIMARY KEY (shard, leaf)
);
CREATE INDEX log_queue_order ON log_queue (shard, queued_at, leaf);

CREATE TABLE log_leaf (
  shard smallint NOT NULL,
  idx bigint NOT NULL,
  leaf bytea NOT NULL,
  PRIMARY KEY (shard, idx)
);
CREATE UNIQUE INDEX log_leaf_index ON log_leaf (shard, leaf);

-- Leaves of consents that were kept long enough and are gone: the audit asks of every other leaf what it is of.
CREATE TABLE log_forgotten (
  shard smallint NOT NULL,
  leaf bytea NOT NULL,
  PRIMARY KEY (shard, leaf)
);

CREATE TABLE log_tile (
  shard smallint NOT NULL,
  level smallint NOT NULL,
  n bigint NOT NULL,
  hashes bytea NOT NULL,
  PRIMARY KEY (shard, level, n)
);

-- One writer at a time: its fence goes up with each taking over, and an older one's writes are refused.
CREATE TABLE log_head (
  shard smallint PRIMARY KEY,
  size bigint NOT NULL,
  checkpoint text NOT NULL,
  fence bigint NOT NULL,
  lease_until timestamptz NOT NULL
);

CREATE TABLE subject_summary (
  subject_key bytea PRIMARY KEY,
  as_of date NOT NULL,
  made_at timestamptz NOT NULL,
  tally text NOT NULL
);
CREATE INDEX subject_summary_made ON subject_summary (made_at);

CREATE TABLE erase_request (
  subject_key bytea NOT NULL,
  request_id uuid NOT NULL,
  reason text NOT NULL,
  at timestamptz NOT NULL,
  -- Asked from a contact that is known as the subject's own.
  is_whole boolean NOT NULL DEFAULT false,
  -- 'erased', or why not; it is closed once the debtor was told.
  outcome text,
  closed_at timestamptz,
  PRIMARY KEY (subject_key, request_id)
);
CREATE INDEX erase_request_at ON erase_request (at);

-- A job runs on one server at a time, and a nightly one once a night; who dies with it leaves it to the next when its time is over.
CREATE TABLE job_lease (
  name text PRIMARY KEY,
  holder uuid NOT NULL,
  until timestamptz NOT NULL,
  done_on date
);
