CREATE TABLE `escalation_policies` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`matchers` text NOT NULL,
	`steps` text NOT NULL,
	`repeat_count` integer NOT NULL,
	`repeat_after_seconds` integer NOT NULL,
	`targets` text NOT NULL,
	`enabled` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `escalations` (
	`alert_id` integer PRIMARY KEY NOT NULL,
	`policy_id` integer NOT NULL,
	`started_at` integer NOT NULL,
	`step` integer NOT NULL,
	`round` integer NOT NULL,
	`announced` text NOT NULL,
	`due_at` integer
);
--> statement-breakpoint
CREATE INDEX `escalations_due_at` ON `escalations` (`due_at`) WHERE due_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `grouping_rules` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`position` integer NOT NULL,
	`matchers` text NOT NULL,
	`fields` text NOT NULL,
	`window_seconds` integer NOT NULL,
	`enabled` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `live_tickets` (
	`id` integer PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`user_id` integer NOT NULL,
	`session_id` integer,
	`expires_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `live_tickets_token_hash_unique` ON `live_tickets` (`token_hash`);--> statement-breakpoint
CREATE TABLE `channels` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`type` text NOT NULL,
	`target` text NOT NULL,
	`shown_target` text NOT NULL,
	`template` text,
	`enabled` integer NOT NULL,
	`disabled_reason` text,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `channels_name_unique` ON `channels` (`name`);--> statement-breakpoint
CREATE TABLE `deliveries` (
	`id` integer PRIMARY KEY NOT NULL,
	`channel_id` integer NOT NULL,
	`kind` text NOT NULL,
	`subject` text NOT NULL,
	`key` text NOT NULL,
	`payload` text NOT NULL,
	`status` text NOT NULL,
	`attempts` text NOT NULL,
	`next_attempt_at` integer,
	`leased_until` integer,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`finished_at` integer
);
--> statement-breakpoint
CREATE UNIQUE INDEX `deliveries_key` ON `deliveries` (`channel_id`,`key`);--> statement-breakpoint
CREATE INDEX `deliveries_due` ON `deliveries` (`next_attempt_at`) WHERE next_attempt_at IS NOT NULL;--> statement-breakpoint
CREATE INDEX `deliveries_subject` ON `deliveries` (`subject`);--> statement-breakpoint
CREATE INDEX `deliveries_failed` ON `deliveries` (`finished_at`) WHERE status = 'failed';--> statement-breakpoint
CREATE TABLE `sensor_origins` (
	`sensor_id` integer NOT NULL,
	`asn` integer NOT NULL,
	`continent` text NOT NULL,
	`country` text,
	`first_seen_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	PRIMARY KEY(`sensor_id`, `asn`, `continent`)
);
--> statement-breakpoint
CREATE TABLE `maintenance_windows` (
	`id` integer PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`matchers` text NOT NULL,
	`rrule` text NOT NULL,
	`time_zone` text NOT NULL,
	`starts_at` integer NOT NULL,
	`duration_seconds` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`announce_to` text,
	`planned_to` integer NOT NULL,
	`enabled` integer NOT NULL,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `silences` (
	`id` integer PRIMARY KEY NOT NULL,
	`reason` text NOT NULL,
	`matchers` text NOT NULL,
	`starts_at` integer NOT NULL,
	`ends_at` integer NOT NULL,
	`announce_to` text,
	`suppressed_count` integer DEFAULT 0 NOT NULL,
	`window_id` integer,
	`created_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`ended_by` text,
	`announced_at` integer
);
--> statement-breakpoint
CREATE INDEX `silences_ends_at` ON `silences` (`ends_at`) WHERE announced_at IS NULL;--> statement-breakpoint
CREATE UNIQUE INDEX `silences_window` ON `silences` (`window_id`,`starts_at`) WHERE window_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE `alerts` ADD `open_key` text;--> statement-breakpoint
ALTER TABLE `alerts` ADD `previous_id` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `recurrences` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `alerts` ADD `acknowledge_by` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `acknowledge_breached_at` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `resolve_by` integer;--> statement-breakpoint
ALTER TABLE `alerts` ADD `resolve_breached_at` integer;--> statement-breakpoint
CREATE UNIQUE INDEX `alerts_open_key` ON `alerts` (`open_key`) WHERE open_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `alerts_dedup_key` ON `alerts` (`dedup_key`) WHERE dedup_key IS NOT NULL;--> statement-breakpoint
ALTER TABLE `events` ADD `silence_id` integer;--> statement-breakpoint
CREATE INDEX `events_alert` ON `events` (`alert_id`) WHERE alert_id IS NOT NULL AND dedup_key IS NOT NULL;--> statement-breakpoint
CREATE INDEX `events_silence` ON `events` (`silence_id`) WHERE silence_id IS NOT NULL;--> statement-breakpoint
ALTER TABLE `alert_counts` ADD `acknowledge_targets` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `alert_counts` ADD `acknowledge_breaches` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `alert_counts` ADD `resolve_targets` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `alert_counts` ADD `resolve_breaches` integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `sensors` ADD `watch_origin` integer DEFAULT true NOT NULL;