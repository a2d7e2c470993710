CREATE TABLE `event_objects` (
	`id` integer PRIMARY KEY NOT NULL,
	`day` text NOT NULL,
	`key` text NOT NULL,
	`first_id` integer NOT NULL,
	`last_id` integer NOT NULL,
	`rows` integer NOT NULL,
	`kept` integer NOT NULL,
	`bytes` integer NOT NULL,
	`sha256` text NOT NULL,
	`moved_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `event_objects_key` ON `event_objects` (`key`);--> statement-breakpoint
CREATE UNIQUE INDEX `event_objects_last_id` ON `event_objects` (`last_id`);--> statement-breakpoint
CREATE INDEX `event_objects_day` ON `event_objects` (`day`);--> statement-breakpoint
CREATE TABLE `retention_lease` (
	`id` integer PRIMARY KEY NOT NULL,
	`holder` text NOT NULL,
	`taken_at` integer NOT NULL
);
