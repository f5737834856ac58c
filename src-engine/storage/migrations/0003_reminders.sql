CREATE TABLE `attempts` (
	`id` integer PRIMARY KEY NOT NULL,
	`message_id` integer NOT NULL,
	`number` integer NOT NULL,
	`gateway_id` integer,
	`phase` text NOT NULL,
	`request_hash` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`error_class` text,
	`code` text,
	`detail` text,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gateway_id`) REFERENCES `gateways`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "attempts_phase_known" CHECK("attempts"."phase" in ('prepared', 'request-may-have-left', 'done'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `attempts_number` ON `attempts` (`message_id`,`number`);--> statement-breakpoint
CREATE INDEX `attempts_phase` ON `attempts` (`phase`) WHERE "attempts"."phase" <> 'done';--> statement-breakpoint
CREATE TABLE `cadence_assignments` (
	`id` integer PRIMARY KEY NOT NULL,
	`scope` text NOT NULL,
	`scope_key` text NOT NULL,
	`cadence_id` integer,
	`active_from` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`cadence_id`) REFERENCES `cadences`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "cadence_assignments_scope_known" CHECK("cadence_assignments"."scope" in ('company', 'tag', 'customer', 'bill'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `cadence_assignments_scope` ON `cadence_assignments` (`scope`,`scope_key`) WHERE "cadence_assignments"."removed_at" is null;--> statement-breakpoint
CREATE TABLE `cadences` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`is_on` integer NOT NULL,
	`active_from` text NOT NULL,
	`steps_json` text NOT NULL,
	`minimum_paise` integer NOT NULL,
	`gap_days` integer NOT NULL,
	`grace_days` integer NOT NULL,
	`most_per_bill` integer,
	`stop_after_days` integer,
	`is_automatic` integer NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	CONSTRAINT "cadences_name" CHECK(length(trim("cadences"."name")) > 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `consents` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`channel` text NOT NULL,
	`purpose` text NOT NULL,
	`is_granted` integer NOT NULL,
	`how` text NOT NULL,
	`proof` text,
	`day` text NOT NULL,
	`recorded_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `consents_customer` ON `consents` (`customer_id`,`channel`,`purpose`);--> statement-breakpoint
CREATE TABLE `domain_rates` (
	`gateway_id` integer NOT NULL,
	`domain` text NOT NULL,
	`tokens_e3` integer NOT NULL,
	`filled_at` integer NOT NULL,
	PRIMARY KEY(`gateway_id`, `domain`),
	FOREIGN KEY (`gateway_id`) REFERENCES `gateways`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `gateways` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`channel` text NOT NULL,
	`name` text NOT NULL,
	`fields_json` text NOT NULL,
	`vault_name` text NOT NULL,
	`is_on` integer NOT NULL,
	`place` integer NOT NULL,
	`per_minute` integer NOT NULL,
	`per_day` integer,
	`price_per_part_micros` integer,
	`gst_bps` integer NOT NULL,
	`paused_at` integer,
	`paused_json` text,
	`tested_at` integer,
	`test_json` text,
	`reached_owner_at` integer,
	`inbound_cursor` text,
	`pulled_at` integer,
	`balance` text,
	`created_at` integer NOT NULL,
	`removed_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `gateways_vault_name_unique` ON `gateways` (`vault_name`);--> statement-breakpoint
CREATE TABLE `message_bills` (
	`id` integer PRIMARY KEY NOT NULL,
	`message_id` integer NOT NULL,
	`bill_id` integer NOT NULL,
	`number` text,
	`bill_day` text NOT NULL,
	`due_day` text NOT NULL,
	`open_paise` integer NOT NULL,
	`currency` text,
	`foreign_minor` integer,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `message_bills_message` ON `message_bills` (`message_id`);--> statement-breakpoint
CREATE INDEX `message_bills_bill` ON `message_bills` (`bill_id`);--> statement-breakpoint
CREATE TABLE `message_events` (
	`id` integer PRIMARY KEY NOT NULL,
	`message_id` integer NOT NULL,
	`at` integer NOT NULL,
	`kind` text NOT NULL,
	`detail` text,
	`values_json` text,
	`event_key` text,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `message_events_message` ON `message_events` (`message_id`,`at`);--> statement-breakpoint
CREATE UNIQUE INDEX `message_events_key` ON `message_events` (`event_key`) WHERE "message_events"."event_key" is not null;--> statement-breakpoint
CREATE TABLE `message_templates` (
	`id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	`purpose` text NOT NULL,
	`channel` text NOT NULL,
	`language` text NOT NULL,
	`tone` text NOT NULL,
	`name` text NOT NULL,
	`subject` text,
	`body` text NOT NULL,
	`dlt_json` text,
	`vendor_template_id` text,
	`whatsapp_json` text,
	`is_paused` integer NOT NULL,
	`is_starter` integer NOT NULL,
	`version` integer NOT NULL,
	`changed_at` integer NOT NULL,
	`removed_at` integer
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `message_templates_key` ON `message_templates` (`key`,`channel`,`language`) WHERE "message_templates"."removed_at" is null;--> statement-breakpoint
CREATE TABLE `messages` (
	`id` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`run_id` integer NOT NULL,
	`customer_id` integer,
	`purpose` text NOT NULL,
	`channel` text NOT NULL,
	`gateway_id` integer,
	`template_id` integer,
	`template_version` integer,
	`cadence_id` integer,
	`step_id` text,
	`step_number` integer,
	`is_automatic` integer NOT NULL,
	`address` text NOT NULL,
	`to_name` text NOT NULL,
	`language` text NOT NULL,
	`subject` text,
	`body` text NOT NULL,
	`values_json` text NOT NULL,
	`is_edited` integer NOT NULL,
	`attaches` text,
	`balance_paise` integer NOT NULL,
	`overdue_paise` integer NOT NULL,
	`credit_paise` integer NOT NULL,
	`parts` integer,
	`estimate_micros` integer,
	`cost_micros` integer,
	`dedupe_key` text NOT NULL,
	`for_day` text NOT NULL,
	`not_before` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`state` text NOT NULL,
	`reason` text,
	`reason_json` text,
	`why_json` text,
	`claimed_by` text,
	`claimed_until` integer,
	`next_at` integer,
	`poll_count` integer DEFAULT 0 NOT NULL,
	`attempt_count` integer DEFAULT 0 NOT NULL,
	`provider_id` text,
	`mail_id` text,
	`mail_parent` text,
	`mail_root` text,
	`postal_number` text,
	`outcome` text,
	`created_at` integer NOT NULL,
	`sent_at` integer,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`run_id`) REFERENCES `reminder_runs`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`gateway_id`) REFERENCES `gateways`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`template_id`) REFERENCES `message_templates`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`cadence_id`) REFERENCES `cadences`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `messages_uid_unique` ON `messages` (`uid`);--> statement-breakpoint
