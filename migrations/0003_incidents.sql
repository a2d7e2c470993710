CREATE TABLE `evidence` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`incident_id` integer NOT NULL,
	`key` text NOT NULL,
	`state` text NOT NULL,
	`filename` text NOT NULL,
	`media_type` text NOT NULL,
	`size` integer NOT NULL,
	`sha256` text,
	`uploaded_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`state_since` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `evidence_incident` ON `evidence` (`incident_id`);--> statement-breakpoint
CREATE INDEX `evidence_uploader` ON `evidence` (`uploaded_by`);--> statement-breakpoint
CREATE INDEX `evidence_unsettled` ON `evidence` (`state_since`) WHERE state <> 'stored';--> statement-breakpoint
CREATE TABLE `incident_tags` (
	`shelf` text NOT NULL,
	`tag` text NOT NULL,
	`incident_id` integer NOT NULL,
	PRIMARY KEY(`shelf`, `tag`, `incident_id`)
);
--> statement-breakpoint
CREATE TABLE `incidents` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`title` text COLLATE NOCASE NOT NULL,
	`description` text NOT NULL,
	`service` text COLLATE NOCASE NOT NULL,
	`severity` text NOT NULL,
	`status` text DEFAULT 'open' NOT NULL,
	`owner` text NOT NULL,
	`assignee` text,
	`tags` text NOT NULL,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL,
	`mitigated_at` integer,
	`resolved_at` integer,
	`archived_at` integer,
	`deleted_at` integer,
	`version` integer DEFAULT 1 NOT NULL,
	`shelf` text GENERATED ALWAYS AS (CASE WHEN deleted_at IS NOT NULL THEN 'deleted' WHEN archived_at IS NOT NULL THEN 'archived' ELSE 'active' END) VIRTUAL
);
--> statement-breakpoint
CREATE INDEX `incidents_shelf` ON `incidents` (`shelf`);--> statement-breakpoint
CREATE INDEX `incidents_updated` ON `incidents` (`shelf`,`updated_at`);--> statement-breakpoint
CREATE INDEX `incidents_title` ON `incidents` (`shelf`,`title`);--> statement-breakpoint
CREATE INDEX `incidents_service` ON `incidents` (`shelf`,`service`);--> statement-breakpoint
CREATE INDEX `incidents_severity` ON `incidents` (`shelf`,`severity`);--> statement-breakpoint
CREATE INDEX `incidents_status` ON `incidents` (`shelf`,`status`);--> statement-breakpoint
CREATE INDEX `incidents_owner` ON `incidents` (`shelf`,`owner`);--> statement-breakpoint
CREATE INDEX `incidents_assignee` ON `incidents` (`shelf`,`assignee`);--> statement-breakpoint
CREATE INDEX `incidents_resolved` ON `incidents` (`resolved_at`) WHERE archived_at IS NULL AND deleted_at IS NULL;--> statement-breakpoint
CREATE INDEX `incidents_deleted` ON `incidents` (`deleted_at`) WHERE deleted_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `tag_counts` (
	`shelf` text NOT NULL,
	`tag` text NOT NULL,
	`incidents` integer NOT NULL,
	PRIMARY KEY(`shelf`, `tag`)
);
--> statement-breakpoint
CREATE TABLE `note_revisions` (
	`id` integer PRIMARY KEY NOT NULL,
	`note_id` integer NOT NULL,
	`body` text NOT NULL,
	`written_at` integer NOT NULL,
	`replaced_at` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `note_revisions_note` ON `note_revisions` (`note_id`);--> statement-breakpoint
CREATE TABLE `notes` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`incident_id` integer NOT NULL,
	`author` text NOT NULL,
	`body` text NOT NULL,
	`created_at` integer NOT NULL,
	`edited_at` integer
);
--> statement-breakpoint
CREATE INDEX `notes_incident` ON `notes` (`incident_id`);--> statement-breakpoint
CREATE TABLE `alert_counts` (
	`period` text NOT NULL,
	`start` integer NOT NULL,
	`severity` text NOT NULL,
	`open` integer NOT NULL,
	`acknowledged` integer NOT NULL,
	`resolved` integer NOT NULL,
	`answered` integer NOT NULL,
	`answered_ms` integer NOT NULL,
	`resolved_ms` integer NOT NULL,
	`true_positives` integer NOT NULL,
	`false_positives` integer NOT NULL,
	`benign` integer NOT NULL,
	PRIMARY KEY(`period`, `start`, `severity`)
);
--> statement-breakpoint
CREATE TABLE `event_counts` (
	`dimension` text NOT NULL,
	`period` text NOT NULL,
	`start` integer NOT NULL,
	`value` text NOT NULL,
	`events` integer NOT NULL,
	PRIMARY KEY(`dimension`, `period`, `start`, `value`)
);
--> statement-breakpoint
CREATE TABLE `incident_counts` (
	`period` text NOT NULL,
	`start` integer NOT NULL,
	`severity` text NOT NULL,
	`open` integer NOT NULL,
	`mitigated` integer NOT NULL,
	`resolved` integer NOT NULL,
	`resolved_ms` integer NOT NULL,
	PRIMARY KEY(`period`, `start`, `severity`)
);
--> statement-breakpoint
CREATE TABLE `watermarks` (
	`counted` text PRIMARY KEY NOT NULL,
	`last_id` integer NOT NULL,
	`folded_at` integer NOT NULL
);
--> statement-breakpoint
ALTER TABLE `alerts` ADD `incident_id` integer;--> statement-breakpoint
CREATE INDEX `alerts_incident` ON `alerts` (`incident_id`) WHERE incident_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `audit_rows_incident` ON `audit_rows` (`target`) WHERE target >= 'incident:' AND target < 'incident:~';