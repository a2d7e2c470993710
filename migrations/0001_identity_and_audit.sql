CREATE TABLE `audit_seals` (
	`id` integer PRIMARY KEY NOT NULL,
	`first_id` integer NOT NULL,
	`last_id` integer NOT NULL,
	`previous_digest` text NOT NULL,
	`digest` text NOT NULL,
	`sealed_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_seals_first_id_unique` ON `audit_seals` (`first_id`);--> statement-breakpoint
CREATE TABLE `account_links` (
	`id` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`token_hash` text NOT NULL,
	`role` text,
	`email` text,
	`user_id` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `account_links_token_hash_unique` ON `account_links` (`token_hash`);--> statement-breakpoint
CREATE TABLE `guesses` (
	`key` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `recovery_codes` (
	`id` integer PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`code_hash` text NOT NULL,
	`used_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `recovery_codes_user_code` ON `recovery_codes` (`user_id`,`code_hash`);--> statement-breakpoint
ALTER TABLE `sessions` ADD `ip` text;--> statement-breakpoint
ALTER TABLE `sessions` ADD `user_agent` text;--> statement-breakpoint
ALTER TABLE `users` ADD `totp_secret` text;--> statement-breakpoint
ALTER TABLE `users` ADD `totp_enabled_at` integer;--> statement-breakpoint
ALTER TABLE `users` ADD `totp_last_step` integer;--> statement-breakpoint
ALTER TABLE `sensors` ADD `previous_key_hash` text;--> statement-breakpoint
ALTER TABLE `sensors` ADD `previous_key_until` integer;--> statement-breakpoint
ALTER TABLE `sensors` ADD `expected_interval` integer;--> statement-breakpoint
ALTER TABLE `sensors` ADD `silent_since` integer;--> statement-breakpoint
ALTER TABLE `sensors` ADD `last_seen_at` integer;--> statement-breakpoint
ALTER TABLE `sensors` ADD `accepted` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sensors` ADD `duplicates` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sensors` ADD `rejected` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `sensors_previous_key_hash` ON `sensors` (`previous_key_hash`) WHERE previous_key_hash IS NOT NULL;