CREATE UNIQUE INDEX `messages_dedupe` ON `messages` (`dedupe_key`) WHERE "messages"."state" not in ('declined', 'cancelled', 'skipped', 'not-sent', 'rejected', 'user-cancelled');--> statement-breakpoint
CREATE INDEX `messages_state` ON `messages` (`state`,`not_before`);--> statement-breakpoint
CREATE INDEX `messages_next` ON `messages` (`next_at`) WHERE "messages"."next_at" is not null;--> statement-breakpoint
CREATE INDEX `messages_customer` ON `messages` (`customer_id`,`created_at`);--> statement-breakpoint
CREATE INDEX `messages_run` ON `messages` (`run_id`);--> statement-breakpoint
CREATE INDEX `messages_for_day` ON `messages` (`for_day`);--> statement-breakpoint
CREATE INDEX `messages_provider` ON `messages` (`gateway_id`,`provider_id`) WHERE "messages"."provider_id" is not null;--> statement-breakpoint
CREATE INDEX `messages_mail` ON `messages` (`mail_id`) WHERE "messages"."mail_id" is not null;--> statement-breakpoint
CREATE INDEX `messages_address` ON `messages` (`address`,`channel`);--> statement-breakpoint
CREATE TABLE `outbox_lease` (
	`id` integer PRIMARY KEY NOT NULL,
	`owner` text NOT NULL,
	`owner_name` text NOT NULL,
	`until` integer NOT NULL,
	`home` text NOT NULL,
	CONSTRAINT "outbox_lease_one_row" CHECK("outbox_lease"."id" = 1)
) STRICT;
--> statement-breakpoint
CREATE TABLE `pay_links` (
	`id` integer PRIMARY KEY NOT NULL,
	`gateway_id` integer NOT NULL,
	`customer_id` integer NOT NULL,
	`reference` text NOT NULL,
	`external_id` text,
	`url` text,
	`bill_ids_json` text NOT NULL,
	`parts_json` text,
	`amount_paise` integer NOT NULL,
	`paid_paise` integer NOT NULL,
	`status` text NOT NULL,
	`created_at` integer NOT NULL,
	`looked_at` integer,
	`next_look_at` integer,
	FOREIGN KEY (`gateway_id`) REFERENCES `gateways`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `pay_links_reference_unique` ON `pay_links` (`reference`);--> statement-breakpoint
CREATE INDEX `pay_links_customer` ON `pay_links` (`customer_id`);--> statement-breakpoint
CREATE INDEX `pay_links_next` ON `pay_links` (`next_look_at`) WHERE "pay_links"."next_look_at" is not null;--> statement-breakpoint
CREATE TABLE `payment_claims` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`source` text NOT NULL,
	`source_key` text NOT NULL,
	`reply_id` integer,
	`link_id` integer,
	`amount_paise` integer,
	`reference` text,
	`state` text NOT NULL,
	`receipt_id` integer,
	`created_at` integer NOT NULL,
	`settled_at` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reply_id`) REFERENCES `replies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`link_id`) REFERENCES `pay_links`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`receipt_id`) REFERENCES `receipts`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "payment_claims_state" CHECK("payment_claims"."state" in ('to-confirm', 'confirmed', 'dismissed')),
	CONSTRAINT "payment_claims_source" CHECK("payment_claims"."source" in ('reply', 'pay-link', 'key-press'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `payment_claims_source_key_unique` ON `payment_claims` (`source_key`);--> statement-breakpoint
CREATE INDEX `payment_claims_customer` ON `payment_claims` (`customer_id`);--> statement-breakpoint
CREATE TABLE `plan_edits` (
	`id` integer PRIMARY KEY NOT NULL,
	`row_key` text NOT NULL,
	`for_day` text NOT NULL,
	`customer_id` integer NOT NULL,
	`subject` text,
	`body` text,
	`declined_reason` text,
	`changed_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `plan_edits_row_key_unique` ON `plan_edits` (`row_key`);--> statement-breakpoint
CREATE INDEX `plan_edits_day` ON `plan_edits` (`for_day`);--> statement-breakpoint
CREATE TABLE `rate_buckets` (
	`gateway_id` integer PRIMARY KEY NOT NULL,
	`tokens_e3` integer NOT NULL,
	`filled_at` integer NOT NULL,
	`day` text NOT NULL,
	`day_count` integer NOT NULL,
	`closed_until` integer,
	`failures_in_row` integer NOT NULL,
	FOREIGN KEY (`gateway_id`) REFERENCES `gateways`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `reminder_pauses` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`bill_id` integer,
	`kind` text NOT NULL,
	`until_day` text,
	`reason` text NOT NULL,
	`reply_id` integer,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "reminder_pauses_kind" CHECK("reminder_pauses"."kind" in ('promise', 'dispute', 'plan', 'reply', 'person'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `reminder_pauses_customer` ON `reminder_pauses` (`customer_id`) WHERE "reminder_pauses"."ended_at" is null;--> statement-breakpoint
CREATE TABLE `reminder_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`run_day` text NOT NULL,
	`state` text NOT NULL,
	`rows_hash` text,
	`approved_at` integer,
	`undo_until` integer,
	`created_at` integer NOT NULL,
	CONSTRAINT "reminder_runs_kind" CHECK("reminder_runs"."kind" in ('round', 'approved', 'single', 'thanks', 'notice', 'test', 'reply')),
	CONSTRAINT "reminder_runs_state" CHECK("reminder_runs"."state" in ('approving', 'open', 'undone', 'done'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `reminder_runs_day` ON `reminder_runs` (`run_day`);--> statement-breakpoint
CREATE TABLE `replies` (
	`id` integer PRIMARY KEY NOT NULL,
	`gateway_id` integer,
	`external_id` text NOT NULL,
	`customer_id` integer,
	`message_id` integer,
	`channel` text NOT NULL,
	`kind` text NOT NULL,
	`from_address` text NOT NULL,
	`subject` text,
	`body` text NOT NULL,
	`mail_id` text,
	`received_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`mark` text,
	`marked_at` integer,
	`mark_json` text,
	`answered_at` integer,
	FOREIGN KEY (`gateway_id`) REFERENCES `gateways`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`message_id`) REFERENCES `messages`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `replies_external` ON `replies` (`gateway_id`,`external_id`);--> statement-breakpoint
CREATE INDEX `replies_customer` ON `replies` (`customer_id`,`received_at`);--> statement-breakpoint
CREATE INDEX `replies_address` ON `replies` (`from_address`,`received_at`);--> statement-breakpoint
CREATE INDEX `replies_open` ON `replies` (`customer_id`) WHERE "replies"."answered_at" is null and "replies"."kind" = 'reply';--> statement-breakpoint
CREATE TABLE `reply_attachments` (
	`id` integer PRIMARY KEY NOT NULL,
	`reply_id` integer NOT NULL,
	`file_name` text NOT NULL,
	`mime` text NOT NULL,
	`byte_count` integer NOT NULL,
	`bytes` blob NOT NULL,
	FOREIGN KEY (`reply_id`) REFERENCES `replies`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `reply_attachments_reply` ON `reply_attachments` (`reply_id`);--> statement-breakpoint
CREATE TABLE `suppressions` (
	`id` integer PRIMARY KEY NOT NULL,
	`channel` text NOT NULL,
	`address` text NOT NULL,
	`reason` text NOT NULL,
	`detail` text,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	`removed_reason` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `suppressions_address` ON `suppressions` (`channel`,`address`) WHERE "suppressions"."removed_at" is null;