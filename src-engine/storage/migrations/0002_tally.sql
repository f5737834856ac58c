CREATE TABLE `contact_offers` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`field` text NOT NULL,
	`value` text NOT NULL,
	`offered_at` integer NOT NULL,
	`answered_at` integer,
	`is_taken` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "contact_offers_field" CHECK("contact_offers"."field" in ('phone', 'email'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `contact_offers_customer` ON `contact_offers` (`customer_id`,`field`);--> statement-breakpoint
CREATE TABLE `sync_runs` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`started_at` integer NOT NULL,
	`ended_at` integer,
	`outcome` text CHECK (`outcome` in ('done', 'nothing-new', 'failed', 'stopped')),
	`failure_json` text,
	`request_count` integer NOT NULL,
	`tally_milliseconds` integer NOT NULL,
	`byte_count` integer NOT NULL,
	`ledger_count` integer NOT NULL,
	`bill_count` integer NOT NULL,
	`voucher_count` integer NOT NULL,
	`added_count` integer NOT NULL,
	`changed_count` integer NOT NULL,
	`gone_count` integer NOT NULL,
	`difference_paise` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `sync_runs_started_at` ON `sync_runs` (`started_at`);--> statement-breakpoint
CREATE TABLE `tally_connection` (
	`id` integer PRIMARY KEY NOT NULL,
	`origin` text NOT NULL,
	`host` text NOT NULL,
	`port` integer NOT NULL,
	`product` text NOT NULL,
	`company_guid` text NOT NULL,
	`company_number` text,
	`company_name` text NOT NULL,
	`books_from` text,
	`is_educational` integer NOT NULL,
	`is_connected` integer NOT NULL,
	`options_json` text NOT NULL,
	`is_paused` integer NOT NULL,
	`master_counter` integer,
	`voucher_counter` integer,
	`voucher_shape` text,
	`as_of_day` text,
	`synced_at` integer,
	`in_step_at` integer,
	`history_from` text,
	`is_history_shown` integer NOT NULL,
	`failure_json` text,
	CONSTRAINT "tally_connection_one_row" CHECK("tally_connection"."id" = 1),
	CONSTRAINT "tally_connection_origin" CHECK("tally_connection"."origin" in ('live', 'files')),
	CONSTRAINT "tally_connection_port" CHECK("tally_connection"."port" between 0 and 65535)
) STRICT;
--> statement-breakpoint
CREATE TABLE `tally_differences` (
	`ledger_id` integer PRIMARY KEY NOT NULL,
	`difference_paise` integer NOT NULL,
	`bill_count` integer NOT NULL,
	`causes_json` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `tally_groups` (
	`guid` text PRIMARY KEY NOT NULL,
	`alter_id` integer NOT NULL,
	`name` text NOT NULL,
	`parent` text,
	`reserved_name` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `tally_ledgers` (
	`id` integer PRIMARY KEY NOT NULL,
	`guid` text NOT NULL,
	`master_id` integer NOT NULL,
	`alter_id` integer NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`parent` text,
	`is_bill_wise` integer NOT NULL,
	`credit_period` text,
	`opening_paise` integer,
	`closing_paise` integer NOT NULL,
	`is_customer` integer NOT NULL,
	`customer_id` integer,
	`gone_at` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `tally_ledgers_guid_unique` ON `tally_ledgers` (`guid`);--> statement-breakpoint
CREATE INDEX `tally_ledgers_name_key` ON `tally_ledgers` (`name_key`);--> statement-breakpoint
CREATE INDEX `tally_ledgers_customer` ON `tally_ledgers` (`customer_id`);--> statement-breakpoint
CREATE TABLE `tally_lines` (
	`id` integer PRIMARY KEY NOT NULL,
	`ledger_id` integer NOT NULL,
	`line` integer NOT NULL,
	`ref` text,
	`type` text NOT NULL,
	`bill_day` text,
	`due_day` text,
	`amount_paise` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `tally_lines_ledger` ON `tally_lines` (`ledger_id`);--> statement-breakpoint
CREATE TABLE `tally_open_bills` (
	`ledger_id` integer NOT NULL,
	`ref` text NOT NULL,
	`bill_day` text NOT NULL,
	`due_day` text NOT NULL,
	`balance_paise` integer NOT NULL,
	PRIMARY KEY(`ledger_id`, `ref`, `bill_day`),
	CONSTRAINT "tally_open_bills_balance" CHECK("tally_open_bills"."balance_paise" <> 0)
) STRICT;
--> statement-breakpoint
CREATE TABLE `tally_opening_bills` (
	`ledger_id` integer NOT NULL,
	`position` integer NOT NULL,
	`ref` text NOT NULL,
	`bill_day` text,
	`due_day` text,
	`amount_paise` integer NOT NULL,
	PRIMARY KEY(`ledger_id`, `position`)
) STRICT;
--> statement-breakpoint
CREATE TABLE `tally_vouchers` (
	`id` integer PRIMARY KEY NOT NULL,
	`guid` text,
	`alter_id` integer NOT NULL,
	`day` text NOT NULL,
	`kind` text NOT NULL,
	`type_name` text NOT NULL,
	`number` text,
	`narration` text,
	`state` integer NOT NULL,
	`is_post_dated` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE INDEX `tally_vouchers_guid` ON `tally_vouchers` (`guid`) WHERE "tally_vouchers"."guid" is not null;--> statement-breakpoint
CREATE INDEX `tally_vouchers_day` ON `tally_vouchers` (`day`);--> statement-breakpoint
CREATE TABLE `tally_windows` (
	`position` integer PRIMARY KEY NOT NULL,
	`from_day` text NOT NULL,
	`to_day` text NOT NULL,
	`expected_count` integer NOT NULL,
	`read_at` integer,
	`voucher_count` integer,
	`milliseconds` integer
) STRICT;--> statement-breakpoint
ALTER TABLE `edits` ADD `by_tally` integer DEFAULT 0 NOT NULL CHECK (`by_tally` in (0, 1));
--> statement-breakpoint
DROP INDEX `allocations_reverses`;--> statement-breakpoint
DROP INDEX `allocations_receipt`;--> statement-breakpoint
DROP INDEX `allocations_credit`;--> statement-breakpoint
DROP INDEX `allocations_batch`;--> statement-breakpoint
CREATE UNIQUE INDEX `allocations_reverses` ON `allocations` (`reverses_id`) WHERE "allocations"."reverses_id" is not null;--> statement-breakpoint
CREATE INDEX `allocations_receipt` ON `allocations` (`receipt_id`) WHERE "allocations"."receipt_id" is not null;--> statement-breakpoint
CREATE INDEX `allocations_credit` ON `allocations` (`credit_id`) WHERE "allocations"."credit_id" is not null;--> statement-breakpoint
CREATE INDEX `allocations_batch` ON `allocations` (`import_batch_id`) WHERE "allocations"."import_batch_id" is not null;--> statement-breakpoint
DROP INDEX `bills_batch`;--> statement-breakpoint
CREATE INDEX `bills_batch` ON `bills` (`import_batch_id`) WHERE "bills"."import_batch_id" is not null;--> statement-breakpoint
DROP INDEX `credits_batch`;--> statement-breakpoint
CREATE INDEX `credits_batch` ON `credits` (`import_batch_id`) WHERE "credits"."import_batch_id" is not null;--> statement-breakpoint
DROP INDEX `receipts_batch`;--> statement-breakpoint
CREATE INDEX `receipts_batch` ON `receipts` (`import_batch_id`) WHERE "receipts"."import_batch_id" is not null;
