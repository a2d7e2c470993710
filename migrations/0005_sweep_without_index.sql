CREATE TABLE `sweeps` (
	`id` integer PRIMARY KEY NOT NULL,
	`settled_to` integer NOT NULL
);
--> statement-breakpoint
DROP INDEX `alerts_event_id_unique`;--> statement-breakpoint
DROP INDEX `events_pending`;