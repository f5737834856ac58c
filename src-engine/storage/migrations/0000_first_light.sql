CREATE TABLE `allocations` (
	`id` integer PRIMARY KEY NOT NULL,
	`bill_id` integer NOT NULL,
	`instalment_id` integer,
	`receipt_id` integer,
	`credit_id` integer,
	`allocation_day` text NOT NULL,
	`amount_paise` integer NOT NULL,
	`foreign_minor` integer,
	`reverses_id` integer,
	`created_at` integer NOT NULL,
	`source` text NOT NULL,
	`source_key` text NOT NULL,
	`import_batch_id` integer,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`instalment_id`) REFERENCES `instalments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`receipt_id`) REFERENCES `receipts`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`credit_id`) REFERENCES `credits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reverses_id`) REFERENCES `allocations`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`import_batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "allocations_one_side" CHECK(("allocations"."receipt_id" is null) <> ("allocations"."credit_id" is null)),
	CONSTRAINT "allocations_sign" CHECK(("allocations"."reverses_id" is null and "allocations"."amount_paise" > 0) or ("allocations"."reverses_id" is not null and "allocations"."amount_paise" < 0)),
	CONSTRAINT "allocations_day" CHECK("allocations"."allocation_day" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `allocations_source_key` ON `allocations` (`source`,`source_key`);--> statement-breakpoint
CREATE UNIQUE INDEX `allocations_reverses` ON `allocations` (`reverses_id`);--> statement-breakpoint
CREATE INDEX `allocations_bill` ON `allocations` (`bill_id`,`allocation_day`);--> statement-breakpoint
CREATE INDEX `allocations_receipt` ON `allocations` (`receipt_id`);--> statement-breakpoint
CREATE INDEX `allocations_credit` ON `allocations` (`credit_id`);--> statement-breakpoint
CREATE INDEX `allocations_batch` ON `allocations` (`import_batch_id`);--> statement-breakpoint
CREATE TABLE `bills` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`kind` text NOT NULL,
	`number` text,
	`bill_day` text NOT NULL,
	`due_day` text NOT NULL,
	`amount_paise` integer NOT NULL,
	`currency` text,
	`foreign_minor` integer,
	`rate_e6` integer,
	`salesperson` text,
	`narration` text,
	`do_not_chase_reason` text,
	`created_at` integer NOT NULL,
	`source` text NOT NULL,
	`source_key` text NOT NULL,
	`import_batch_id` integer,
	`voided_at` integer,
	`void_reason` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`import_batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "bills_kind" CHECK("bills"."kind" in ('invoice', 'debit-note', 'opening-bill', 'interest', 'charge')),
	CONSTRAINT "bills_amount" CHECK("bills"."amount_paise" > 0),
	CONSTRAINT "bills_days" CHECK("bills"."bill_day" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' and "bills"."due_day" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "bills_foreign" CHECK(("bills"."currency" is null) = ("bills"."foreign_minor" is null) and ("bills"."currency" is null) = ("bills"."rate_e6" is null))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `bills_source_key` ON `bills` (`source`,`source_key`);--> statement-breakpoint
CREATE INDEX `bills_customer` ON `bills` (`customer_id`,`due_day`);--> statement-breakpoint
CREATE INDEX `bills_number` ON `bills` (`number`);--> statement-breakpoint
CREATE INDEX `bills_batch` ON `bills` (`import_batch_id`);--> statement-breakpoint
CREATE TABLE `book` (
	`id` integer PRIMARY KEY NOT NULL,
	`book_key` text NOT NULL,
	`name` text NOT NULL,
	`base_currency` text NOT NULL,
	`time_zone` text NOT NULL,
	`is_demo` integer NOT NULL,
	`created_at` integer NOT NULL,
	`opened_at` integer NOT NULL,
	CONSTRAINT "book_one_row" CHECK("book"."id" = 1),
	CONSTRAINT "book_name" CHECK(length(trim("book"."name")) > 0),
	CONSTRAINT "book_currency" CHECK(length("book"."base_currency") = 3)
) STRICT;
--> statement-breakpoint
CREATE TABLE `credits` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`kind` text NOT NULL,
	`number` text,
	`credit_day` text NOT NULL,
	`amount_paise` integer NOT NULL,
	`currency` text,
	`foreign_minor` integer,
	`rate_e6` integer,
	`narration` text,
	`created_at` integer NOT NULL,
	`source` text NOT NULL,
	`source_key` text NOT NULL,
	`import_batch_id` integer,
	`voided_at` integer,
	`void_reason` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`import_batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "credits_kind" CHECK("credits"."kind" in ('credit-note', 'advance', 'on-account')),
	CONSTRAINT "credits_amount" CHECK("credits"."amount_paise" > 0),
	CONSTRAINT "credits_day" CHECK("credits"."credit_day" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "credits_foreign" CHECK(("credits"."currency" is null) = ("credits"."foreign_minor" is null) and ("credits"."currency" is null) = ("credits"."rate_e6" is null))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `credits_source_key` ON `credits` (`source`,`source_key`);--> statement-breakpoint
CREATE INDEX `credits_customer` ON `credits` (`customer_id`,`credit_day`);--> statement-breakpoint
CREATE INDEX `credits_batch` ON `credits` (`import_batch_id`);--> statement-breakpoint
CREATE TABLE `customers` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`name_key` text NOT NULL,
	`code` text,
	`phone` text,
	`email` text,
	`gstin` text,
	`pan` text,
	`address` text,
	`group_path` text,
	`salesperson` text,
	`territory` text,
	`language` text,
	`credit_days` integer,
	`credit_limit_paise` integer,
	`do_not_chase_reason` text,
	`created_at` integer NOT NULL,
	`source` text NOT NULL,
	`source_key` text NOT NULL,
	`import_batch_id` integer,
	FOREIGN KEY (`import_batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "customers_name" CHECK(length(trim("customers"."name")) > 0),
	CONSTRAINT "customers_credit_days" CHECK("customers"."credit_days" is null or "customers"."credit_days" between 0 and 3650),
	CONSTRAINT "customers_credit_limit" CHECK("customers"."credit_limit_paise" is null or "customers"."credit_limit_paise" >= 0)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `customers_source_key` ON `customers` (`source`,`source_key`);--> statement-breakpoint
CREATE INDEX `customers_name_key` ON `customers` (`name_key`);--> statement-breakpoint
CREATE TABLE `import_batches` (
	`id` integer PRIMARY KEY NOT NULL,
	`file_name` text NOT NULL,
	`file_sha256` text NOT NULL,
	`layout` text NOT NULL,
	`map_json` text NOT NULL,
	`imported_at` integer NOT NULL,
	`taken_row_count` integer NOT NULL,
	`refused_row_count` integer NOT NULL,
	`left_out_row_count` integer NOT NULL,
	`added_bill_count` integer NOT NULL,
	`changed_bill_count` integer NOT NULL,
	`bill_paise` integer NOT NULL,
	`receipt_paise` integer NOT NULL,
	`credit_paise` integer NOT NULL,
	`open_paise` integer NOT NULL,
	`reverted_at` integer
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_batches_imported_at` ON `import_batches` (`imported_at`);--> statement-breakpoint
CREATE TABLE `import_notes` (
	`id` integer PRIMARY KEY NOT NULL,
	`import_batch_id` integer NOT NULL,
	`row` integer NOT NULL,
	`outcome` text NOT NULL,
	`reason_json` text NOT NULL,
	`excerpt` text NOT NULL,
	FOREIGN KEY (`import_batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "import_notes_outcome" CHECK("import_notes"."outcome" in ('refused', 'left-out'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `import_notes_batch` ON `import_notes` (`import_batch_id`,`row`);--> statement-breakpoint
CREATE TABLE `instalments` (
	`id` integer PRIMARY KEY NOT NULL,
	`bill_id` integer NOT NULL,
	`position` integer NOT NULL,
	`due_day` text NOT NULL,
	`amount_paise` integer NOT NULL,
	`foreign_minor` integer,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "instalments_amount" CHECK("instalments"."amount_paise" > 0 and "instalments"."position" > 0),
	CONSTRAINT "instalments_due" CHECK("instalments"."due_day" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `instalments_position` ON `instalments` (`bill_id`,`position`);--> statement-breakpoint
CREATE TABLE `receipts` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`number` text,
	`receipt_day` text NOT NULL,
	`cheque_day` text,
	`effective_day` text GENERATED ALWAYS AS ((max(receipt_day, coalesce(cheque_day, receipt_day)))) STORED NOT NULL,
	`amount_paise` integer NOT NULL,
	`currency` text,
	`foreign_minor` integer,
	`rate_e6` integer,
	`mode` text,
	`reference` text,
	`narration` text,
	`created_at` integer NOT NULL,
	`source` text NOT NULL,
	`source_key` text NOT NULL,
	`import_batch_id` integer,
	`voided_at` integer,
	`void_reason` text,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`import_batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "receipts_amount" CHECK("receipts"."amount_paise" > 0),
	CONSTRAINT "receipts_days" CHECK("receipts"."receipt_day" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]' and ("receipts"."cheque_day" is null or "receipts"."cheque_day" glob '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')),
	CONSTRAINT "receipts_foreign" CHECK(("receipts"."currency" is null) = ("receipts"."foreign_minor" is null) and ("receipts"."currency" is null) = ("receipts"."rate_e6" is null))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `receipts_source_key` ON `receipts` (`source`,`source_key`);--> statement-breakpoint
CREATE INDEX `receipts_customer` ON `receipts` (`customer_id`,`receipt_day`);--> statement-breakpoint
CREATE INDEX `receipts_batch` ON `receipts` (`import_batch_id`);