CREATE TABLE `alerts` (
	`id` integer PRIMARY KEY NOT NULL,
	`event_id` integer NOT NULL,
	`severity` text NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`verdict` text,
	`assignee` text,
	`event_count` integer DEFAULT 1 NOT NULL,
	`first_seen` integer NOT NULL,
	`last_seen` integer NOT NULL,
	`dedup_key` text,
	`created_at` integer NOT NULL,
	`acknowledged_at` integer,
	`acknowledged_by` text,
	`resolved_at` integer,
	`resolved_by` text,
	`version` integer DEFAULT 1 NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_event_id_unique` ON `alerts` (`event_id`);--> statement-breakpoint
CREATE INDEX `alerts_status_severity` ON `alerts` (`status`,`severity`);--> statement-breakpoint
CREATE TABLE `audit_rows` (
	`id` integer PRIMARY KEY NOT NULL,
	`timestamp` integer NOT NULL,
	`actor` text NOT NULL,
	`action` text NOT NULL,
	`target` text NOT NULL,
	`before` text,
	`after` text,
	`ip` text,
	`request_id` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `events` (
	`id` integer PRIMARY KEY NOT NULL,
	`timestamp` integer NOT NULL,
	`source` text NOT NULL,
	`event_type` text NOT NULL,
	`severity` text NOT NULL,
	`description` text NOT NULL,
	`occurred_at` integer,
	`attributes` text NOT NULL,
	`dedup_key` text,
	`external_id` text,
	`idempotency_key` text,
	`body_hash` text,
	`submitted_by` text NOT NULL,
	`sensor_id` integer,
	`request_id` text NOT NULL,
	`ip` text,
	`origin` text NOT NULL,
	`alert_state` text,
	`alert_id` integer
);
--> statement-breakpoint
CREATE INDEX `events_pending` ON `events` (`id`) WHERE alert_state = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX `events_external_id` ON `events` (`submitted_by`,`source`,`external_id`) WHERE external_id IS NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `events_idempotency_key` ON `events` (`submitted_by`,`idempotency_key`) WHERE idempotency_key IS NOT NULL;--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` integer PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`family_hash` text NOT NULL,
	`secret_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	`refreshed_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sessions_family_hash_unique` ON `sessions` (`family_hash`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`email` text,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`disabled` integer DEFAULT false NOT NULL,
	`created_at` integer NOT NULL,
	`last_login_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_username_unique` ON `users` (`username`);--> statement-breakpoint
CREATE TABLE `sensors` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`key_prefix` text NOT NULL,
	`key_hash` text NOT NULL,
	`enabled` integer DEFAULT true NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sensors_name_unique` ON `sensors` (`name`);--> statement-breakpoint
CREATE UNIQUE INDEX `sensors_key_hash_unique` ON `sensors` (`key_hash`);