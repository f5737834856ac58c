CREATE TABLE `registry_batches` (
	`id` integer PRIMARY KEY NOT NULL,
	`batch_id` text NOT NULL,
	`epoch` integer NOT NULL,
	`seq` integer NOT NULL,
	`kind` text NOT NULL,
	`body` blob,
	`root` text NOT NULL,
	`header` text NOT NULL,
	`item_count` integer NOT NULL,
	`dues` text NOT NULL,
	`state` text NOT NULL,
	`tries` integer DEFAULT 0 NOT NULL,
	`next_try_at` integer,
	`frozen_at` integer NOT NULL,
	`receipt` text,
	`log_index` integer,
	`verified_at` integer,
	CONSTRAINT "registry_batches_state" CHECK("registry_batches"."state" in ('frozen', 'sending', 'received', 'refused')),
	CONSTRAINT "registry_batches_kind" CHECK("registry_batches"."kind" in ('incremental', 'full_part', 'full_end')),
	CONSTRAINT "registry_batches_body" CHECK("registry_batches"."state" not in ('frozen', 'sending') or "registry_batches"."body" is not null)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `registry_batches_id` ON `registry_batches` (`batch_id`);--> statement-breakpoint
CREATE INDEX `registry_batches_open` ON `registry_batches` (`seq`) WHERE "registry_batches"."state" in ('frozen', 'sending');--> statement-breakpoint
CREATE TABLE `registry_checks` (
	`id` integer PRIMARY KEY NOT NULL,
	`check_id` text NOT NULL,
	`consent_id` text NOT NULL,
	`customer_id` integer,
	`name` text NOT NULL,
	`report` text,
	`valid_until` text NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE set null
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `registry_checks_id` ON `registry_checks` (`check_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `registry_checks_consent` ON `registry_checks` (`consent_id`);--> statement-breakpoint
CREATE TABLE `registry_consents` (
	`id` integer PRIMARY KEY NOT NULL,
	`consent_id` text NOT NULL,
	`customer_id` integer,
	`name` text NOT NULL,
	`subject` text,
	`identifiers` text NOT NULL,
	`contact` text NOT NULL,
	`purpose` text NOT NULL,
	`state` text NOT NULL,
	`assurance` text,
	`with_trend` integer NOT NULL,
	`language` text NOT NULL,
	`asked_at` integer NOT NULL,
	`expires_day` text NOT NULL,
	`artefact` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "registry_consents_purpose" CHECK("registry_consents"."purpose" in ('TC01', 'TC02'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `registry_consents_id` ON `registry_consents` (`consent_id`);--> statement-breakpoint
CREATE INDEX `registry_consents_customer` ON `registry_consents` (`customer_id`);--> statement-breakpoint
CREATE TABLE `registry_disputes` (
	`id` integer PRIMARY KEY NOT NULL,
	`dispute_id` text NOT NULL,
	`due_id` integer,
	`reason` text NOT NULL,
	`state` text NOT NULL,
	`opened_at` integer NOT NULL,
	`answer_by` text,
	FOREIGN KEY (`due_id`) REFERENCES `registry_dues`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `registry_disputes_id` ON `registry_disputes` (`dispute_id`);--> statement-breakpoint
CREATE TABLE `registry_dues` (
	`id` integer PRIMARY KEY NOT NULL,
	`bill_id` integer,
	`former_bill_id` integer,
	`due_ref` text NOT NULL,
	`salt` text NOT NULL,
	`subject` text NOT NULL,
	`state` text NOT NULL,
	`stated` text,
	`stated_open_paise` integer NOT NULL,
	`evidence` text NOT NULL,
	`evidence_hash` text,
	`consent_id` text,
	`rev` integer DEFAULT 0 NOT NULL,
	`epoch` integer DEFAULT 0 NOT NULL,
	`published_at` integer NOT NULL,
	`hold_until` integer NOT NULL,
	`withdrawn_at` integer,
	`written_off_at` integer,
	`undone_at` integer,
	`sent_rev` integer,
	`sent_at` integer,
	`visibility` text,
	`visible_from` text,
	`notice` text,
	`error_code` text,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE set null,
	FOREIGN KEY (`former_bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE set null,
	CONSTRAINT "registry_dues_state" CHECK("registry_dues"."state" in ('open', 'part', 'settled', 'withdrawn', 'written_off', 'reopened')),
	CONSTRAINT "registry_dues_evidence" CHECK("registry_dues"."evidence" in ('irp', 'ack', 'doc', 'claim')),
	CONSTRAINT "registry_dues_ref" CHECK(length("registry_dues"."due_ref") = 22 and length("registry_dues"."salt") = 22),
	CONSTRAINT "registry_dues_rev" CHECK("registry_dues"."rev" >= 0 and ("registry_dues"."rev" = 0) = ("registry_dues"."stated" is null)),
	CONSTRAINT "registry_dues_open" CHECK("registry_dues"."stated_open_paise" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `registry_dues_bill` ON `registry_dues` (`bill_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `registry_dues_ref` ON `registry_dues` (`due_ref`);--> statement-breakpoint
CREATE TABLE `registry_evidence` (
	`bill_id` integer PRIMARY KEY NOT NULL,
	`grade` text NOT NULL,
	`hash` text NOT NULL,
	`file_name` text,
	`at` integer NOT NULL,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE cascade,
	CONSTRAINT "registry_evidence_grade" CHECK("registry_evidence"."grade" in ('irp', 'ack', 'doc')),
	CONSTRAINT "registry_evidence_hash" CHECK(length("registry_evidence"."hash") = 43)
) STRICT;
--> statement-breakpoint
CREATE TABLE `registry_looks` (
	`id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`what` text NOT NULL,
	`name` text NOT NULL,
	`consent_id` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `registry_membership` (
	`id` integer PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`address` text NOT NULL,
	`registry_name` text NOT NULL,
	`legal_name` text NOT NULL,
	`purpose` text NOT NULL,
	`application_id` text NOT NULL,
	`member_id` text,
	`device_id` text,
	`epoch` integer DEFAULT 0 NOT NULL,
	`rev` integer DEFAULT 0 NOT NULL,
	`seq` integer DEFAULT 0 NOT NULL,
	`previous_root` text DEFAULT '' NOT NULL,
	`key_version` text NOT NULL,
	`origin` text NOT NULL,
	`verifier_key` text NOT NULL,
	`receipt_key` text NOT NULL,
	`terms_version` text NOT NULL,
	`notice_days` integer DEFAULT 21 NOT NULL,
	`probation_until` text,
	`joined_at` integer,
	`has_confirmed` integer DEFAULT false NOT NULL,
	`cursor` text DEFAULT '0' NOT NULL,
	`checkpoint` text,
	`checkpoint_at` integer,
	`clock_offset_ms` integer DEFAULT 0 NOT NULL,
	`full_at` integer DEFAULT 0 NOT NULL,
	`full_id` text,
	`full_after` integer DEFAULT 0 NOT NULL,
	`batch_size` integer DEFAULT 100 NOT NULL,
	`last_sync_at` integer,
	`next_sync_at` integer,
	`trouble_code` text,
	`trouble_sentence` text,
	`trouble_at` integer,
	`failures` integer DEFAULT 0 NOT NULL,
	`home` text NOT NULL,
	CONSTRAINT "registry_membership_single" CHECK("registry_membership"."id" = 1),
	CONSTRAINT "registry_membership_status" CHECK("registry_membership"."status" in ('applied', 'pending', 'member', 'suspended', 'left')),
	CONSTRAINT "registry_membership_purpose" CHECK("registry_membership"."purpose" in ('publish', 'check', 'both')),
	CONSTRAINT "registry_membership_counters" CHECK("registry_membership"."epoch" >= 0 and "registry_membership"."rev" >= 0 and "registry_membership"."seq" >= 0),
	CONSTRAINT "registry_membership_size" CHECK("registry_membership"."batch_size" between 1 and 500)
) STRICT;
--> statement-breakpoint
CREATE TABLE `registry_outbox` (
	`due_id` integer PRIMARY KEY NOT NULL,
	FOREIGN KEY (`due_id`) REFERENCES `registry_dues`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `registry_do_not_publish_bills` (
	`bill_id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `registry_do_not_publish` (
	`customer_id` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE cascade
) STRICT;
--> statement-breakpoint
CREATE TABLE `registry_tokens` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`key_version` text NOT NULL,
	`token` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `registry_tokens_value` ON `registry_tokens` (`kind`,`value`,`key_version`);--> statement-breakpoint
-- A published due is queued in the very transaction that changes what is open of its bill, whoever writes.
CREATE TRIGGER registry_bill_change AFTER UPDATE ON bills BEGIN insert into registry_outbox (due_id) select id from registry_dues where bill_id = old.id on conflict do nothing; END;
--> statement-breakpoint
CREATE TRIGGER registry_bill_gone BEFORE DELETE ON bills BEGIN insert into registry_outbox (due_id) select id from registry_dues where bill_id = old.id on conflict do nothing; END;
--> statement-breakpoint
CREATE TRIGGER registry_receipt_change AFTER UPDATE ON receipts BEGIN insert into registry_outbox (due_id) select d.id from allocations a join registry_dues d on d.bill_id = a.bill_id where a.receipt_id = old.id on conflict do nothing; END;
--> statement-breakpoint
CREATE TRIGGER registry_credit_change AFTER UPDATE ON credits BEGIN insert into registry_outbox (due_id) select d.id from allocations a join registry_dues d on d.bill_id = a.bill_id where a.credit_id = old.id on conflict do nothing; END;
--> statement-breakpoint
CREATE TRIGGER registry_allocation_new AFTER INSERT ON allocations BEGIN insert into registry_outbox (due_id) select id from registry_dues where bill_id = new.bill_id on conflict do nothing; END;
--> statement-breakpoint
CREATE TRIGGER registry_allocation_change AFTER UPDATE ON allocations BEGIN insert into registry_outbox (due_id) select id from registry_dues where bill_id = old.bill_id on conflict do nothing; insert into registry_outbox (due_id) select id from registry_dues where bill_id = new.bill_id on conflict do nothing; END;
--> statement-breakpoint
CREATE TRIGGER registry_allocation_gone AFTER DELETE ON allocations BEGIN insert into registry_outbox (due_id) select id from registry_dues where bill_id = old.bill_id on conflict do nothing; END;
--> statement-breakpoint
-- A customer's PAN, GSTIN or number was set right: what was said under the wrong one, or told nobody, is looked at again.
CREATE TRIGGER registry_customer_change AFTER UPDATE OF gstin, pan, phone, email ON customers WHEN old.gstin is not new.gstin or old.pan is not new.pan or old.phone is not new.phone or old.email is not new.email BEGIN insert into registry_outbox (due_id) select d.id from registry_dues d join bills b on b.id = d.bill_id where b.customer_id = old.id on conflict do nothing; END;
--> statement-breakpoint
CREATE TRIGGER registry_contact_new AFTER INSERT ON contacts BEGIN insert into registry_outbox (due_id) select d.id from registry_dues d join bills b on b.id = d.bill_id where b.customer_id = new.customer_id on conflict do nothing; END;
--> statement-breakpoint
CREATE TRIGGER registry_contact_change AFTER UPDATE ON contacts BEGIN insert into registry_outbox (due_id) select d.id from registry_dues d join bills b on b.id = d.bill_id where b.customer_id = old.customer_id on conflict do nothing; END;
