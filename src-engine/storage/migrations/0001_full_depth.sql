CREATE TABLE `contacts` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`role` text NOT NULL,
	`name` text NOT NULL,
	`phone` text,
	`email` text,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "contacts_role" CHECK("contacts"."role" in ('owner', 'accounts', 'purchase', 'other')),
	CONSTRAINT "contacts_something" CHECK(length(trim("contacts"."name")) > 0 or "contacts"."phone" is not null or "contacts"."email" is not null)
) STRICT;
--> statement-breakpoint
CREATE INDEX `contacts_customer` ON `contacts` (`customer_id`);--> statement-breakpoint
CREATE TABLE `customer_aliases` (
	`name_key` text PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_aliases_customer` ON `customer_aliases` (`customer_id`);--> statement-breakpoint
CREATE TABLE `customer_tags` (
	`customer_id` integer NOT NULL,
	`tag` text NOT NULL,
	PRIMARY KEY(`customer_id`, `tag`),
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "customer_tags_tag" CHECK(length(trim("customer_tags"."tag")) > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `customer_tags_tag` ON `customer_tags` (`tag`);--> statement-breakpoint
CREATE TABLE `edits` (
	`id` integer PRIMARY KEY NOT NULL,
	`noun` text NOT NULL,
	`row_id` integer NOT NULL,
	`customer_id` integer NOT NULL,
	`field` text NOT NULL,
	`before` text,
	`after` text,
	`edited_at` integer NOT NULL,
	`import_batch_id` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`import_batch_id`) REFERENCES `import_batches`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "edits_noun" CHECK("edits"."noun" in ('customer', 'contact', 'bill', 'receipt', 'credit'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `edits_customer` ON `edits` (`customer_id`,`edited_at`);--> statement-breakpoint
CREATE INDEX `edits_row` ON `edits` (`noun`,`row_id`);--> statement-breakpoint
CREATE INDEX `edits_batch` ON `edits` (`import_batch_id`);--> statement-breakpoint
CREATE TABLE `import_maps` (
	`fingerprint` text PRIMARY KEY NOT NULL,
	`map_json` text NOT NULL,
	`saved_at` integer NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `notes` (
	`id` integer PRIMARY KEY NOT NULL,
	`customer_id` integer NOT NULL,
	`bill_id` integer,
	`text` text NOT NULL,
	`created_at` integer NOT NULL,
	`removed_at` integer,
	FOREIGN KEY (`customer_id`) REFERENCES `customers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`bill_id`) REFERENCES `bills`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "notes_text" CHECK(length(trim("notes"."text")) > 0)
) STRICT;
--> statement-breakpoint
CREATE INDEX `notes_customer` ON `notes` (`customer_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value_json` text NOT NULL
) STRICT;
--> statement-breakpoint
ALTER TABLE `customers` ADD `parent_id` integer REFERENCES customers(id) CHECK (`parent_id` is null or `parent_id` <> `id`);--> statement-breakpoint
ALTER TABLE `customers` ADD `insured_limit_paise` integer CHECK (`insured_limit_paise` is null or `insured_limit_paise` >= 0);--> statement-breakpoint
ALTER TABLE `customers` ADD `on_limit` text CHECK (`on_limit` is null or `on_limit` in ('warn', 'block'));--> statement-breakpoint
CREATE INDEX `customers_parent` ON `customers` (`parent_id`);--> statement-breakpoint
CREATE VIEW `customer_search` AS
SELECT c.id AS id,
  c.name || char(10) || c.name_key || char(10) || coalesce(c.code, '') || char(10) || coalesce(c.phone, '') || char(10)
  || replace(replace(replace(coalesce(c.phone, ''), ' ', ''), '-', ''), '+', '') || char(10) || coalesce(c.gstin, '')
  || char(10) || coalesce(c.email, '')
  || coalesce((SELECT group_concat(char(10) || p.name || char(10) || coalesce(p.phone, '') || char(10)
                 || replace(replace(replace(coalesce(p.phone, ''), ' ', ''), '-', ''), '+', '') || char(10) || coalesce(p.email, ''), '')
                 FROM contacts p WHERE p.customer_id = c.id AND p.removed_at IS NULL), '') AS text
FROM customers c;--> statement-breakpoint
CREATE VIRTUAL TABLE `customers_fts` USING fts5(text, tokenize = 'trigram', detail = none);--> statement-breakpoint
INSERT INTO customers_fts (rowid, text) SELECT id, text FROM customer_search;--> statement-breakpoint
CREATE TRIGGER `customers_fts_added` AFTER INSERT ON customers BEGIN
  INSERT INTO customers_fts (rowid, text) SELECT id, text FROM customer_search WHERE id = new.id;
END;--> statement-breakpoint
CREATE TRIGGER `customers_fts_changed` AFTER UPDATE OF name, name_key, code, phone, email, gstin ON customers BEGIN
  UPDATE customers_fts SET text = (SELECT text FROM customer_search WHERE id = new.id) WHERE rowid = new.id;
END;--> statement-breakpoint
CREATE TRIGGER `customers_fts_gone` AFTER DELETE ON customers BEGIN
  DELETE FROM customers_fts WHERE rowid = old.id;
END;--> statement-breakpoint
CREATE TRIGGER `contacts_fts_added` AFTER INSERT ON contacts BEGIN
  UPDATE customers_fts SET text = (SELECT text FROM customer_search WHERE id = new.customer_id) WHERE rowid = new.customer_id;
END;--> statement-breakpoint
CREATE TRIGGER `contacts_fts_changed` AFTER UPDATE ON contacts BEGIN
  UPDATE customers_fts SET text = (SELECT text FROM customer_search WHERE id = new.customer_id) WHERE rowid = new.customer_id;
END;--> statement-breakpoint
CREATE VIRTUAL TABLE `bills_fts` USING fts5(number, tokenize = 'trigram', detail = none);--> statement-breakpoint
CREATE TRIGGER `bills_fts_changed` AFTER UPDATE OF number ON bills BEGIN
  UPDATE bills_fts SET number = new.number WHERE rowid = new.id;
END;--> statement-breakpoint
CREATE TRIGGER `bills_fts_gone` AFTER DELETE ON bills BEGIN
  DELETE FROM bills_fts WHERE rowid = old.id;
END;
